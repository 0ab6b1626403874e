from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .test_training_coverage import CoverageCommon

HAND = "dupq_delivered_by_people"


@tagged("post_install", "-at_install")
class TestTrainingCheck(CoverageCommon):
    """What an employee says of their own training counts once it was checked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.robin.user_id = cls.user_worker

    def _say(self, name="Safeguarding adults", user=None, **values):
        """The employee types a course into their own CV."""
        lines = self.env["hr.resume.line"].with_user(user or self.user_worker)
        day = self.today - timedelta(days=30)
        return lines.create(
            {
                "employee_id": self.robin.id,
                "name": name,
                "line_type_id": self.line_type.id,
                "date_start": day,
                "date_end": day,
                **values,
            }
        )

    def _say_skill(self, skill, **values):
        skills = self.env["hr.employee.skill"].with_user(self.user_worker)
        return skills.create(
            {
                "employee_id": self.robin.id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_id": skill.id,
                "skill_level_id": skill.skill_type_id.skill_level_ids[0].id,
                "valid_from": self.today - timedelta(days=30),
                **values,
            }
        )

    def _states_now(self):
        row = self._rows(employee=self.robin, kind_id=self.safeguarding.id)
        return row.state, row.is_unchecked

    # === WHAT COUNTS === #

    def test_what_they_typed_is_kept_and_seen_but_not_valid(self):
        course = self._say()
        self.assertEqual(course.dupq_kind_id, self.safeguarding, "Recognised.")
        self.assertTrue(course.dupq_is_unchecked)
        self.assertEqual(self._states_now(), ("never", True))
        self.assertEqual(self._rows("staff", employee=self.robin).state, "none")
        fact = self._rows("fact", employee=self.robin)
        self.assertTrue(fact.is_unchecked)
        course.sudo().dupq_is_unchecked = False
        self.assertEqual(self._states_now(), ("valid", False))
        self.assertEqual(self._rows("staff", employee=self.robin).state, "generic")

    def test_a_skill_they_gave_themselves_neither(self):
        skill = self._create_skill("Medicines")
        self.safeguarding.skill_ids = skill
        given = self._say_skill(skill)
        self.assertEqual(given.dupq_kind_id, self.safeguarding)
        self.assertEqual(self._states_now(), ("never", True))
        given.with_user(self.user_manager).action_dupq_check()
        self.assertEqual(self._states_now(), ("valid", False))

    def test_what_ran_out_is_not_done_again_by_saying_so(self):
        skill = self._create_skill("Medicines")
        self.safeguarding.skill_ids = skill
        old = self._train(months_ago=14)
        ended = self._give_skill(
            skill, months_ago=30, valid_to=self.today - timedelta(days=99)
        )
        again, renewed = self._say(), self._say_skill(skill)
        self.assertEqual(self._states_now(), ("expired", True))
        old.invalidate_recordset()
        self.assertFalse(old.dupq_is_overtaken)
        self.assertFalse(ended.dupq_is_renewed)
        found = [("id", "=", ended.id), ("dupq_is_renewed", "=", True)]
        self.assertFalse(ended.search(found))
        (again.sudo() | again.sudo()).dupq_is_unchecked = False
        renewed.sudo().dupq_is_unchecked = False
        old.invalidate_recordset()
        self.assertTrue(old.dupq_is_overtaken)
        self.assertTrue(ended.dupq_is_renewed)
        self.assertEqual(ended.search(found), ended)

    def test_a_leader_has_it_once_it_was_checked(self):
        seat = self.env["dupq.board.seat"].create(
            {
                "partner_id": self.robin.work_contact_id.id,
                "employee_id": self.robin.id,
                "role": "senior_manager",
                "date_from": self.today - timedelta(days=99),
            }
        )
        course = self._say()
        self.env.flush_all()
        rows = self.env["dupq.board.coverage"]
        mine = [("partner_id", "=", seat.partner_id.id)]
        self.assertEqual(rows.search(mine).state, "never")
        course.sudo().dupq_is_unchecked = False
        self.env.flush_all()
        rows.invalidate_model()
        self.assertEqual(rows.search(mine).state, "valid")

    def test_what_others_write_counts_at_once(self):
        for user in (self.user_hr, self.env.ref("base.user_root")):
            self.assertFalse(self._say(user=user).dupq_is_unchecked, user.login)
        # eLearning, events and surveys write as Odoo itself, for the employee.
        lines_sudo = self.env["hr.resume.line"].with_user(self.user_worker).sudo()
        course = lines_sudo.create(
            {
                "employee_id": self.robin.id,
                "name": "Safeguarding",
                "line_type_id": self.line_type.id,
            }
        )
        self.assertFalse(course.dupq_is_unchecked)
        self.assertEqual(self._states_now(), ("valid", False))

    # === WHOSE IT IS TO SAY === #

    def test_employees_say_none_of_the_facts_that_count(self):
        tries = {
            "dupq_kind_id": self.listening.id,
            "dupq_expires_on": fields.Date.to_string(self.today),
            "dupq_accredited": "yes",
            "dupq_service_id": self.service.id,
            HAND: True,
            "dupq_designed_by_families": True,
            "dupq_is_paid": True,
        }
        course = self._say("Cooking")
        for name, value in tries.items():
            with self.subTest(name):
                said = {name: value}
                self.assertRefused(self._say, "Ask them", **said, error=AccessError)
                self.assertRefused(course.write, "Ask them", said, error=AccessError)
                self.assertFalse(course.sudo()[name])
        lines = course.with_context(**{f"default_{HAND}": True})
        values = {"employee_id": self.robin.id, "name": "Cooking"}
        self.assertRefused(lines.create, "Ask them", values, error=AccessError)
        undo = {"dupq_is_unchecked": False}
        self.assertRefused(course.write, "Ask them", undo, error=AccessError)
        self.assertTrue(self._say("Cooking", **undo).dupq_is_unchecked)

    def test_what_is_sent_back_unchanged_is_nothing_said(self):
        course = self._train(**{HAND: True})
        mine = course.with_user(self.user_worker)
        mine.write(
            {
                HAND: True,
                "dupq_kind_id": self.safeguarding.id,
                "dupq_expires_on": False,
                "description": "What I remember of it.",
            }
        )
        self.assertFalse(course.dupq_is_unchecked, "Nothing that counts.")

    def test_whoever_changes_a_checked_course_says_it_anew(self):
        for said in (
            {"name": "Safeguarding, once more"},
            {"date_end": fields.Date.to_string(self.today)},
        ):
            course = self._train()
            course.with_user(self.user_hr).write(said)
            self.assertFalse(course.dupq_is_unchecked)
            course.with_user(self.user_worker).write(said)
            self.assertTrue(course.dupq_is_unchecked, said)

    def test_to_end_a_skill_sooner_claims_nothing(self):
        given = self._give_skill(self._create_skill("Medicines"))
        mine = given.with_user(self.user_worker)
        mine.valid_to = self.today
        self.assertFalse(given.dupq_is_unchecked)
        mine.valid_to = self.today - timedelta(days=1)
        self.assertFalse(given.dupq_is_unchecked)
        mine.valid_to = self.today + timedelta(days=99)
        self.assertTrue(given.dupq_is_unchecked)

    def test_the_form_of_an_employee_works_as_ever(self):
        lines = self.env["hr.resume.line"].with_user(self.user_worker)
        form = Form(
            lines.with_context(default_employee_id=self.robin.id),
            "hr_skills.resume_line_view_form",
        )
        form.line_type_id = self.line_type
        form.date_start = self.today
        form.name = "Safeguarding"
        self.assertEqual(form.dupq_kind_id.id, self.safeguarding.id)
        with self.assertRaisesRegex(AssertionError, "readonly"):
            form.dupq_accredited = "yes"
        course = form.save()
        self.assertEqual(course.dupq_kind_id, self.safeguarding)
        self.assertTrue(course.dupq_is_unchecked)
        course.unlink()

    def test_a_new_version_that_the_employee_makes_keeps_no_hands(self):
        skill = self._create_skill("Medicines", is_lasting=False)
        level = self.env["hr.skill.level"].create(
            {
                "name": "More",
                "level_progress": 50,
                "skill_type_id": skill.skill_type_id.id,
            }
        )
        old = self._give_skill(skill, **{HAND: True})
        skills = self.env["hr.employee.skill"].with_user(self.user_worker)
        commands = skills._get_transformed_commands(
            [[1, old.id, {"skill_level_id": level.id}]], self.robin
        )
        for kind, id_, values in commands:
            if kind == 0:
                new = skills.create(values)
            else:
                skills.browse(id_).write(values)
        self.assertEqual(old.valid_to, self.today - timedelta(days=1))
        self.assertFalse(old.dupq_is_unchecked, "It was so until then.")
        self.assertTrue(new.dupq_is_unchecked)
        self.assertEqual((new[HAND], old[HAND]), (False, True))

    # === CHECKING === #

    def test_hr_and_managers_of_the_service_check_it_and_nobody_else(self):
        elsewhere = self._create_user("elsewhere", "service_manager")
        self._create_member(self.other_service, elsewhere, role="manager")
        colleague = self._create_user("colleague", "support_worker")
        self._create_member(self.service, colleague)
        for user in (self.user_worker, colleague, elsewhere, self.user_board):
            course = self._say().with_user(user)
            self.assertFalse(course.dupq_may_check, user.login)
            self.assertRefused(
                course.action_dupq_check, "checks this", error=AccessError
            )
        for user in (self.user_manager, self.user_hr):
            courses = (self._say() | self._say()).with_user(user)
            self.assertTrue(all(course.dupq_may_check for course in courses))
            courses.action_dupq_check()
            self.assertEqual(courses.mapped("dupq_is_unchecked"), [False, False])

    def test_no_manager_checks_their_own(self):
        self.manager_employee.write(
            {"active": True, "department_id": self.department.id}
        )
        course = self._say(user=self.user_manager, employee_id=self.manager_employee.id)
        self.assertTrue(course.dupq_is_managed)
        self.assertRefused(course.action_dupq_check, "checks this", error=AccessError)
        course.with_user(self.user_hr).action_dupq_check()
        self.assertFalse(course.dupq_is_unchecked)

    def test_a_manager_checks_it_from_the_list_of_rows(self):
        self._say()
        rows = self._rows("fact", user=self.user_manager)
        self.assertEqual(rows.mapped("may_check"), [True])
        self.assertEqual(self._rows("fact", user=self.user_worker).may_check, False)
        rows.action_check()
        self.assertFalse(self._rows("fact", user=self.user_manager).is_unchecked)
        self.assertRefused(
            self._rows("fact", user=self.user_worker).action_check,
            "checks this",
            error=AccessError,
        )
