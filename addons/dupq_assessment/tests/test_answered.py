from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_saying import SayingCommon


@tagged("post_install", "-at_install")
class TestAnswered(SayingCommon):
    """Those who answer by a link or in their account took part."""

    def _count(self):
        self.assessment.with_user(self.user_manager).action_count_answers()
        return self.line.actual

    def _nameless(self, number, **values):
        for _time in range(number):
            self._send("0/thanks", words="Nobody", nameless="1", **values)

    def test_each_link_counts_once(self):
        for question in (self.first, self.second, self.third):
            self._send("0/thanks", words="Me", question=question)
        self.assertEqual(self._count(), 1)
        second = self._prepare_guest(
            invitation_id=self._invite(email="b@example.com").id
        )
        self._send("0/thanks", second, words="Me too")
        self.assertEqual(self._count(), 2)
        self.assertEqual(self.assessment.participant_count, 2)

    def test_link_and_account_of_one_person_count_once(self):
        partner = self.user_portal.partner_id
        partner.email = "Kin@example.com"
        account = self._prepare_guest(
            invitation_id=None, partner_id=partner.id, signed_in=True
        )
        self._send("0/thanks", words="By my link")
        self._send("0/thanks", account, words="In my account")
        self.assertEqual(self._count(), 1)
        partner.email = "other@example.com"
        self.assertEqual(self._count(), 2)

    def test_who_gave_no_name_is_a_number_of_the_group(self):
        self._nameless(3)
        self._nameless(2, question=self.second)
        self._send("0/thanks", words="Me", question=self.third)
        self.assertEqual(self._count(), 4)
        self.assertFalse(self.assessment.voice_ids.filtered("is_anonymous").partner_id)

    def test_two_lines_of_a_group_do_not_count_them_twice(self):
        without = self.line.copy({"planned": 4})
        self._nameless(3)
        self.assertEqual((self._count(), without.actual), (3, 0))

    def test_a_typed_number_and_those_who_came_are_not_added(self):
        self._nameless(3)
        self.line.actual = 7
        self.assertEqual(self._count(), 7)
        self.line.actual = 0
        self.assertEqual(self.line.actual, 3)

    def test_what_we_type_in_for_somebody_counts_nobody(self):
        self.env["dupq.voice"].create(
            {
                "assessment_id": self.assessment.id,
                "group_id": self.families.id,
                "words": "Said to us",
                "channel": "card",
            }
        )
        self.assertEqual(self._count(), 0)

    def test_an_answer_does_not_touch_the_plan_before_the_night(self):
        before = self.line.write_date
        self._nameless(1)
        self.env.flush_all()
        self.assertEqual((self.line.actual, self.line.write_date), (0, before))
        self.assertEqual(self.line.answer_count, 1)
        self.env["dupq.assessment.participant"].sudo()._cron_count_answers()
        self.assertEqual(self.line.actual, 1)

    def test_completing_counts_those_who_answered(self):
        self._fill(self.assessment, groups=self.people + self.staff)
        self._send("0/thanks", words="Me")
        self.assertIn(self.families.name, self.assessment.few_voices)
        self.assessment.with_user(self.user_manager).action_complete()
        self.assertFalse(self.assessment.few_voices)
        self.assertEqual(self.line.actual, 1)
        self.assessment._take("publish")
        groups = self._get_block("participation")["groups"]
        mine = next(one for one in groups if one["group"] == self.families.name)
        self.assertIsNone(mine["number"])

    def test_who_only_reads_the_plan_counts_nothing(self):
        for user in (self.user_worker, self.user_board, self.user_portal):
            with self.assertRaises(AccessError):
                self.assessment.with_user(user).action_count_answers()

    def test_counting_costs_the_same_for_many(self):
        def cost():
            return self._count_queries(
                lambda: self.assessment.participant_ids.mapped("answer_count")
            )

        self._nameless(1)
        before = cost()
        for number in range(10):
            self.line.copy()
            self._nameless(number % 3)
        self.assertLessEqual(cost(), before)

    def _get_block(self, kind):
        blocks = self.assessment.publication_ids.block_ids
        return blocks.filtered(lambda one: one.kind == kind)[:1].data
