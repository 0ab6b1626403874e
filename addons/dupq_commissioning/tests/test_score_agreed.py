from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import CommissioningCommon

SCORES = {"evaluator": ((4, 4), (3, 3)), "evaluator2": ((4, 1), (3, 2))}


@tagged("post_install", "-at_install")
class TestScoreAgreed(CommissioningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._start_scoring(prices=(100, 80))

    def _score_both(self):
        self._score_all(
            {
                self.user_evaluator: SCORES["evaluator"],
                self.user_evaluator2: SCORES["evaluator2"],
            }
        )

    def _start_moderation(self):
        self._score_both()
        self.tender.with_user(self.user_chair).action_moderate()
        return self.env["dupq.moderation.table"].with_user(self.user_chair)

    def test_moderation_begins_when_everyone_has_locked(self):
        moderate = self.tender.with_user(self.user_chair).action_moderate
        self.assertRefused(moderate, "not locked yet")
        self._score_all({self.user_evaluator: SCORES["evaluator"]})
        self.assertRefused(moderate, "evaluator2")
        self._score_all({self.user_evaluator2: SCORES["evaluator2"]})
        for user in (self.user_evaluator, self.user_commissioner):
            with self.assertRaises(UserError):
                self.tender.with_user(user).action_moderate()
        moderate()
        self.assertEqual(self.tender.state, "moderation")

    def test_a_panel_of_one_does_not_moderate(self):
        self._score_all({self.user_evaluator: SCORES["evaluator"]})
        seat = self._seat(self.user_evaluator2).with_user(self.user_evaluator2)
        seat._take("stand_down", reason="My sister works there.")
        self.assertRefused(
            self.tender.with_user(self.user_chair).action_moderate, "Fewer than 2"
        )

    def test_the_chair_sees_the_widest_spread_first_with_the_originals(self):
        shown = self._start_moderation().get_table(self.tender.id)
        self.assertEqual([row["spread"] for row in shown["rows"]], [3, 1, 0, 0])
        first = shown["rows"][0]
        self.assertEqual(
            {score["who"]: score["value"] for score in first["scores"]},
            {self.user_evaluator.name: 4, self.user_evaluator2.name: 1},
        )

    def test_evaluators_still_see_their_own_only(self):
        table = self._start_moderation()
        own = self.env["dupq.score"].with_user(self.user_evaluator).search([])
        self.assertEqual(own.user_id, self.user_evaluator)
        as_evaluator = table.with_user(self.user_evaluator)
        self.assertFalse(as_evaluator.get_table(self.tender.id)["tenders"])
        agreed = self.env["dupq.score.agreed"]
        self.assertFalse(agreed.with_user(self.user_evaluator).search([]))
        self.assertEqual(len(agreed.with_user(self.user_chair).search([])), 4)

    def test_only_the_chair_agrees_and_only_during_moderation(self):
        table = self._start_moderation()
        row = table.get_table(self.tender.id)["rows"][0]
        agreed = self.env["dupq.score.agreed"].browse(row["id"])
        vals = {"level_id": self._level(3).id, "reason": "Else"}
        for user in (self.user_evaluator, self.user_commissioner):
            with self.assertRaises(AccessError):
                agreed.with_user(user).write(vals)
            with self.assertRaises(AccessError):
                table.with_user(user).save_agreed(row["id"], *vals.values())
        self._agree()
        self.tender.with_user(self.user_chair).action_decide()
        for record in (agreed.with_user(self.user_chair), agreed.sudo()):
            self.assertRefused(record.write, "during moderation", vals)
            with self.assertRaises(UserError):
                record.unlink()

    def test_a_tender_is_decided_when_every_answer_has_score_and_reason(self):
        table = self._start_moderation()
        decide = self.tender.with_user(self.user_chair).action_decide
        self.assertRefused(decide, "4 agreed scores")
        self._agree()
        row = table.get_table(self.tender.id)["rows"][0]
        table.save_agreed(row["id"], row["level_id"], "")
        self.assertRefused(decide, "1 agreed scores")
        table.save_agreed(row["id"], False, row["reason"])
        self.assertRefused(decide, "1 agreed scores")
        table.save_agreed(row["id"], row["level_id"], row["reason"])
        self.assertRefused(
            self.tender.with_user(self.user_commissioner).action_decide, "chair"
        )
        decide()
        self.assertEqual(self.tender.state, "decided")

    def test_weak_reasons_are_named_and_not_refused(self):
        table = self._start_moderation()
        rows = table.get_table(self.tender.id)["rows"]
        level = self._level(4)
        reason = "Names who is asked, when, and what changed after it."
        for text, words in (
            ("Good.", "Only 1 words"),
            (f"{reason} Better than the other bid.", "Better"),
            (level.description, "repeats the scale"),
        ):
            saved = table.save_agreed(rows[0]["id"], level.id, text)
            self.assertIn(words, saved["warning"])
            self.assertEqual(saved["reason"], text)
        same = [row for row in rows if row["criterion"] == rows[0]["criterion"]]
        for row in same:
            saved = table.save_agreed(row["id"], level.id, reason)
        self.assertIn("word for word", saved["warning"])
        saved = table.save_agreed(rows[0]["id"], level.id, f"{reason} In June too.")
        self.assertFalse(saved["warning"])

    def test_earlier_agreements_and_originals_are_kept(self):
        table = self._start_moderation()
        row = table.get_table(self.tender.id)["rows"][0]
        table.save_agreed(row["id"], self._level(2).id, "First thought of it.")
        saved = table.save_agreed(row["id"], self._level(3).id, "Second thought of it.")
        self.assertEqual(
            [(old["score"], old["reason"]) for old in saved["history"]],
            [(2, "First thought of it.")],
        )
        self.assertEqual(saved["scores"], row["scores"])
        agreed = self.env["dupq.score.agreed"].browse(row["id"])
        self.assertRefused(agreed.sudo().write, "stays", {"history": []})
        self.assertEqual(len(agreed.present_ids), 3)
        self.assertTrue(agreed.date_agreed)

    def test_the_ranking_is_shown_to_the_panel_once_decided(self):
        ranking = self.env["dupq.tender.ranking"].with_user(self.user_chair)
        self._start_moderation()
        self._agree()
        self.assertRefused(ranking.get_ranking, "all agreed scores", self.tender.id)
        self.tender.with_user(self.user_chair).action_decide()
        shown = ranking.get_ranking(self.tender.id)
        self.assertEqual(
            [(bid["name"], bid["rank"], bid["total"]) for bid in shown["bids"]],
            [("Lantern Support", 1, "80.00"), ("Harbour Homes", 2, "60.00")],
        )
        lines = shown["bids"][0]["lines"]
        self.assertEqual([line["points"] for line in lines], ["48.00", "32.00"])
        self.assertTrue(all(line["reason"] for line in lines))
        for user in (self.user_commissioner, self.user_quality):
            with self.assertRaises(AccessError):
                ranking.with_user(user).get_ranking(self.tender.id)

    def test_excluded_bids_are_not_in_the_ranking(self):
        self._start_moderation()
        self._agree()
        bid = self.bids[1].with_user(self.user_chair)
        bid._take("exclude", reason="The bidder went out of business.")
        self.tender.with_user(self.user_chair).action_decide()
        results = self.env["dupq.tender.ranking"]._rank(self.tender)
        self.assertEqual([result.bid for result in results], [self.bids[0].id])
        self.assertRefused(
            self.bids[0].with_user(self.user_chair)._take,
            "decided",
            "withdraw",
            reason="Late.",
        )


@tagged("post_install", "-at_install")
class TestRanking(CommissioningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tender.write({"quality_weight": 60, "price_weight": 40})

    def _decide(self, rows, prices=(0, 0)):
        self._start_scoring(prices)
        self._moderate(rows)
        self._agree(rows)
        self.tender.with_user(self.user_chair).action_decide()
        ranking = self.env["dupq.tender.ranking"].with_user(self.user_evaluator)
        return ranking.get_ranking(self.tender.id)["bids"]

    def test_price_counts_from_the_lowest_of_those_still_in(self):
        bids = self._decide(((4, 4), (3, 3)), prices=(100, 80))
        self.assertEqual(
            [(bid["name"], bid["quality"], bid["price_points"]) for bid in bids],
            [
                ("Lantern Support", "48.00", "32.00"),
                ("Harbour Homes", "36.00", "40.00"),
            ],
        )
        self.assertEqual([bid["total"] for bid in bids], ["80.00", "76.00"])

    def test_below_a_minimum_there_is_a_reason_and_no_rank(self):
        self.tender.criterion_ids[1].write({"has_minimum": True, "minimum": 2})
        bids = self._decide(((4, 4), (5, 1)), prices=(100, 10))
        self.assertEqual([bid["rank"] for bid in bids], [1, None])
        self.assertEqual(bids[0]["total"], "88.00")
        self.assertEqual(
            bids[1]["why_not"],
            ["Not ranked: below the lowest score of 2 on Question 2."],
        )

    def test_without_a_price_there_is_a_reason_and_no_rank(self):
        bids = self._decide(((4, 4), (5, 5)), prices=(100, 0))
        self.assertEqual([bid["rank"] for bid in bids], [1, None])
        self.assertIn("no price above zero", bids[1]["why_not"][0])

    def test_a_true_tie_is_shown_as_a_tie(self):
        bids = self._decide(((4, 4), (4, 4)), prices=(100, 100))
        self.assertEqual([(b["rank"], b["is_tied"]) for b in bids], [(1, True)] * 2)

    def test_ranking_and_table_cost_the_same_for_2_and_50_bids(self):
        few = self._cost_of_bids(2)
        many = self._cost_of_bids(50)
        self.assertLessEqual(many["table"], few["table"])
        self.assertLessEqual(many["ranking"], few["ranking"])

    def _cost_of_bids(self, partners):
        tender = self._create_tender()
        self._publish(tender)
        bidders = self.env["res.partner"].create(
            [{"name": f"Bidder {number}"} for number in range(partners)]
        )
        self.env["dupq.bid"].record_received(
            [
                {
                    "tender_id": tender.id,
                    "partner_id": bidder.id,
                    "answer_ids": [
                        Command.create({"criterion_id": c.id, "text": "Yes."})
                        for c in tender.criterion_ids
                    ],
                }
                for bidder in bidders
            ],
            "test",
        )
        self._open(tender)
        for seat in tender.evaluator_ids:
            seat.with_user(seat.user_id).action_declare()
        self._fill(tender)
        chair = self.env(user=self.user_chair)
        tender.with_env(chair).action_moderate()
        table = chair["dupq.moderation.table"]
        found = {"table": self._count_queries(lambda: table.get_table(tender.id))}
        chair["dupq.score.agreed"].search([("tender_id", "=", tender.id)]).write(
            {"level_id": self._level(4, tender).id, "reason": "They ask and then act."}
        )
        tender.with_env(chair).action_decide()
        ranking = chair["dupq.tender.ranking"]
        found["ranking"] = self._count_queries(lambda: ranking.get_ranking(tender.id))
        return found

    def _fill(self, tender):
        for user in (self.user_evaluator, self.user_evaluator2):
            seat = self._seat(user, tender).with_user(user)
            self.env["dupq.score"].with_user(user).create(
                [
                    {
                        "evaluator_id": seat.id,
                        "bid_id": bid.id,
                        "criterion_id": criterion.id,
                        "level_id": self._level(4, tender).id,
                        "comment": "They ask and then act.",
                    }
                    for bid in tender.bid_ids
                    for criterion in tender.criterion_ids
                ]
            )
            seat.action_lock()
