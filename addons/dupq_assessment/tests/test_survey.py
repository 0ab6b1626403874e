from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .survey_common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurvey(SurveyCommon):
    # === MAKING IT === #

    def test_one_click_asks_the_questions_of_the_area_and_our_own(self):
        host = self.survey.sudo().survey_id
        own = self.questions[0]
        titles = host.question_ids.mapped("title")
        self.assertEqual(titles[0], own.text)
        self.assertEqual(len(titles), len(self.areas[0].question_ids) + 2)
        self.assertEqual(
            host.question_ids[-2].suggested_answer_ids.mapped("value"),
            self.scale.level_ids.mapped("name"),
        )
        self.assertEqual(host.access_mode, "public")

    def test_what_another_company_asks_is_not_asked_here(self):
        other = self.env["res.company"].create({"name": "Another provider"})
        self.env["dupq.code.question"].create(
            {"area_id": self.areas[0].id, "text": "Theirs?", "company_id": other.id}
        )
        survey = self.survey.sudo().create(
            {
                "assessment_id": self.assessment.id,
                "area_id": self.areas[0].id,
                "group_id": self.staff.id,
            }
        )
        titles = survey.sudo().survey_id.question_ids.mapped("title")
        self.assertIn(self.questions[0].text, titles)
        self.assertNotIn("Theirs?", titles)

    def test_a_manager_without_rights_in_the_survey_app_makes_it(self):
        self.assertFalse(self.user_manager.has_group("survey.group_survey_user"))
        self.assertTrue(self.survey.survey_id)
        self.assertIn("/survey/start/", self.survey.url)

    def test_workers_and_other_managers_make_none(self):
        for user in (self.user_worker, self.user_board):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.survey.with_user(user).copy()
        foreign = self._create_assessment(service_id=self.other_service.id)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._create_survey(assessment_id=foreign.id)

    def test_an_area_of_another_code_is_refused(self):
        other = self.env.ref("dupq_code.dupq_code_area_a1")
        self.assertRefused(
            lambda: self._create_survey(area_id=other.id),
            "the Code that you assess by",
            error=ValidationError,
        )

    def test_once_made_it_stays_about_the_same(self):
        self.assertRefused(
            self.survey.write,
            "make another one",
            {"group_id": self.people.id},
            error=ValidationError,
        )

    # === SENDING IT === #

    def test_nobody_to_send_it_to_is_said(self):
        self.assertRefused(self.survey.action_send, "Choose who gets it")

    def test_the_job_sends_it_and_takes_answers_in(self):
        self.survey.partner_ids = self._create_people(2)
        self.survey.action_send()
        self._run_cron()
        self.assertEqual(self.survey.asked_count, 2)
        self._answer(self.survey)
        self._run_cron()
        self.assertEqual(len(self._get_voices()), 1)

    # === ANSWERS === #

    def test_answers_come_back_as_voices_with_their_question_and_consent(self):
        self._answer(self.survey, "We hear last", consent=0)
        self._answer(self.survey, "We hear first", consent=1)
        self._answer(self.survey, "Sometimes", consent=None)
        self.survey.action_take_answers()
        voices = self._get_voices()
        self.assertEqual(
            {(one.words, one.consent) for one in voices},
            {
                ("We hear last", "yes"),
                ("We hear first", "no"),
                ("Sometimes", "not_asked"),
            },
        )
        self.assertEqual(voices.question_id, self.questions[0])
        self.assertEqual(voices.group_id, self.families)
        self.assertEqual(voices.area_id, self.areas[0])
        self.assertFalse(voices.filtered("is_printed"))

    def test_what_was_taken_in_is_not_taken_in_again(self):
        self._answer(self.survey)
        for _try in range(2):
            self.survey.action_take_answers()
        self.assertEqual(len(self._get_voices()), 1)
        self._answer(self.survey, "One more")
        self.survey.action_take_answers()
        self.assertEqual(len(self._get_voices()), 2)
        self.assertEqual(self.survey.taken_count, 2)

    def test_a_voice_that_was_deleted_stays_away(self):
        self._answer(self.survey)
        self.survey.action_take_answers()
        self._get_voices().unlink()
        self.survey.action_take_answers()
        self.assertFalse(self._get_voices())

    def test_the_rating_is_the_middle_of_all_answers(self):
        for level in (0, 2, 2):
            self._answer(self.survey, level=level)
        self.survey.action_take_answers()
        rating = self.survey.rating_id
        self.assertEqual(
            (rating.level_id, rating.number, rating.perspective_id),
            (self.scale.level_ids[2], 3, self.families),
        )
        for _more in range(3):
            self._answer(self.survey, level=0)
        self.survey.action_take_answers()
        self.assertEqual((rating.level_id, rating.number), (self.scale.level_ids[0], 6))

    def test_a_rating_that_somebody_wrote_stands(self):
        typed = self.env["dupq.assessment.rating"].create(
            {
                "assessment_id": self.assessment.id,
                "area_id": self.areas[0].id,
                "perspective_id": self.families.id,
                "level_id": self.scale.level_ids[2].id,
            }
        )
        self._answer(self.survey, level=0)
        self.survey.action_take_answers()
        self.assertFalse(self.survey.rating_id)
        self.assertEqual(typed.level_id, self.scale.level_ids[2])

    def test_empty_answers_tests_and_half_done_ones_are_no_voices(self):
        self._answer(self.survey, words="  ", level=None, consent=None)
        self._answer(self.survey, test_entry=True)
        self.survey.sudo().survey_id._create_answer()
        self.survey.action_take_answers()
        self.assertFalse(self._get_voices())
        self.assertEqual(self.survey.answer_count, 1)

    def test_a_completed_assessment_takes_no_more_in(self):
        self._answer(self.survey)
        self._fill(self.assessment)
        self.assessment._take("complete")
        self.assertRefused(
            self.survey.action_take_answers, "is completed", error=UserError
        )

    def test_completing_takes_in_what_came_and_lets_nobody_answer_in_vain(self):
        self.survey.partner_ids = self._create_people(1)
        self.survey.action_send()
        self._answer(self.survey, "Just in time")
        self._fill(self.assessment)
        self.assessment.with_user(self.user_manager).action_complete()
        self.assertEqual(self._get_voices().mapped("words"), ["Just in time"])
        self.assertEqual(self.survey.state, "closed")
        self.assertFalse(self.survey.sudo().survey_id.active)

    def test_a_survey_of_what_is_completed_is_closed_and_nothing_else(self):
        self.survey.partner_ids = self._create_people(1)
        self._fill(self.assessment)
        self.assessment._take("complete")
        for move in (self.survey.action_send, self.survey.action_open_again):
            with self.assertRaises(UserError), self.cr.savepoint():
                move()
        self.assertRefused(
            self.survey.write, "its own steps", {"state": "closed"}, error=UserError
        )

    def test_taking_in_costs_no_more_queries_for_more_answers(self):
        def count(answers):
            for number in range(answers):
                self._answer(self.survey, f"Answer {number}", level=number % 3)
            return self._count_queries(self.survey._take_answers, rounds=1)

        count(1)
        few = min(count(2) for _try in range(3))
        self.assertLessEqual(min(count(40) for _try in range(2)), few + 4)

    # === WITHOUT NAMES === #

    def _get_columns(self, record):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(t) FROM survey_user_input t WHERE id = %s",
            (record.id,),
        )
        return self.env.cr.fetchone()[0]

    def test_whoever_answers_without_a_name_leaves_none(self):
        relative = new_test_user(
            self.env, "relative", "base.group_portal", email="relative@example.com"
        )
        answer = self._answer(
            self.survey.with_user(relative), user=relative, partner=False
        )
        columns = self._get_columns(answer)
        for name in ("partner_id", "email", "nickname", "create_uid", "write_uid"):
            self.assertFalse(columns[name], name)
        for name in ("create_date", "write_date", "end_datetime"):
            self.assertTrue(columns[name].endswith("T00:00:00"), name)
        lines = answer.user_input_line_ids
        self.assertFalse(lines.create_uid | lines.write_uid)
        for moment in (*lines.mapped("create_date"), *lines.mapped("write_date")):
            self.assertEqual((moment.hour, moment.minute, moment.second), (0, 0, 0))
        self.survey.action_take_answers()
        voice = self._get_voices()
        self.assertTrue(voice.is_anonymous)
        self.assertFalse(voice.client_key.isdigit(), "it leads to no answer")
        self.assertNotIn(relative.name, str(voice.read()))

    def test_nothing_tells_the_hour_at_which_it_was_begun(self):
        answer = self.survey.sudo().survey_id._create_answer()
        answer._mark_in_progress()
        self.assertTrue(answer.start_datetime)
        answer._mark_done()
        began = self._get_columns(answer)["start_datetime"]
        self.assertTrue(began.endswith("T00:00:00"), began)

    def test_followers_of_the_survey_are_told_of_those_with_names_only(self):
        done = self.env.ref("survey.mt_survey_survey_user_input_completed")
        named = self._create_survey(is_anonymous=False)
        told = {}
        for survey in (self.survey, named):
            host = survey.sudo().survey_id
            host.message_subscribe(self.user_quality.partner_id.ids, done.ids)
            answer = self._answer(survey, partner=self._create_people(1))
            notes = answer.message_ids.filtered(lambda one: "participated" in one.body)
            told[survey] = len(notes)
        self.assertEqual(told, {self.survey: 0, named: 1})

    def test_two_answers_of_one_person_are_two_voices(self):
        self.questions[0].copy({"text": "And at night?"})
        survey = self._create_survey(group_id=self.people.id)
        self._answer(survey, "The same", consent=None)
        survey.action_take_answers()
        voices = self._get_voices()
        self.assertEqual(voices.mapped("words"), ["The same", "The same"])
        self.assertEqual(voices.mapped("date_consent"), [False, False])

    def test_with_names_odoo_keeps_who_answered(self):
        named = self._create_survey(is_anonymous=False)
        partner = self._create_people(1)
        answer = self._answer(named, partner=partner)
        self.assertEqual(answer.partner_id, partner)
        named.action_take_answers()
        self.assertFalse(self._get_voices().is_anonymous)

    def test_what_people_were_told_stays(self):
        self._answer(self.survey)
        self.survey.action_take_answers()
        self.assertRefused(
            self.survey.write,
            "what they were told",
            {"is_anonymous": False},
            error=ValidationError,
        )

    def test_who_was_promised_no_name_by_the_invitation_is_not_named(self):
        self.survey.partner_ids = self._create_people(1)
        self.survey.action_send()
        for named in (False, None, 0):
            self.assertRefused(
                self.survey.write,
                "what they were told",
                {"is_anonymous": named},
                error=ValidationError,
            )
        self.survey.write({"is_anonymous": True})

    def test_who_began_by_the_link_is_promised_the_same(self):
        self.survey.sudo().survey_id._create_answer(test_entry=True)
        self.survey.is_anonymous = False
        self.survey.sudo().survey_id._create_answer()
        self.assertRefused(
            self.survey.write,
            "what they were told",
            {"is_anonymous": True},
            error=ValidationError,
        )

    def test_another_last_day_holds_for_who_was_asked_before(self):
        self.survey.date_due = "2030-01-01 12:00:00"
        self.survey.partner_ids = self._create_people(2)
        self.survey.action_send()
        self.survey._send_next()
        first, second = self.survey.sudo().survey_id.user_input_ids
        first._mark_done()
        self.survey.with_user(self.user_manager).date_due = "2030-02-01 12:00:00"
        self.assertEqual(str(second.deadline), "2030-02-01 12:00:00")
        self.assertEqual(str(first.deadline), "2030-01-01 12:00:00")

    def test_only_who_sees_it_here_is_led_to_it(self):
        user = new_test_user(self.env, "cleaner", "base.group_user")
        with self.assertRaises(AccessError):
            self.survey.with_user(user).action_preview()
        url = self.survey.with_user(self.user_worker).action_preview()["url"]
        self.assertIn("/survey/start/", url)

    def test_surveys_of_others_are_left_as_they_are(self):
        host = self.env["survey.survey"].create(
            {
                "title": "How was lunch?",
                "question_and_page_ids": [
                    (0, 0, {"title": "Well?", "question_type": "text_box"})
                ],
            }
        )
        partner = self._create_people(1)
        answer = host._create_answer(partner=partner)
        answer._save_lines(host.question_ids, "Good")
        before = self._get_columns(answer)
        answer._mark_done()
        after = self._get_columns(answer)
        self.assertEqual(answer.partner_id, partner)
        self.assertEqual(
            {key for key in before if before[key] != after[key]}
            - {"write_date", "write_uid"},
            {"state", "end_datetime"},
        )
        self._run_cron()
        self.assertFalse(self._get_voices())

    def test_deleting_the_survey_in_odoo_keeps_what_people_said(self):
        self._answer(self.survey)
        self.survey.action_take_answers()
        self.survey.sudo().survey_id.unlink()
        self.assertTrue(self._get_voices())
        self.assertFalse(self.survey.action_take_answers()["params"]["message"] == "")
