from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.dupq_assessment_survey_send import BATCH, DupqAssessmentSurveySend
from .survey_common import SurveyCommon

MANY = 2000


@tagged("post_install", "-at_install")
class TestSurveyMany(SurveyCommon):
    """A survey to many people: it goes out by itself, and nobody is asked twice."""

    def _get_mails(self):
        return self.env["mail.mail"].search([("subject", "like", self.assessment.name)])

    def _get_inputs(self):
        return self.survey.sudo().survey_id.user_input_ids

    # === TWO THOUSAND PEOPLE === #

    def test_two_thousand_people_are_asked_once_each_and_can_be_watched(self):
        self.survey.partner_ids = self._create_people(MANY)
        self.survey.action_send()
        self.survey._send_next(500)
        self.assertEqual(self.survey.progress, 25)
        self.assertTrue(self.survey.is_sending)
        self.assertEqual(self.survey.progress_said, "Asked: 500 of 2000. Answered: 0.")
        # On a busy machine time is up before the end, and the job comes again.
        for _turn in range(MANY // BATCH):
            self._run_cron()
            if not self.survey.waiting_count:
                break
        self.assertEqual(
            (self.survey.asked_count, self.survey.waiting_count, self.survey.progress),
            (MANY, 0, 100),
        )
        self.assertFalse(self.survey.is_sending)
        self.assertEqual(len(self._get_inputs().partner_id), MANY)
        mails = self._get_mails()
        self.assertEqual(len(set(mails.mapped("email_to"))), MANY)
        self.assertEqual(len(mails), MANY)
        self._run_cron()
        self.assertEqual(len(self._get_mails()), MANY)

    def test_asking_costs_no_more_queries_for_more_people(self):
        def ask(count):
            return min(self._ask_some(count) for _try in range(3))

        self.survey.partner_ids = self._create_people(400)
        self.survey.action_send()
        self._ask_some(5)
        few = ask(5)
        self.assertLessEqual(ask(80), few + 10)

    def _ask_some(self, count):
        return self._count_queries(
            lambda: self.assertEqual(self.survey._send_next(count), count), rounds=1
        )

    def test_choosing_people_costs_no_more_queries_for_more_of_them(self):
        def choose(count):
            people = self._create_people(count)
            return self._count_queries(
                lambda: self.survey.write({"partner_ids": [(6, 0, people.ids)]}),
                rounds=1,
            )

        choose(2)
        few = min(choose(2) for _try in range(3))
        self.assertLessEqual(min(choose(200) for _try in range(2)), few + 5)

    def test_two_thousand_answers_come_back_set_based(self):
        host = self.survey.sudo().survey_id
        *asked, rating, agreed = host.question_ids
        inputs = host.user_input_ids.create(
            [{"survey_id": host.id, "state": "done"} for _number in range(MANY)]
        )
        lines = []
        for number, one in enumerate(inputs):
            of_one = {"user_input_id": one.id}
            lines.append(
                {
                    **of_one,
                    "question_id": asked[0].id,
                    "answer_type": "text_box",
                    "value_text_box": f"Words of number {number}",
                }
            )
            level = rating.suggested_answer_ids[number % 3]
            consent = agreed.suggested_answer_ids[number % 2]
            lines += [
                {
                    **of_one,
                    "question_id": answer.question_id.id,
                    "answer_type": "suggestion",
                    "suggested_answer_id": answer.id,
                }
                for answer in (level, consent)
            ]
        inputs.user_input_line_ids.create(lines)
        costs = [self._count_queries(self.survey._take_next, 1) for _turn in range(4)]
        self.assertEqual(self.survey.taken_count, MANY)
        self.assertEqual(self.survey._take_next(), 0)
        # Creating 500 voices is one statement for every hundred or so rows.
        self.assertLess(max(costs), 150, costs)
        self.assertLessEqual(max(costs[1:]), costs[0] + 5, costs)
        voices = self._get_voices()
        self.assertEqual(len(voices), MANY)
        self.assertEqual(len(voices.filtered(lambda one: one.consent == "yes")), 1000)
        self.assertEqual(self.survey.rating_id.number, MANY)
        self.assertEqual(self.survey.rating_id.level_id, self.scale.level_ids[1])

    # === LEAVING, BREAKING OFF, COMING BACK === #

    def test_after_a_breakdown_it_goes_on_with_the_next(self):
        self.survey.partner_ids = self._create_people(9)
        self.survey.action_send()
        self.assertEqual(self.survey._take_turn(4), 4)
        make_inputs = DupqAssessmentSurveySend._make_inputs

        def break_off(survey, invitees):
            make_inputs(survey, invitees)
            raise ValueError("The server is tired")

        with (
            patch.object(DupqAssessmentSurveySend, "_make_inputs", break_off),
            self.assertLogs("odoo.addons.dupq_assessment", "ERROR"),
        ):
            self.assertEqual(self.survey._take_turn(4), 0)
        self.assertEqual((self.survey.asked_count, len(self._get_mails())), (4, 4))
        self.assertIn("The server is tired", self.survey.send_trouble)
        self.assertFalse(self.survey.is_sending)
        self._run_cron()
        self.assertEqual(self.survey.asked_count, 4, "it waits until it is put right")
        self.survey.with_user(self.user_manager).action_send_again()
        self._run_cron()
        self.assertEqual((self.survey.asked_count, len(self._get_mails())), (9, 9))
        self.assertEqual(len(self._get_inputs()), 9)

    def test_trouble_of_one_survey_stops_no_other(self):
        other = self._create_survey(group_id=self.people.id)
        for survey in (self.survey, other):
            survey.partner_ids = self._create_people(2)
            survey.action_send()
        self.survey.sudo().send_trouble = "Out of paper"
        self._run_cron()
        self.assertEqual((self.survey.asked_count, other.asked_count), (0, 2))
        job = self.env.ref("dupq_assessment.ir_cron_survey")
        self.assertFalse(
            self.env["ir.cron.progress"]
            .search([("cron_id", "=", job.id)], order="id desc", limit=1)
            .remaining,
            "what has stopped keeps no job busy",
        )

    def test_the_sender_is_told_once_when_all_are_asked(self):
        self.survey.partner_ids = self._create_people(3)
        self.survey.partner_ids |= self.env["res.partner"].create({"name": "No mail"})
        self.survey.action_send()
        for _again in range(2):
            self._run_cron()
        told = self.survey.message_ids.filtered(lambda one: "has gone out" in one.body)
        self.assertEqual(len(told), 1)
        self.assertIn("Asked: 3 of 4", told.body)
        self.assertIn("Not reached: 1", told.body)
        self.assertIn(self.user_manager.partner_id, told.notified_partner_ids)
        self.assertTrue(self.survey.date_asked)

    def test_who_is_chosen_later_is_asked_too(self):
        self.survey.partner_ids = self._create_people(2)
        self.survey.action_send()
        self._run_cron()
        more = self._create_people(3)
        self.survey.partner_ids |= more
        self.assertTrue(self.survey.is_sending)
        self._run_cron()
        self.assertEqual(self.survey.asked_count, 5)

    def test_who_is_left_out_before_their_turn_is_not_asked(self):
        people = self._create_people(4)
        self.survey.partner_ids = people
        self.survey.action_send()
        self.survey._send_next(2)
        self.survey.partner_ids -= people[1] | people[3]
        self._run_cron()
        asked = self.survey.sudo().invitee_ids
        self.assertEqual(asked.partner_id, people[:3])
        self.assertEqual(asked.mapped("is_asked"), [True] * 3)

    # === ADDRESSES THAT DO NOT WORK === #

    def _create_wrong(self):
        return self.env["res.partner"].create(
            [
                {"name": "Without one"},
                {"name": "With a slip", "email": "jo at example.com"},
            ]
        )

    def test_wrong_addresses_are_listed_and_asked_once_they_are_put_right(self):
        self.survey.partner_ids = self._create_people(2) | self._create_wrong()
        self.assertEqual(self.survey.unreached_count, 2)
        self.survey.action_send()
        self._run_cron()
        unreached = self.survey.unreached_ids
        self.assertEqual(
            [(one.partner_id.name, one.trouble) for one in unreached],
            [("Without one", "missing"), ("With a slip", "invalid")],
        )
        first, second = unreached.with_user(self.user_manager)
        first.address = "here@example.com"
        second.sudo().partner_id.email = "jo@example.com"
        self._run_cron()
        self.assertEqual((self.survey.asked_count, self.survey.unreached_count), (4, 0))
        self.assertFalse(first.sudo().partner_id.email, "the contact is left alone")
        self.assertLessEqual(
            {"here@example.com", "jo@example.com"},
            set(self._get_mails().mapped("email_to")),
        )

    def test_nobody_who_can_be_reached_is_said(self):
        self.survey.partner_ids = self._create_wrong()
        self.assertRefused(self.survey.action_send, "an e-mail address that works")

    def test_what_could_not_be_delivered_is_said_and_sent_again_once(self):
        self.survey.partner_ids = self._create_people(3)
        self.survey.action_send()
        self._run_cron()
        lost = self._get_mails()[0]
        lost.write({"state": "exception", "failure_type": "mail_email_invalid"})
        self._run_cron()
        (unreached,) = self.survey.unreached_ids
        self.assertEqual(
            (unreached.trouble, unreached.detail), ("returned", "Invalid email address")
        )
        self.assertIn("could not be delivered", self.survey.message_ids[0].body)
        self.survey.with_user(self.user_manager).action_send_again()
        self._run_cron()
        self.assertEqual((self.survey.asked_count, self.survey.unreached_count), (3, 0))
        self.assertFalse(lost.exists(), "nobody can have it delivered beside this")
        self.assertEqual(len(self._get_mails()), 3)
        self.assertEqual(len(self._get_inputs()), 3)

    # === WHO SEES AND CHANGES WHAT === #

    def test_by_hand_only_the_address_is_changed_and_only_by_those_who_send(self):
        self.survey.partner_ids = self._create_people(1)
        invitee = self.survey.invitee_ids
        managed = invitee.with_user(self.user_manager)
        managed.address = "other@example.com"
        for values in ({"is_asked": True}, {"trouble": False}):
            with self.assertRaises(AccessError), self.cr.savepoint():
                managed.write(values)
        for user in (self.user_worker, self.user_board):
            with self.assertRaises(AccessError), self.cr.savepoint():
                invitee.with_user(user).read(["partner_id"])
            self.assertEqual(self.survey.with_user(user).whole_count, 1)

    def test_nothing_leads_from_who_was_asked_to_what_was_answered(self):
        self.survey.partner_ids = self._create_people(12)
        self.survey.action_send()
        self._run_cron()
        inputs = self._get_inputs().sorted("id")
        names = inputs.mapped("partner_id.id")
        for one in inputs:
            one._mark_done()
        self.env.flush_all()
        self.env["mail.mail"].browse(self._get_mails().ids).unlink()
        self.assertFalse(inputs.partner_id)
        # Which came first says nothing: the numbers of two in a row may be any.
        self.assertNotEqual(names, sorted(names))
        invitees = self.survey.sudo().invitee_ids
        self.assertFalse(invitees.mail_id)
        self.assertNotIn(
            "survey.user_input",
            {field.comodel_name for field in invitees._fields.values()},
        )
