from datetime import timedelta

from dateutil.relativedelta import relativedelta
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.dupq_training_kind import AFTER
from .common_training import TrainingCommon


@tagged("post_install", "-at_install")
class TestTraining(TrainingCommon):
    # === WHICH KIND === #

    def test_a_course_is_recognised_by_its_title_and_the_first_kind_has_it(self):
        self.assertEqual(
            self._train("Safeguarding: adults").dupq_kind_id.id, self.safeguarding.id
        )
        both = self._train("Safeguarding, for the SECOND TIER")
        self.assertEqual(both.dupq_kind_id, self.tier_2)
        self.assertFalse(self._train("Cooking").dupq_kind_id)

    def test_a_job_of_the_past_is_no_training(self):
        work = self.env.ref("hr_skills.resume_type_experience")
        job = self._train("Safeguarding lead", line_type_id=work.id)
        self.assertFalse(job.dupq_kind_id)
        job.line_type_id = self.line_type
        self.assertEqual(job.dupq_kind_id, self.safeguarding)

    def test_the_kind_shows_while_hr_types_the_title(self):
        lines = self.env["hr.resume.line"].with_user(self.user_hr)
        form = Form(lines.with_context(default_employee_id=self.robin.id))
        form.line_type_id = self.line_type
        form.date_start = self.today
        form.name = "Safeguarding: adults"
        self.assertEqual(form.dupq_kind_id.id, self.safeguarding.id)
        form.dupq_kind_id = self.listening.with_user(self.user_hr)
        self.assertEqual(form.save().dupq_kind_id.id, self.listening.id, "As chosen.")

    def test_a_course_is_recognised_by_any_mark_of_it(self):
        self.listening.course_domain = "[('external_url', 'ilike', 'example.com/ears')]"
        course = self._train("Safeguarding", external_url="https://example.com/ears/1")
        self.assertEqual(course.dupq_kind_id, self.listening, "Before any title.")

    def test_marks_that_cannot_be_read_are_refused_and_harm_no_course(self):
        self.assertRefused(
            self.listening.write,
            "cannot be read",
            {"course_domain": "[('gone', '=', 1)]"},
        )
        self.env.cr.execute(
            "UPDATE dupq_training_kind SET course_domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", self.listening.id],
        )
        self.listening.invalidate_recordset()
        self.assertEqual(self._train("Listening").dupq_kind_id, self.listening)

    def test_a_skill_is_recognised_by_what_it_is(self):
        skill = self._create_skill("Medicines")
        self.listening.skill_ids = skill
        self.assertEqual(self._give_skill(skill).dupq_kind_id, self.listening)
        self.assertFalse(self._give_skill(self._create_skill("Signing")).dupq_kind_id)

    def test_what_somebody_chose_stays_until_something_is_recognised(self):
        course = self._train("A day out", dupq_kind_id=self.listening.id)
        self.assertEqual(course.dupq_kind_id, self.listening)
        course.name = "Another day out"
        self.assertEqual(course.dupq_kind_id, self.listening)
        course.name = "Safeguarding"
        self.assertEqual(course.dupq_kind_id, self.safeguarding)

    def test_a_kind_of_another_company_recognises_nothing_here(self):
        self.safeguarding.company_id = self.env["res.company"].create({"name": "B"})
        self.assertFalse(self._train().dupq_kind_id)

    def test_what_was_there_before_is_recognised_and_stays_as_it_was(self):
        self.safeguarding.active = False
        old, none = self._train(), self._train("Cooking")
        skill = self._create_skill("Medicines")
        given = self._give_skill(skill)
        self.env.flush_all()
        self.safeguarding.active = True
        self.safeguarding.skill_ids = skill
        self.env.flush_all()
        self.env.cr.execute("UPDATE hr_resume_line SET write_date = '2021-01-01'")
        self.env.invalidate_all()
        action = self.safeguarding.with_user(self.user_hr).action_recognise()
        self.assertIn(": 2.", action["params"]["message"])
        self.assertEqual((old + none).mapped("dupq_kind_id"), self.safeguarding)
        self.assertFalse(none.dupq_kind_id)
        self.assertEqual(given.dupq_kind_id, self.safeguarding)
        self.assertEqual(old.write_date.year, 2021, "Nobody wrote it.")
        self.assertEqual(self.kinds._recognise_all(), 0)

    def test_only_hr_and_administrators_look_for_records(self):
        for user in (self.user_worker, self.user_manager, self.user_quality):
            kind = self.safeguarding.with_user(user)
            self.assertRefused(kind.action_recognise, "", error=AccessError)

    def test_recognising_many_takes_no_more_queries(self):
        def count(number):
            self.safeguarding.active = False
            for _number in range(number):
                self._train()
            self.env.flush_all()
            self.safeguarding.active = True
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self.kinds._recognise_all(), number)
            return self.env.cr.sql_log_count - before

        few = min(count(2) for _try in range(3))
        self.assertLessEqual(count(30), few)

    def _run_cron(self, batch):
        cron = self.env.ref("dupq_code.dupq_training_kind_recognise_cron")
        cron.code = f"model._cron_recognise(batch={batch})"
        self.env.flush_all()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _train_before_there_was_a_kind(self, number):
        self.safeguarding.active = False
        courses = self.env["hr.resume.line"].concat(
            *(self._train() for _number in range(number))
        )
        self.env.flush_all()
        self.safeguarding.active = True
        return courses

    def test_the_night_looks_at_some_at_a_time_and_reaches_the_last(self):
        self._train("Cooking")
        courses = self._train_before_there_was_a_kind(5)
        skill = self._create_skill("Medicines")
        given = self._give_skill(skill)
        self.safeguarding.skill_ids = skill
        self._run_cron(batch=2)
        self.assertEqual(courses.mapped("dupq_kind_id"), self.safeguarding)
        self.assertTrue(all(course.dupq_kind_id for course in courses))
        self.assertEqual(given.dupq_kind_id, self.safeguarding)
        self.assertFalse(self._where_it_stopped())

    def test_the_night_goes_on_where_it_stopped_and_then_begins_anew(self):
        courses = self._train_before_there_was_a_kind(4)
        parameters = self.env["ir.config_parameter"]
        parameters.set_param(AFTER, f"hr.resume.line,{courses[1].id}")
        self._run_cron(batch=1)
        kinds = [bool(course.dupq_kind_id) for course in courses]
        self.assertEqual(kinds, [False, False, True, True])
        self._run_cron(batch=1)
        self.assertTrue(all(course.dupq_kind_id for course in courses))

    def test_where_time_is_up_the_place_is_kept(self):
        courses = self._train_before_there_was_a_kind(3)
        first = courses[0].id - 1
        self.env["ir.config_parameter"].set_param(AFTER, f"hr.resume.line,{first}")
        self.env.flush_all()
        cron = self.env.ref("dupq_code.dupq_training_kind_recognise_cron")
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            progress = env["ir.cron.progress"].create({"cron_id": cron.id})
            kinds = env["dupq.training.kind"].with_context(
                ir_cron_progress_id=progress.id, cron_id=cron.id, cron_end_time=0
            )
            kinds._cron_recognise(batch=2)
            self.assertEqual((progress.done, progress.remaining > 0), (2, True))
        self.env.invalidate_all()
        self.assertEqual(self._where_it_stopped(), f"hr.resume.line,{courses[1].id}")
        self.assertEqual(
            [bool(course.dupq_kind_id) for course in courses], [True, True, False]
        )

    def _where_it_stopped(self):
        return self.env["ir.config_parameter"].get_param(AFTER)

    def test_a_kind_that_somebody_cleared_is_not_recognised_again(self):
        courses = self._train() | self._train()
        courses.with_user(self.user_hr).write({"dupq_kind_id": False})
        skill = self._create_skill("Medicines")
        self.safeguarding.skill_ids = skill
        given = self._give_skill(skill)
        given.dupq_kind_id = False
        self._run_cron(batch=2)
        self.kinds._recognise_all()
        self.assertFalse(courses.dupq_kind_id)
        self.assertFalse(given.dupq_kind_id)
        courses[0].dupq_kind_id = self.listening
        self.assertFalse(courses[0].dupq_kind_is_cleared)
        courses[1].name = "Safeguarding, another one"
        self.assertEqual(courses[1].dupq_kind_id, self.safeguarding, "A new title.")

    def test_a_form_that_says_no_kind_is_heard_only_where_there_would_be_one(self):
        cleared = self._train(dupq_kind_id=False)
        cooking = self._train("Cooking", dupq_kind_id=False)
        self.assertEqual(
            (cleared.dupq_kind_is_cleared, cooking.dupq_kind_is_cleared), (True, False)
        )
        self._create_kind("Cooking")
        self._run_cron(batch=100)
        self.assertFalse(cleared.dupq_kind_id)
        self.assertEqual(cooking.dupq_kind_id.name, "Cooking")

    def test_a_title_for_many_is_recognised_for_all_at_once(self):
        def count(number):
            courses = self.env["hr.resume.line"].concat(
                *(self._train("Cooking") for _number in range(number))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            courses.write({"name": "Safeguarding"})
            self.env.flush_all()
            self.assertTrue(all(course.dupq_kind_id for course in courses))
            return self.env.cr.sql_log_count - before

        few = min(count(2) for _try in range(3))
        self.assertLessEqual(count(30), few)

    # === HOW LONG === #

    def test_a_course_holds_as_long_as_it_or_its_kind_says(self):
        day = self.today - relativedelta(months=1)
        course = self._train()
        self.assertEqual(
            (course.dupq_done_on, course.dupq_valid_until),
            (day, day + relativedelta(months=12)),
        )
        course.dupq_expires_on = self.today
        self.assertEqual(course.dupq_valid_until, self.today)
        self.assertFalse(self._train("Listening").dupq_valid_until)
        open_end = self._train(date_end=False)
        self.assertEqual(open_end.dupq_done_on, open_end.date_start)

    def test_searching_by_days_finds_what_they_say(self):
        skill = self._create_skill("Medicines")
        self.safeguarding.skill_ids = skill
        courses = (
            self._train()
            | self._train(months_ago=13)
            | self._train(dupq_expires_on=self.today)
            | self._train("Listening")
            | self._train(months_ago=20, date_end=False)
        )
        skills = self._give_skill(skill) | self._give_skill(
            skill, months_ago=30, valid_to=self.today - timedelta(days=9)
        )
        for records in (courses, skills):
            mine = [("id", "in", records.ids)]
            for name in ("dupq_done_on", "dupq_valid_until"):
                for day in (self.today, self.today - timedelta(days=10)):
                    self.assertEqual(
                        records.search([*mine, (name, "<", day)]),
                        records.filtered(lambda r, n=name, d=day: r[n] and r[n] < d),
                    )
                    self.assertEqual(
                        records.search([*mine, (name, ">=", day)]),
                        records.filtered(lambda r, n=name, d=day: r[n] and r[n] >= d),
                    )
            self.assertEqual(
                records.search([*mine, ("dupq_valid_until", "=", False)]),
                records.filtered(lambda r: not r.dupq_valid_until),
            )

    def test_what_was_done_again_in_either_way_is_overtaken(self):
        skill = self._create_skill("Medicines")
        self.safeguarding.skill_ids = skill
        old = self._train(months_ago=14)
        self.assertFalse(old.dupq_is_overtaken)
        other = self._create_employee("Kim Example")
        self._train(employee=other)
        old.invalidate_recordset()
        self.assertFalse(old.dupq_is_overtaken, "That was somebody else.")
        new = self._give_skill(skill)
        old.invalidate_recordset()
        self.assertTrue(old.dupq_is_overtaken)
        self.assertFalse(new.dupq_is_overtaken)
        lines = self.env["hr.resume.line"]
        mine = [("employee_id", "=", self.robin.id)]
        self.assertEqual(lines.search([*mine, ("dupq_is_overtaken", "=", True)]), old)
        self.assertFalse(lines.search([*mine, ("dupq_is_overtaken", "=", False)]))

    # === FOR WHOM, WITH WHOM === #

    def test_what_is_for_somebody_is_centred_on_the_person_all_else_is_generic(self):
        generic = self._train()
        by_kind = self._train("Listening")
        for_service = self._train(dupq_service_id=self.service.id)
        for_jane = self._train("A day with a camera")
        self._say_for_whom(for_jane)
        skill = self._give_skill(self._create_skill("Her signs"))
        self._say_for_whom(skill)
        centred = by_kind | for_service | for_jane
        courses = generic | centred
        mine = [("id", "in", courses.ids)]
        for flag, expected in ((True, centred), (False, generic)):
            domain = [*mine, ("dupq_is_person_centred", "=", flag)]
            self.assertEqual(
                courses.search(domain), courses.search([("id", "in", expected.ids)])
            )
            self.assertEqual(set(expected.mapped("dupq_is_person_centred")), {flag})
        self.assertTrue(skill.dupq_is_for_people)
        self.assertEqual(
            courses.search([*mine, ("dupq_is_for_people", "=", True)]),
            for_service | for_jane,
        )

    def test_co_delivery_is_missing_until_somebody_says_that_it_was(self):
        course = self._train("Second tier")
        found = [("id", "=", course.id), ("dupq_lacks_codelivery", "=", True)]
        self.assertTrue(course.dupq_lacks_codelivery)
        self.assertTrue(course.search(found))
        course.dupq_designed_by_people = True
        self.assertTrue(course.dupq_is_coproduced)
        self.assertTrue(course.dupq_lacks_codelivery, "Designed is not given.")
        course.dupq_delivered_by_people = True
        self.assertFalse(course.dupq_lacks_codelivery)
        self.assertFalse(course.search(found))
        self.assertFalse(self._train().dupq_lacks_codelivery, "Of another kind.")

    def test_a_new_version_of_a_skill_keeps_who_had_a_hand_in_it(self):
        skill = self._create_skill("Medicines", is_lasting=False)
        level = self.env["hr.skill.level"].create(
            {
                "name": "More",
                "level_progress": 50,
                "skill_type_id": skill.skill_type_id.id,
            }
        )
        old = self._give_skill(skill, dupq_designed_by_families=True)
        self.robin.write(
            {"current_employee_skill_ids": [(1, old.id, {"skill_level_id": level.id})]}
        )
        new = self.robin.employee_skill_ids.filtered(
            lambda s: s.skill_level_id == level
        )
        self.assertNotEqual(new, old)
        self.assertTrue(new.dupq_designed_by_families)

    def test_a_part_belongs_to_one_record(self):
        course, skill = self._train(), self._give_skill(self._create_skill("Signs"))
        for values in (
            {},
            {"resume_line_id": course.id, "employee_skill_id": skill.id},
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env["dupq.training.about"].create(
                    {"person_id": self.person.id, **values}
                )

    def test_before_and_after_hang_together_with_the_course(self):
        statement = self.env.ref("dupq_code.dupq_code_statement_a1_g2")
        evidence = self.env["dupq.evidence"].with_user(self.user_quality)
        before, after = evidence.create(
            [
                {
                    "service_id": self.service.id,
                    "statement_ids": statement.ids,
                    "polarity": polarity,
                }
                for polarity in ("not_yet", "good")
            ]
        )
        (before | after).action_accept()
        with (
            Form(
                self._train().with_user(self.user_hr), "hr_skills.resume_line_view_form"
            ) as form,
            form.dupq_effect_ids.new() as effect,
        ):
            effect.statement_id = statement
            effect.before_id = before.with_user(self.user_hr)
            effect.after_id = after.with_user(self.user_hr)
        effect = form.record.dupq_effect_ids
        self.assertEqual((effect.before_id, effect.after_id), (before, after))
        self.assertEqual(effect.company_id, self.robin.company_id)
        self.robin.unlink()
        self.assertFalse(effect.exists(), "An employee can go.")
        self.assertTrue((before | after).exists())

    # === WHO SEES IT === #

    def _say_for_whom(self, record, user=None):
        about = self.env["dupq.training.about"].with_user(user or self.env.user)
        link = about._get_link(record._name)
        made = about.create({link: record.id, "person_id": self.person.id})
        record.invalidate_recordset()
        return made

    def test_managers_of_the_person_say_for_whom_it_was_and_others_see_less(self):
        course = self._train("A day with a camera")
        about = self._say_for_whom(course, self.user_manager)
        self.assertIn("Jane", about.with_user(self.user_worker).person_id.display_name)
        hr = course.with_user(self.user_hr)
        self.assertEqual(
            hr.dupq_about_ids.person_id.display_name, self.person.reference
        )
        self.assertFalse(hr.dupq_about_ids.has_access("write"))
        stranger = self._create_user("stranger", "service_manager")
        self._create_member(self.other_service, stranger, role="manager")
        self.assertFalse(about.with_user(stranger).has_access("read"))
        other = self._train("Another day with a camera")
        self.assertRefused(self._say_for_whom, "", other, stranger, error=AccessError)
        plain = course.with_user(self.user_internal)
        self.assertTrue(plain.dupq_is_person_centred, "That it was for somebody.")
        self.assertRefused(plain.read, "", ["dupq_about_ids"], error=AccessError)
        self.assertRefused(plain.read, "", ["dupq_service_id"], error=AccessError)

    def test_the_title_of_evidence_names_neither_employee_nor_person(self):
        course = self._train("A day with a camera")
        self._say_for_whom(course)
        names = course.with_user(self.user_manager)._get_dupq_person_names()[course.id]
        self.assertEqual(names, ["Robin Example", "Jane Example"])

    def test_what_other_addons_write_is_recognised_by_what_wrote_it(self):
        """Where eLearning, events or surveys are installed; a title says nothing."""
        lines = self.env["hr.resume.line"]
        made = {
            "channel_id": ("slide.channel", {"name": "Ears"}, "elearning"),
            "event_id": (
                "event.event",
                {
                    "name": "Ears",
                    "date_begin": "2025-01-01",
                    "date_end": "2025-01-02",
                },
                "onsite",
            ),
            "survey_id": ("survey.survey", {"title": "Ears"}, "external"),
        }
        for name in lines._fields.keys() & made.keys():
            model, values, course_type = made[name]
            writer = self.env[model].create(values)
            self.listening.course_domain = f"[('{name}', '=', {writer.id})]"
            course = self._train(
                "Ears", **{name: writer.id, "course_type": course_type}
            )
            with self.subTest(name):
                self.assertEqual(course.dupq_kind_id, self.listening)
                self.assertFalse(self._train("Ears").dupq_kind_id)
