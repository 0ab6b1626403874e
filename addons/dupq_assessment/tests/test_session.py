from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.tests import Form, tagged

from .session_common import SessionCommon


@tagged("post_install", "-at_install")
class TestSession(SessionCommon):
    def test_it_takes_place_of_the_assessment_and_a_name(self):
        self.assertEqual(self.session.service_id, self.service)
        self.assertEqual(self.session.company_id, self.env.company)
        self.assertEqual(self.session.name, "Meeting: 12 Orchard Road")
        self.session.method = "interview"
        self.assertEqual(self.session.name, "Conversation one to one: 12 Orchard Road")
        self.session.name = "Saturday lunch"
        self.session.method = "meeting"
        self.assertEqual(self.session.name, "Saturday lunch")

    def test_support_worker_who_leads_it_plans_and_holds_a_discussion(self):
        Session = self.env["dupq.assessment.session"].with_user(self.user_worker)
        with Form(Session) as form:
            form.assessment_id = self.assessment
            form.date = fields.Datetime.now() - timedelta(hours=1)
            with form.attendance_ids.new() as line:
                line.group_id = self.people
                line.number = 3
        session = form.save()
        self.assertEqual(session.facilitator_ids, self.user_worker)
        session.action_hold()
        self.assertEqual(session.state, "held")

    def test_nobody_leads_discussions_of_services_they_do_not_belong_to(self):
        foreign = self._create_assessment(service_id=self.other_service.id)
        for user in (self.user_worker, self.user_manager):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._create_session(user=user, assessment_id=foreign.id)

    def test_worker_who_does_not_lead_it_only_reads(self):
        session = self._create_session(facilitator_ids=self.user_manager.ids)
        session = session.with_user(self.user_worker)
        self.assertTrue(session.name)
        with self.assertRaises(AccessError):
            session.place = "Elsewhere"
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._create_note(session)

    def test_a_place_outside_the_assessment_is_refused(self):
        self.assertRefused(
            self.session.write,
            "is not part of what",
            {"service_id": self.other_service.id},
            error=ValidationError,
        )

    def test_leading_ends_with_belonging_to_the_service(self):
        member = self.env["dupq.service.member"].search(
            [("user_id", "=", self.user_worker.id)]
        )
        member.write({"date_to": self.today - timedelta(days=1)})
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.session.with_user(self.user_worker).read(["name"])

    def test_nobody_holds_a_discussion_with_nobody_or_before_its_time(self):
        empty = self._create_session(attendance_ids=[])
        self.assertRefused(empty.action_hold, "how many people")
        later = self._create_session(date=fields.Datetime.now() + timedelta(hours=1))
        self.assertRefused(later.action_hold, "not begun yet")

    def test_a_discussion_that_began_early_took_place_when_people_spoke(self):
        early = self._create_session(date=fields.Datetime.now() + timedelta(hours=1))
        early.note_ids = [Command.create({"text": "We could not wait."})]
        early.with_user(self.user_worker).action_hold()
        self.assertEqual(early.state, "held")
        self.assertLessEqual(early.date, fields.Datetime.now())

    def test_a_discussion_that_took_place_stays(self):
        self.session.action_hold()
        self.assertRefused(self.session.unlink, "is kept")
        self.assertRefused(self.session.write, "its own steps", {"state": "planned"})

    def test_cancelling_needs_a_reason_and_closes_it(self):
        self.assertRefused(self.session.action_cancel, "Say why")
        self.session._take("cancel", reason="Nobody could come")
        self.assertRefused(lambda: self._create_note(self.session), "was cancelled")
        self.session._take("plan_again", reason="They can come after all")
        self.assertTrue(self._create_note(self.session))

    def test_only_managers_take_back_that_it_took_place(self):
        self.session.action_hold()
        worker = self.session.with_user(self.user_worker)
        self.assertRefused(lambda: worker._take("plan_again", reason="x"), "Your role")
        manager = self.session.with_user(self.user_manager)
        manager._take("plan_again", reason="It was another day")
        self.assertEqual(self.session.state, "planned")

    def test_a_completed_assessment_closes_its_discussions(self):
        self._fill(self.assessment)
        self.assessment._take("complete")
        self.assertRefused(lambda: self._create_note(self.session), "is completed")
        self.assertRefused(self.session.write, "is completed", {"place": "Here"})
        self.session.what_changed = "Weekends come first"

    def test_questions_are_those_chosen_or_of_the_areas_or_all(self):
        first, second = self.questions
        self.assertEqual(self.session._get_questions(), self.questions)
        self.session.area_ids = second.area_id
        self.assertEqual(self.session._get_questions(), second)
        self.session.question_ids = first
        self.assertEqual(self.session._get_questions(), first)

    def test_questions_of_another_code_are_refused(self):
        other = self.env.ref("dupq_code.dupq_code_area_a1")
        self.assertRefused(
            self.session.write,
            "the Code that you assess by",
            {"area_ids": [Command.link(other.id)]},
            error=ValidationError,
        )
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._create_note(self.session, question_id=other.question_ids[0].id)

    def test_a_group_stands_in_the_list_once(self):
        self.assertBroken(
            self.session.write,
            {"attendance_ids": [Command.create({"group_id": self.people.id})]},
        )

    def test_no_more_can_have_been_counted_before_than_were_there(self):
        line = self.session.attendance_ids[0]
        line.counted_before = 1
        self.assertEqual(line.counted, 2)
        self.assertBroken(line.write, {"counted_before": 4})


@tagged("post_install", "-at_install")
class TestSessionNote(SessionCommon):
    def test_the_writer_is_the_author_whatever_is_sent(self):
        note = self._create_note(
            self.session, self.user_worker, author_id=self.user_manager.id
        )
        self.assertEqual(note.author_id, self.user_worker)
        self.assertRefused(
            note.with_user(self.user_worker).write,
            "stays with the person",
            {"author_id": self.user_manager.id},
        )

    def test_facilitators_change_their_own_notes_only(self):
        self.session.facilitator_ids |= self.user_manager
        note = self._create_note(self.session, self.user_manager)
        with self.assertRaises(AccessError):
            note.with_user(self.user_worker).text = "Something else"
        own = self._create_note(self.session, self.user_worker)
        own.with_user(self.user_worker).text = "Better said"
        with self.assertRaises(UserError):
            own.with_user(self.user_worker).unlink()
        own.with_user(self.user_manager).unlink()

    def test_an_empty_note_is_refused(self):
        self.assertRefused(
            lambda: self._create_note(self.session, text="  "),
            "Write the note",
            error=ValidationError,
        )

    def test_what_is_sent_twice_is_there_once(self):
        Note = self.env["dupq.assessment.session.note"].with_user(self.user_worker)
        values = {"session_id": self.session.id, "text": "Said", "client_key": "key-1"}
        self.assertEqual(len(Note._create_once([values, dict(values)])), 1)
        self.assertFalse(Note._create_once([values]))
        self.assertEqual(self.session.note_count, 1)

    def test_two_tries_at_the_same_moment_are_tried_again(self):
        values = {"session_id": self.session.id, "text": "Said", "client_key": "key-2"}
        Note = self.env["dupq.assessment.session.note"]
        Note._create_once([values])
        # What the first try has not committed yet, the second does not see.
        self.patch(type(Note), "_get_known_keys", lambda self, keys: set())
        with (
            self.assertRaises(ConcurrencyError),
            self.cr.savepoint(),
            self.assertLogs("odoo.sql_db", "ERROR"),
        ):
            Note._create_once([dict(values)])


@tagged("post_install", "-at_install")
class TestSessionCalendar(SessionCommon):
    def test_the_meeting_invites_those_who_lead_it(self):
        self.session.facilitator_ids |= self.user_manager
        session = self.session.with_user(self.user_worker)
        session.action_make_event()
        event = session.event_id
        partners = (self.user_worker | self.user_manager).partner_id
        self.assertEqual(event.partner_ids, partners)
        self.assertEqual(event.start, session.date)
        session.action_make_event()
        self.assertEqual(session.event_id, event)

    def test_the_meeting_moves_with_the_discussion(self):
        self.session.action_make_event()
        guest = self.env["res.partner"].create({"name": "A guest"})
        self.session.event_id.partner_ids |= guest
        later = self.session.date + timedelta(days=1)
        self.session.with_user(self.user_worker).date = later
        self.assertEqual(self.session.event_id.start, later)
        self.assertIn(guest, self.session.event_id.partner_ids)

    def test_cancelling_takes_the_meeting_off_the_calendar(self):
        self.session.action_make_event()
        self.session._take("cancel", reason="Nobody could come")
        self.assertFalse(self.session.event_id.active)
        self.session._take("plan_again", reason="They can")
        self.assertTrue(self.session.event_id.active)

    def test_deleting_the_meeting_leaves_the_discussion(self):
        self.session.action_make_event()
        self.session.event_id.unlink()
        self.assertTrue(self.session.exists())


@tagged("post_install", "-at_install")
class TestSessionCounts(SessionCommon):
    def test_who_came_is_counted_in_the_plan_once_it_took_place(self):
        plan = self.env["dupq.assessment.participant"].create(
            {
                "assessment_id": self.assessment.id,
                "group_id": self.people.id,
                "planned": 4,
            }
        )
        self.assertEqual(plan.actual, 0)
        self.session.with_user(self.user_worker).action_hold()
        self.assertEqual(plan.actual, 3)
        families = self.assessment.participant_ids - plan
        self.assertEqual(families.group_id, self.families)
        self.assertEqual((families.planned, families.actual), (0, 2))
        self.assertEqual(self.assessment.participant_count, 5)

    def test_nobody_is_counted_twice(self):
        second = self._create_session()
        second.attendance_ids[0].counted_before = 2
        second.attendance_ids[1].unlink()
        (self.session | second).action_hold()
        by_group = {
            line.group_id: line.actual for line in self.assessment.participant_ids
        }
        self.assertEqual(by_group, {self.people: 4, self.families: 2})

    def test_a_typed_number_stands_instead_of_those_who_came(self):
        self.session.action_hold()
        line = self.assessment.participant_ids.filtered(
            lambda one: one.group_id == self.people
        )
        line.actual = 7
        self.session.attendance_ids[0].number = 5
        self.assertEqual((line.actual, line.session_count), (7, 5))
        line.actual = 0
        self.env.flush_all()
        self.assertEqual(line.actual, 5)

    def test_what_is_corrected_afterwards_is_corrected_in_the_plan(self):
        self.session.action_hold()
        lines = self.assessment.participant_ids
        self.session.with_user(self.user_worker).attendance_ids[0].number = 6
        self.assertEqual(sum(lines.mapped("actual")), 8)
        self.session.attendance_ids[0].counted_before = 1
        self.assertEqual(sum(lines.mapped("actual")), 7)
        self.session.attendance_ids[0].group_id = self.managers
        by_group = dict(
            self.assessment.participant_ids.mapped(
                lambda one: (one.group_id, one.actual)
            )
        )
        self.assertEqual(by_group[self.people], 0)
        self.assertEqual(by_group[self.managers], 5)
        self.session.attendance_ids[0].unlink()
        self.assertEqual(sum(lines.mapped("actual")), 2)
        self.env["dupq.assessment.session.attendance"].create(
            {"session_id": self.session.id, "group_id": self.staff.id, "number": 4}
        )
        self.assertEqual(sum(self.assessment.participant_ids.mapped("actual")), 6)
        self.session._take("plan_again", reason="It was another day")
        self.assertEqual(sum(lines.mapped("actual")), 0)

    def test_another_way_of_talking_is_counted_under_its_name(self):
        self.session.action_hold()
        self.session.with_user(self.user_worker).method = "interview"
        self.env.flush_all()
        by_method = {}
        for line in self.assessment.participant_ids:
            by_method.setdefault(line.method, []).append(line.actual)
        self.assertEqual(
            {method: sum(numbers) for method, numbers in by_method.items()},
            {"meeting": 0, "interview": 5},
        )

    def test_who_was_written_down_at_the_wrong_discussion_is_counted_no_more(self):
        later = self._create_session(attendance_ids=[])
        self.session.action_hold()
        self.session.attendance_ids[0].session_id = later
        self.env.flush_all()
        lines = self.assessment.participant_ids
        self.assertEqual(sum(lines.mapped("actual")), 2)

    def test_missing_support_and_papers_are_named(self):
        self.session.action_hold()
        (step,) = [
            one for one in self.assessment._get_steps() if one["key"] == "discuss"
        ]
        missing = " ".join(step["missing"])
        self.assertIn("which papers people had before", missing)
        self.assertIn(self.session.name, missing)
        self.session.write({"papers_given": "Cards", "support_given": "A lift"})
        (step,) = [
            one for one in self.assessment._get_steps() if one["key"] == "discuss"
        ]
        self.assertNotIn("which papers", " ".join(step["missing"]))


@tagged("post_install", "-at_install")
class TestSessionVoice(SessionCommon):
    def _prepare_voice(self, **values):
        return {
            "session_id": self.session.id,
            "assessment_id": self.assessment.id,
            "group_id": self.people.id,
            "words": "I like Fridays",
            "channel": "session",
            **values,
        }

    def test_the_one_who_leads_writes_what_is_said(self):
        model = self.env["dupq.voice"].with_user(self.user_worker)
        voice = model.create(self._prepare_voice())
        self.assertEqual(self.session.voice_ids, voice)
        self.assertEqual(self.session.voice_count, 1)

    def test_a_worker_writes_no_voice_outside_a_discussion_of_their_own(self):
        model = self.env["dupq.voice"].with_user(self.user_worker)
        by_manager = self._create_session(facilitator_ids=self.user_manager.ids)
        for values in ({"session_id": False}, {"session_id": by_manager.id}):
            with self.assertRaises(AccessError), self.cr.savepoint():
                model.create(self._prepare_voice(**values))
