from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .attack_common import AttackCommon
from .session_common import SessionCommon


@tagged("post_install", "-at_install")
class TestCallsOfOthers(AttackCommon, SessionCommon):
    """Each method that a browser can call asks who calls it, for what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment.action_open_report()
        cls.section = cls.assessment.section_ids[:1]
        cls.statement = cls.areas[0].good_ids[:1]
        cls.rating = cls.assessment.summary_ids[:1]
        cls.survey = cls.env["dupq.assessment.survey"].create(
            {
                "assessment_id": cls.assessment.id,
                "area_id": cls.areas[0].id,
                "group_id": cls.families.id,
            }
        )
        cls.line = cls.env["dupq.assessment.participant"].create(
            {"assessment_id": cls.assessment.id, "group_id": cls.people.id}
        )
        cls.action = cls.env["dupq.action"].create(
            {
                "name": "Ask about weekends",
                "assessment_id": cls.assessment.id,
                "service_id": cls.service.id,
                "owner_id": cls.user_manager.id,
                "date_due": fields.Date.today(),
            }
        )

    def _get_calls(self):
        """Reading calls, and writing calls: {name: what a browser calls}."""
        whole = self.assessment
        one, row = whole.id, f"statement-{self.statement.id}"
        session = self.session.id
        note = {"key": "a-key", "kind": "note", "text": "Mine"}
        effect = {"answer": "yes", "group_id": self.people.id}
        voice = {
            "key": "a-key",
            "kind": "voice",
            "words": "Mine",
            "group_id": self.people.id,
        }
        grid = self.env["dupq.assessment.grid"]
        evidence = self.env["dupq.assessment.evidence"]
        room = self.env["dupq.assessment.discussion"]
        invite = self.env["dupq.assessment.invite"]
        reading = {
            "grid": lambda u: grid.with_user(u).get_grid(one),
            "panel": lambda u: grid.with_user(u).get_panel(one, row),
            "statements": lambda u: evidence.with_user(u).get_statements(one),
            "items": lambda u: evidence.with_user(u).get_items(one, self.statement.id),
            "news": lambda u: room.with_user(u).get_news(session),
            "report": lambda u: whole.with_user(u).get_report_editor(),
            "reader": lambda u: whole.with_user(u).get_reader_questions(),
            "plainness": lambda u: self.section.with_user(u).check_text("x"),
            **{
                name: lambda u, name=name: (
                    self.env[f"report.dupq_assessment.{name}"]
                    .with_user(u)
                    ._get_report_values(whole.ids)
                )
                for name in ("question_cards", "quotes")
            },
        }
        writing = {
            "rating": lambda u: grid.with_user(u).save_cell(one, row, 0, {"number": 1}),
            "recognising": lambda u: grid.with_user(u).recognise(
                one, self.statement.id, True
            ),
            "note": lambda u: room.with_user(u).save(session, note),
            "voice": lambda u: room.with_user(u).save(session, voice),
            "attendance": lambda u: room.with_user(u).set_attendance(
                session, self.staff.id, 9
            ),
            "text": lambda u: self.section.with_user(u).save_text("Mine.", ""),
            "reason": lambda u: whole.with_user(u).set_reason("how", "Because."),
            "idea": lambda u: self.section.with_user(u).add_idea(),
            "voices to ratings": lambda u: whole.with_user(u).action_rate_by_voices(),
            "answers": lambda u: self.survey.with_user(u).action_take_answers(),
            "sending": lambda u: self.survey.with_user(u).action_send_again(),
            "effect": lambda u: (
                self.env["dupq.action.tell"]
                .with_user(u)
                .create({"action_id": self.action.id, **effect})
                .action_keep()
            ),
            "survey": lambda u: self.survey.with_user(u).action_close(),
            "taking back": lambda u: whole.with_user(u).action_take_back_signature(),
            "step": lambda u: whole.step_ids[0].with_user(u).action_finish(),
            "next year": lambda u: whole.with_user(u).action_begin_next_year(),
            "groups": lambda u: whole.with_user(u).action_plan_groups(),
            "invitation": lambda u: (
                invite.with_user(u)
                .create({"participant_id": self.line.id, "emails": "a@example.com"})
                .action_send()
            ),
        }
        return reading, writing

    def _refuses(self, name, call, user):
        with self.subTest(call=name, user=user.login):
            with self.assertRaises(UserError), self.cr.savepoint():
                call(user)
                self.env.flush_all()
            self.env.invalidate_all()

    def test_strangers_get_nothing_from_any_call(self):
        reading, writing = self._get_calls()
        strangers = (
            self.user_other,
            self.user_else,
            self.user_portal,
            self.user_internal,
            self.env.ref("base.public_user"),
        )
        for name, call in {**reading, **writing}.items():
            for user in strangers:
                self._refuses(name, call, user)

    def test_who_only_reads_changes_nothing_by_any_call(self):
        reading, writing = self._get_calls()
        for call in reading.values():
            call(self.user_board)
        for name, call in writing.items():
            self._refuses(name, call, self.user_board)

    def test_a_discussion_of_others_is_none_to_choose(self):
        room = self.env["dupq.assessment.discussion"]
        for user in (self.user_other, self.user_else):
            found = room.with_user(user).get_discussion(self.session.id)
            self.assertFalse(found["session"])
            self.assertFalse(found["sessions"])

    def test_nobody_learns_who_has_a_link(self):
        self.env["dupq.invitation"]._invite(
            self.line, "self_assessment", "kin@example.com"
        )
        wizard = self.env["dupq.assessment.invite"].with_user(self.user_other)
        wizard = wizard.create(
            {"participant_id": self.line.id, "emails": "kin@example.com"}
        )
        with self.assertRaises(AccessError):
            wizard.action_send()

    def test_a_pdf_is_made_again_only_by_those_who_read_it_here(self):
        _assessment, publication = self._publish(service_id=self.other_service.id)
        edition = publication.edition_ids[:1]
        edition._make_next()
        made = edition.parts_made
        self.assertTrue(made)
        for user in (self.user_else, self.user_portal, self.user_internal):
            for name in ("action_make_again", "action_go_on"):
                with self.assertRaises(AccessError):
                    getattr(edition.with_user(user), name)()
        self.assertEqual(edition.parts_made, made)

    # === WHAT A PROGRAM DOES BEYOND THE RIGHTS OF WHO CALLS IT === #

    def test_a_meeting_of_others_is_neither_changed_nor_taken_away(self):
        board = self.env["calendar.event"].with_user(self.user_board)
        foreign = board.create(
            {
                "name": "Board",
                "start": fields.Datetime.now(),
                "stop": fields.Datetime.now(),
                "privacy": "private",
            }
        )
        session = self.session.with_user(self.user_worker)
        session.event_id = foreign.id
        session.write({"name": "Tea", "place": "Kitchen"})
        session._take("cancel", reason="Nobody came")
        foreign.invalidate_recordset()
        self.assertRecordValues(
            foreign, [{"name": "Board", "location": False, "active": True}]
        )

    def test_a_survey_makes_what_is_its_own(self):
        host = self.env["survey.survey"].create({"title": "Why people leave us"})
        foreign = self._create_assessment(service_id=self.other_service.id)
        foreign._take("start")
        rating = foreign.summary_ids[:1]
        survey = self.survey.with_user(self.user_manager)
        for values in (
            {"survey_id": host.id},
            {"rating_id": rating.id},
            {"sender_id": self.user_board.id},
            {"line_ids": [Command.create({"kind": "words"})]},
        ):
            (name,) = values
            with self.assertRaises(AccessError), self.cr.savepoint():
                survey.write(values)
            if name == "line_ids":
                continue
            model = survey.with_context(**{f"default_{name}": values[name]})
            with self.assertRaises(AccessError), self.cr.savepoint():
                model.create(
                    {
                        "assessment_id": self.assessment.id,
                        "area_id": self.areas[1].id,
                        "group_id": self.families.id,
                    }
                )

    def test_a_file_comes_in_only_from_who_uploads_it(self):
        secret = self.env["ir.attachment"].create(
            {
                "name": "contract.pdf",
                "raw": b"%PDF-",
                "res_model": "res.partner",
                "res_id": self.user_hr.partner_id.id,
            }
        )
        free = self.env["ir.attachment"].with_user(self.user_board)
        free = free.create({"name": "notes.pdf", "raw": b"%PDF-"})
        voice = self.env["dupq.voice"].with_user(self.user_manager)
        values = {"assessment_id": self.assessment.id, "words": "I like Fridays"}
        values["group_id"] = self.people.id
        mine = voice.create(values)
        source = self.assessment.source_ids[:1].with_user(self.user_manager)
        for file in (secret, free):
            link = {"attachment_ids": [Command.link(file.id)]}
            for call in (
                lambda link=link: voice.create({**values, **link}),
                lambda link=link: mine.write(link),
                lambda link=link: source.write(link),
            ):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    call()
                    self.env.flush_all()
                self.env.invalidate_all()
        self.assertEqual(secret.res_model, "res.partner")
        self.assertFalse(free.res_model)

    # === INTO THE REPORT OF OTHERS === #

    def test_nobody_puts_words_into_the_report_of_another_service(self):
        words = {"group_id": self.people.id, "words": "All is rosy here"}
        printed = {"is_printed": True, "is_anonymised": True, "consent": "yes"}
        there = self._create_assessment(service_id=self.other_service.id)
        cases = (
            (self.user_other, self.assessment, {"service_id": self.other_service.id}),
            (
                self.user_worker,
                there,
                {"service_id": self.service.id, "session_id": self.session.id},
            ),
        )
        for user, assessment, where in cases:
            values = {**words, **printed, **where, "assessment_id": assessment.id}
            with self.assertRaises(UserError):
                self.env["dupq.voice"].with_user(user).create(values)

    def test_words_of_one_discussion_are_not_those_of_another(self):
        values = {"assessment_id": self.assessment.id, "group_id": self.people.id}
        voice = self.env["dupq.voice"].create(
            {**values, "words": "Mine", "session_id": self.session.id}
        )
        again = self._create_assessment()
        with self.assertRaises(ValidationError):
            voice.assessment_id = again

    def test_nobody_promises_in_the_plan_of_another_service(self):
        values = {
            "name": "Everything will be fine",
            "service_id": self.other_service.id,
            "date_due": fields.Date.today(),
            "owner_id": self.user_other.id,
        }
        model = self.env["dupq.action"].with_user(self.user_other)
        action = model.create(values)
        for call in (
            lambda: model.create({**values, "assessment_id": self.assessment.id}),
            lambda: action.write({"assessment_id": self.assessment.id}),
        ):
            with self.assertRaises(UserError):
                call()
                self.env.flush_all()

    def test_people_take_part_where_it_is_looked_at(self):
        region = self.region
        whole = self._create_assessment(scope="region", service_id=region.id)
        line = whole.participant_ids.create(
            {
                "assessment_id": whole.id,
                "group_id": self.people.id,
                "service_id": self.service.id,
            }
        )
        with self.assertRaises(ValidationError):
            line.service_id = self.other_service
