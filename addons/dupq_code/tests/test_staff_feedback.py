from datetime import timedelta

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_person import JobCommon


class FeedbackCommon(JobCommon):
    """An employee of 12 Orchard Road, with a login and a line manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.user_line = new_test_user(cls.env, "lineboss", "base.group_user")
        cls.line = cls._create_employee(cls.user_line, name="Line Boss")
        cls.employee = cls._create_employee(cls.user_internal, parent_id=cls.line.id)
        cls._create_member(cls.service, cls.user_internal, employee_id=cls.employee.id)

    @classmethod
    def _create_employee(cls, user=None, **values):
        values.setdefault("name", "Robin Example")
        return cls.env["hr.employee"].create(
            {"user_id": user and user.id, "date_version": "2020-01-01", **values}
        )

    @classmethod
    def _create_feedback(cls, **values):
        return cls.env["dupq.staff.feedback"].create(
            {
                "employee_id": cls.employee.id,
                "person_id": cls.person.id,
                "kind": "probation",
                "date_due": cls.today,
                **values,
            }
        )

    @classmethod
    def _say(cls, feedback=None, **values):
        feedback = feedback or cls._create_feedback()
        feedback._answer({"works": "Waits for me.", "taken_by": "person", **values})
        return feedback


@tagged("post_install", "-at_install")
class TestStaffFeedback(FeedbackCommon):
    def _read_shared(self, user):
        shared = self.env["dupq.staff.feedback.shared"].with_user(user)
        return shared.search([("employee_id", "=", self.employee.id)])

    # === WHAT IS SAID === #

    def test_a_supporter_writes_it_down_with_the_person_and_says_so(self):
        feedback = self._create_feedback().with_user(self.user_worker)
        self.assertRefused(feedback.action_answer, "what works")
        feedback.works_not = "Is late."
        self.assertRefused(feedback.action_answer, "who recorded it")
        feedback.supporter_name = "Key worker"
        feedback.action_answer()
        self.assertEqual(
            (feedback.state, feedback.date, feedback.recorded_by_id),
            ("answered", self.today, self.user_worker),
        )
        self.assertEqual(feedback.service_id, self.service)

    def test_nothing_is_said_on_a_day_to_come(self):
        tomorrow = self.today + timedelta(days=1)
        self.assertRefused(self._say, "a day to come", date=tomorrow)

    def test_family_speaks_only_when_the_person_wants_it(self):
        circle = {"taken_by": "circle", "circle_member_id": self.sister.id}
        self.assertRefused(self._say, "does not want them", **circle)
        self._agree(self.sister)
        said = self._say(**circle)
        self.sister.gives_feedback = False
        self.assertRefused(self._say, "does not want them", **circle)
        self.sister.gives_feedback = True
        self.sister.action_withdraw()
        self.assertRefused(self._say, "does not want them", **circle)
        self.assertEqual(said.state, "answered", "What was said then stays.")

    def test_a_circle_member_of_somebody_else_does_not_speak(self):
        stranger = self.sister.copy({"person_id": self._create_person().id})
        self._agree(stranger)
        self.assertRefused(
            self._say, "Say who of", taken_by="circle", circle_member_id=stranger.id
        )

    def test_an_answer_stays_as_it_was_given(self):
        feedback = self._say()
        for values in ({"works": "All."}, {"go_on": "no"}, {"employee_id": 1}):
            self.assertRefused(feedback.write, "stays as it was said", values)
        self.assertRefused(feedback.unlink, "not deleted")

    def test_the_one_door_takes_an_answer_and_nothing_else(self):
        self.assertRefused(
            self._create_feedback()._answer,
            "Only the answer",
            {"works": "All.", "state": "shared"},
            error=AccessError,
        )

    def test_it_is_about_an_employee(self):
        self.assertRefused(self._create_feedback, "which employee", employee_id=False)

    # === WHO SEES IT === #

    def test_it_is_shared_only_with_the_persons_consent(self):
        feedback = self._say().with_user(self.user_manager)
        self.assertRefused(feedback.action_share, "has not agreed yet")
        self._consent(self.person, "feedback")
        feedback.action_share()
        self.assertEqual(feedback.state, "shared")

    def test_the_employee_and_their_manager_read_words_and_no_name(self):
        feedback = self._say()
        consent = self._consent(self.person, "feedback")
        for user in (self.user_internal, self.user_line):
            self.assertFalse(self._read_shared(user), "Not shared yet.")
        feedback.action_share()
        for user in (self.user_internal, self.user_line):
            shared = self._read_shared(user)
            [values] = shared.read(load=None)
            self.assertEqual(
                (values["works"], values["service_name"], values["date"]),
                ("Waits for me.", self.service.name, self.today),
            )
            words = " ".join(str(value) for value in values.values())
            for secret in ("Jane", self.person.reference):
                self.assertNotIn(secret, words)
            self.assertFalse(
                values.keys() & {"person_id", "taken_by", "recorded_by_id"}
            )
            self.assertRefused(
                feedback.with_user(user).read, "", ["works"], error=AccessError
            )
        for user in (self.user_worker, self.user_board, self.user_hr):
            self.assertFalse(self._read_shared(user), "Another's work.")
        consent.action_withdraw()
        self.assertFalse(self._read_shared(self.user_internal), "Taken back.")
        self.assertEqual(feedback.state, "shared", "The history is kept.")

    def test_who_is_spoken_of_does_not_read_it_whatever_their_role(self):
        for role in ("support_worker", "service_manager"):
            self.user_internal.group_ids += self.env.ref(
                f"dupq_code.dupq_code_group_{role}"
            )
        self.user_internal.group_ids += self.env.ref("hr.group_hr_user")
        mine = self._say().with_user(self.user_internal)
        self.assertFalse(mine.search([("employee_id", "=", self.employee.id)]))
        self.assertRefused(mine.read, "", ["works"], error=AccessError)
        self.assertRefused(mine.action_share, "", error=AccessError)

    def test_colleagues_read_what_they_wrote_down_and_no_more(self):
        feedback = self._create_feedback(supporter_name="Key worker")
        colleague = self._create_user("colleague", "support_worker")
        self._create_member(self.service, colleague)
        stranger = self._create_user("stranger", "service_manager")
        self.assertTrue(feedback.with_user(colleague).has_access("write"))
        written = feedback.with_user(self.user_worker)
        written.works = "Sings."
        written.action_answer()
        self.assertEqual(written.works, "Sings.")
        self.assertFalse(feedback.with_user(colleague).has_access("read"))
        self.assertFalse(feedback.with_user(stranger).has_access("read"))
        self.assertRefused(written.action_share, "Your role")
        for user in (self.user_manager, self.user_hr):
            self.assertEqual(feedback.with_user(user).works, "Sings.")
        hr = feedback.with_user(self.user_hr)
        self.assertNotIn("Jane", hr.display_name)

    def test_hr_opens_it_from_the_employee(self):
        self._say()
        employee = self.employee.with_user(self.user_hr)
        self.assertEqual(employee.dupq_feedback_count, 1)
        action = employee.action_dupq_feedback_open()
        found = self.env["dupq.staff.feedback"].search(action["domain"])
        self.assertEqual(len(found), employee.dupq_feedback_count)


@tagged("post_install", "-at_install")
class TestStaffFeedbackClock(FeedbackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env["dupq.staff.feedback"]
        cls.neighbour = cls._create_person()
        cls.due = cls.today + timedelta(days=20)

    def _get_asked(self, **values):
        domain = [("employee_id", "=", self.employee.id)]
        return self.model.search(domain + [(k, "=", v) for k, v in values.items()])

    def test_people_are_asked_once_before_a_trial_period_ends(self):
        self._create_person(service=self.other_service)
        self.employee.trial_date_end = self.today + timedelta(days=29)
        self.model._cron_keep_time()
        self.assertFalse(self._get_asked(), "Too early.")
        self.employee.trial_date_end = self.due
        for _run in range(2):
            self.model._cron_keep_time()
            asked = self._get_asked(kind="probation", date_due=self.due)
            self.assertEqual(asked.person_id, self.person | self.neighbour)
            self.assertEqual(len(asked), 2)
            self.assertFalse(asked.asked_by_id)

    def test_people_are_asked_before_an_appraisal(self):
        self.employee.with_user(self.user_hr).dupq_appraisal_date = self.due
        self.model._cron_keep_time()
        self.assertEqual(len(self._get_asked(kind="appraisal", date_due=self.due)), 2)

    def test_whom_they_were_hired_for_is_asked_before_all_others(self):
        self.walker.employee_id = self.employee
        self.employee.trial_date_end = self.due
        self.model._cron_keep_time()
        self.assertEqual(self._get_asked().person_id, self.person)

    def test_who_left_the_service_is_not_asked(self):
        self.neighbour.stay_ids.date_to = self.today - timedelta(days=1)
        self.employee.trial_date_end = self.due
        self.model._cron_keep_time()
        self.assertEqual(self._get_asked().person_id, self.person)

    def test_a_longer_probation_moves_the_question_and_a_cancelled_one_stays_so(self):
        self.employee.trial_date_end = self.due
        self.model._cron_keep_time()
        first, second = self._get_asked()
        first.action_cancel()
        later = self.due + timedelta(days=5)
        self.model._cron_keep_time()
        self.assertEqual(len(self._get_asked()), 2, "Not asked again for that day.")
        self.employee.trial_date_end = later
        self.model._cron_keep_time()
        self.assertEqual(second.date_due, later)
        self.assertEqual(first.date_due, self.due)

    def test_managers_are_reminded_a_week_before_and_once_it_is_late(self):
        soon = self.today + timedelta(days=7)
        feedback = self._create_feedback(date_due=soon + timedelta(days=1))
        self.model._remind()
        self.assertFalse(feedback.activity_ids)
        feedback.date_due = soon
        for _run in range(3):
            self.model._remind()
            self.assertEqual(feedback.activity_ids.user_id, self.user_manager)
            self.assertEqual(len(feedback.activity_ids), 1)
        feedback.activity_ids.action_feedback()
        self.model._remind()
        self.assertFalse(feedback.activity_ids, "Done is done.")
        late = self.today - timedelta(days=1)
        feedback.write({"date_due": late, "date_reminded": late})
        for _run in range(2):
            self.model._remind()
            self.assertEqual(len(feedback.activity_ids), 1)
        self._say(feedback)
        self.assertFalse(feedback.activity_ids, "Nothing is missing any more.")

    def test_who_is_no_longer_here_is_not_asked_and_keeps_nobody_from_it(self):
        self.person.user_id = new_test_user(
            self.env, "jane", "base.group_portal", email="jane@example.com"
        )
        self._consent(self.person, "feedback")
        gone = self._create_feedback(date_due=self.today + timedelta(days=3))
        self.person.active = False
        other = self._create_feedback(
            person_id=self.neighbour.id, date_due=self.today + timedelta(days=3)
        )
        self.model._cron_keep_time()
        self.assertFalse(gone.date_invited or gone.date_reminded)
        self.assertEqual(other.date_reminded, self.today)

    def test_a_reminder_names_nobody(self):
        feedback = self._create_feedback(date_due=self.today + timedelta(days=3))
        self.model.with_user(SUPERUSER_ID)._remind()
        self.env.flush_all()
        activities = self.env["mail.activity"].with_user(self.user_hr)
        [told] = activities.search([("res_id", "=", feedback.id)]).mapped("res_name")
        self.assertIn(self.person.reference, told)
        self.assertNotIn(self.person.preferred_name, told)

    def test_the_employee_is_not_reminded_of_themselves(self):
        self.employee.user_id = self.user_manager
        head = self._create_user("head", "service_manager")
        self._create_member(self.region, head, role="manager")
        feedback = self._create_feedback()
        self.model._remind()
        self.assertEqual(feedback.activity_ids.user_id, head)

    def test_asking_for_many_takes_no_more_queries(self):
        def ask(number):
            employees = self.env["hr.employee"].create(
                [
                    {"name": f"Employee {i}", "trial_date_end": self.due}
                    for i in range(number)
                ]
            )
            self.env["dupq.service.member"].create(
                [
                    {"service_id": self.service.id, "employee_id": employee.id}
                    for employee in employees
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            made = self.model._ask_for_reviews()
            self.env.flush_all()
            self.assertEqual(len(made), 2 * number)
            return self.env.cr.sql_log_count - before

        ask(1)
        self.assertLessEqual(ask(20), ask(3) + 2)


@tagged("post_install", "-at_install")
class TestStaffFeedbackEvidence(FeedbackCommon):
    def test_what_people_say_at_a_review_is_evidence_and_names_nobody(self):
        rule = self.env.ref("dupq_code.dupq_evidence_rule_staff_feedback")
        rule.with_user(self.user_hr).action_switch_on()
        self.env.flush_all()
        rule._run("full")
        asked, cancelled = self._create_feedback(), self._create_feedback()
        cancelled.action_cancel()
        self._consent(self.person, "feedback")
        said = self._say(works="Loud laughter.")
        shared = self._say()
        shared.action_share()
        self.env.flush_all()
        rule._run("changes")
        items = rule.evidence_ids.filtered(lambda item: item.state == "accepted")
        mine = items.filtered(
            lambda i: i.res_id in (asked | cancelled | said | shared).ids
        )
        self.assertEqual(set(mine.mapped("res_id")), {said.id, shared.id})
        self.assertEqual(mine.service_id, self.service)
        self.assertEqual(set(mine.mapped("date_seen")), {self.today})
        for item in mine:
            self.assertIn("Probation review", item.display_name)
            for secret in ("Jane", "Robin", "laughter", self.person.reference):
                self.assertNotIn(secret, item.display_name)

    def test_family_is_a_voice_of_its_own(self):
        rules = [
            self.env.ref(f"dupq_code.dupq_evidence_rule_{name}_feedback")
            for name in ("staff", "family")
        ]
        for rule in rules:
            rule.with_user(self.user_hr).action_switch_on()
        self._agree(self.sister)
        hers = self._say(taken_by="circle", circle_member_id=self.sister.id)
        mine = self._say()
        self.env.flush_all()
        for rule, said, group in zip(
            rules, (mine, hers), ("people_supported", "families"), strict=True
        ):
            rule._run("full")
            found = rule.evidence_ids.filtered(lambda i: i.res_id in (mine | hers).ids)
            self.assertEqual(found.res_id, said.id)
            stakeholders = self.env.ref(f"dupq_code.dupq_stakeholder_group_{group}")
            self.assertEqual(found.perspective_id, stakeholders)
