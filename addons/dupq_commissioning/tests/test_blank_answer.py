from odoo.fields import Command
from odoo.tests import tagged

from .common import CommissioningCommon

REFUSED = "gave no answer to “Question 2”"


@tagged("post_install", "-at_install")
class TestBlankAnswer(CommissioningCommon):
    """A bidder's blank answer is 0 by rule; an evaluator's blank is a missing score."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._publish()
        cls.given, cls.blank = cls.tender.criterion_ids
        answers = [(cls.given, "We ask people."), (cls.blank, "  ")]
        cls.bid = cls._create_bid(
            cls.bidders[0],
            answer_ids=[
                Command.create({"criterion_id": criterion.id, "text": text})
                for criterion, text in answers
            ],
        )
        # One empty answer and one that is not there at all.
        cls.other = cls._create_bid(
            cls.bidders[1], answer_ids=[Command.create({"criterion_id": cls.given.id})]
        )
        cls._open()
        for seat in cls.tender.evaluator_ids:
            seat.with_user(seat.user_id).action_declare()
        cls.one = cls._level(1)

    def _lock_all(self):
        for user in (self.user_evaluator, self.user_evaluator2):
            self._score(user, self.bid, self.given, 4)
            self._seat(user).with_user(user).action_lock()

    def test_the_desk_says_which_answers_are_blank(self):
        desk = self.env["dupq.scoring.desk"].with_user(self.user_evaluator)
        blank = desk.get_desk(self.tender.id)["blank"]
        self.assertEqual(
            blank,
            [
                (self.bid.id, self.blank.id),
                (self.other.id, self.given.id),
                (self.other.id, self.blank.id),
            ],
        )

    def test_a_blank_answer_needs_no_score_and_a_given_one_does(self):
        user = self.user_evaluator
        lock = self._seat(user).with_user(user).action_lock
        self.assertRefused(lock, "1 answers still need")
        self._score(user, self.bid, self.blank, 0)
        self.assertRefused(lock, "1 answers still need")
        self._score(user, self.bid, self.given, 4)
        lock()

    def test_a_score_above_nothing_is_refused_through_every_door(self):
        nothing = self._score(self.user_evaluator, self.bid, self.blank, 0)
        vals = {"level_id": self.one.id}
        mine = self.env["dupq.score"].with_user(self.user_evaluator)
        for model in (mine, mine.sudo(), mine.with_context(install_mode=True)):
            score = nothing.with_env(model.env)
            self.assertRefused(score.write, REFUSED, vals)
            self.assertRefused(score.web_save, REFUSED, vals, {})
            rows = [[str(nothing.id), str(self.one.id)]]
            loaded = model.load([".id", "level_id/.id"], rows)
            self.assertIn(REFUSED, loaded["messages"][0]["message"])
        new = {
            "evaluator_id": self._seat(self.user_evaluator2).id,
            "bid_id": self.bid.id,
            "criterion_id": self.blank.id,
        }
        theirs = mine.with_user(self.user_evaluator2)
        for model in (theirs, theirs.sudo()):
            self.assertRefused(model.create, REFUSED, {**new, **vals})
            by_default = model.with_context(default_level_id=self.one.id)
            self.assertRefused(by_default.create, REFUSED, new)
        self.assertEqual(nothing.level_id.value, 0)

    def test_the_chair_finds_it_settled_and_cannot_agree_on_more(self):
        self._lock_all()
        chair = self.env(user=self.user_chair)
        self.tender.with_env(chair).action_moderate()
        agreed = chair["dupq.score.agreed"].search([("tender_id", "=", self.tender.id)])
        settled = agreed.filtered("is_blank")
        self.assertEqual(len(agreed - settled), 1)
        self.assertEqual(settled.level_id, self._level(0))
        self.assertEqual(len(settled.filtered("reason")), 3)
        self.assertFalse(any(settled.mapped("warning")), "It is a rule, not laziness")
        for row in (settled[0], settled[0].sudo()):
            self.assertRefused(row.write, "gave no answer", {"level_id": self.one.id})
        table = chair["dupq.moderation.table"]
        self.assertRefused(
            table.save_agreed, "gave no answer", settled[0].id, self.one.id, "Kind."
        )

    def test_the_ranking_counts_nothing_for_it(self):
        self._lock_all()
        chair = self.env(user=self.user_chair)
        self.tender.with_env(chair).action_moderate()
        table = chair["dupq.moderation.table"]
        (row,) = [
            row
            for row in table.get_table(self.tender.id)["rows"]
            if not row["is_blank"]
        ]
        reason = "Says who is asked and when, and what came of it."
        table.save_agreed(row["id"], self._level(4).id, reason)
        self.tender.with_env(chair).action_decide()
        bids = chair["dupq.tender.ranking"].get_ranking(self.tender.id)["bids"]
        self.assertEqual([bid["total"] for bid in bids], ["48.00", "0.00"])
