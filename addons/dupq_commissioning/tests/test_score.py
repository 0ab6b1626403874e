import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CommissioningCommon


@tagged("post_install", "-at_install")
class TestScore(CommissioningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._start_scoring()
        cls.bid = cls.bids[0]
        cls.criterion = cls.tender.criterion_ids[0]
        cls.mine = cls._score(cls.user_evaluator, cls.bid, cls.criterion, 4)
        cls.theirs = cls._score(
            cls.user_evaluator2, cls.bid, cls.criterion, 1, "Secret thought."
        )

    def test_evaluators_read_their_own_scores(self):
        for user, score in (
            (self.user_evaluator, self.mine),
            (self.user_evaluator2, self.theirs),
        ):
            self.assertEqual(self.env["dupq.score"].with_user(user).search([]), score)
            self.assertTrue(score.with_user(user).read(["comment"])[0]["comment"])

    def test_no_door_shows_the_score_of_another_before_moderation(self):
        for user in (
            self.user_evaluator,
            self.user_chair,
            self.user_commissioner,
            self.user_administrator,
            self.user_internal,
        ):
            with self.subTest(user.login):
                self.assertScoreHidden(self.theirs, user)

    def assertScoreHidden(self, score, user):
        score = score.with_user(user)
        model = score.browse()
        self.env.invalidate_all()
        for door in (
            lambda: score.read(["level_id"]),
            lambda: score.read(["display_name"]),
            lambda: score.web_read({"comment": {}}),
            lambda: score.comment,
            lambda: score.export_data(["comment"]),
            lambda: score.copy(),
            lambda: score.write({"comment": "Changed"}),
            lambda: score.unlink(),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.env.invalidate_all()
                door()
        secret = [("comment", "ilike", "Secret")]
        for door in (
            lambda: model.search(secret),
            lambda: model.search_count(secret),
            lambda: model.search_read(secret, ["id"]),
            lambda: model.web_search_read(secret, {"id": {}})["records"],
            lambda: model.name_search("", secret),
            lambda: model.formatted_read_group(secret, ["level_id"], ["__count"]),
            lambda: model._read_group(secret, aggregates=["__count"])[0][0],
            lambda: model.search([("id", "=", score.id)]),
            lambda: model.search([("level_id.value", "=", 1)]),
            lambda: model.search([("evaluator_id.user_id", "=", score.user_id.id)]),
        ):
            self.assertEmptyOrRefused(door)

    def assertEmptyOrRefused(self, door):
        try:
            self.assertFalse(door())
        except AccessError:
            return

    def test_no_other_record_leads_to_the_scores(self):
        """No field elsewhere points at scores but the one for moderation."""
        leading = {
            (name, field.name)
            for name, model in self.env.registry.items()
            for field in model._fields.values()
            if field.comodel_name == "dupq.score"
        }
        self.assertEqual(leading, {("dupq.score.agreed", "original_ids")})

    def test_scores_leave_no_trace_in_messages(self):
        self.env.flush_all()
        found = self.env["mail.message"].search([("body", "ilike", "Secret thought")])
        self.assertFalse(found)

    def test_the_desk_shows_nobody_elses_score(self):
        desk = self.env["dupq.scoring.desk"].with_user(self.user_evaluator)
        shown = desk.get_desk(self.tender.id)
        self.assertEqual(shown["done"], [[self.bid.id, self.criterion.id]])
        cards = desk.get_bid(self.bid.id)
        self.assertEqual(cards[0]["score"], self.mine.id)
        self.assertFalse(cards[1]["score"])
        self.assertNotIn("Secret", str(shown) + str(cards))

    def test_the_conflict_check_names_the_bidders(self):
        tender = self._create_tender()
        self._publish(tender)
        self._create_bid(self.bidders[1], tender)
        self._open(tender)
        desk = self.env["dupq.scoring.desk"].with_user(self.user_evaluator)
        shown = desk.get_desk(tender.id)
        self.assertEqual(shown["bidders"], ["Harbour Homes"])
        self.assertFalse(shown["bids"])

    def test_no_one_scores_for_another(self):
        other = self.tender.criterion_ids[1]
        values = {
            "evaluator_id": self._seat(self.user_evaluator2).id,
            "bid_id": self.bid.id,
            "criterion_id": other.id,
            "level_id": self._level(5).id,
        }
        for user in (self.user_evaluator, self.user_chair, self.user_commissioner):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.env["dupq.score"].with_user(user).create(values)
        self.assertRefused(
            self.mine.with_user(self.user_evaluator).write,
            "stays with its answer",
            {"evaluator_id": self._seat(self.user_evaluator2).id},
        )

    def test_a_seat_named_by_a_default_is_asked_like_any_other(self):
        seat = self._seat(self.user_chair)
        self.assertEqual(seat.state, "declared")
        scores = self.env["dupq.score"].with_user(self.user_chair)
        self.assertRefused(
            scores.with_context(default_evaluator_id=seat.id).create,
            "no conflict",
            {"bid_id": self.bid.id, "criterion_id": self.criterion.id},
        )

    def test_a_seat_is_not_moved_to_a_panel_that_is_settled(self):
        self.tender._record_past("moderation", "2020-01-01", "test")
        draft = self._create_tender()
        seats = draft.evaluator_ids.with_user(self.user_commissioner)
        seats.create(
            {"tender_id": draft.id, "user_id": self.user_commissioner.id}
        ).write({"tender_id": self._create_tender().id})
        self.assertRefused(
            seats[0].write, "no longer changes", {"tender_id": self.tender.id}
        )

    @mute_logger("odoo.sql_db")
    def test_what_belongs_to_no_bid_is_refused_by_the_database(self):
        values = {"criterion_id": self.criterion.id}
        for model in ("dupq.bid.answer", "dupq.score.agreed"):
            with (
                self.subTest(model),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env[model].create(values)

    def test_no_one_gives_themselves_another_role(self):
        seat = self._seat(self.user_evaluator).with_user(self.user_evaluator)
        for vals in ({"role": "chair"}, {"state": "locked"}, {"user_id": 2}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                seat.write(vals)
        with self.assertRaises(AccessError):
            seat.create({"tender_id": self.tender.id, "user_id": 2, "role": "chair"})

    def test_a_missing_score_blocks_the_lock(self):
        lock = (
            self._seat(self.user_evaluator).with_user(self.user_evaluator).action_lock
        )
        self.assertRefused(lock, "3 answers still need")
        for bid in self.bids:
            for criterion in self.tender.criterion_ids:
                if (bid, criterion) != (self.bid, self.criterion):
                    last = self._score(
                        self.user_evaluator, bid, criterion, 0, comment=""
                    )
        self.assertRefused(lock, "3 answers still need")
        mine = self.env["dupq.score"].with_user(self.user_evaluator).search([])
        mine.write({"comment": "Says nothing of it."})
        last.level_id = False
        self.assertRefused(lock, "1 answers still need")
        last.level_id = self._level(0)
        lock()

    def test_locked_scores_stay_as_they_are_through_every_door(self):
        rows = ((4, 4), (3, 3))
        self.mine.comment = "Names and dates."
        for bid, row in zip(self.bids, rows, strict=True):
            for criterion, value in zip(self.tender.criterion_ids, row, strict=True):
                if (bid, criterion) != (self.bid, self.criterion):
                    self._score(self.user_evaluator, bid, criterion, value)
        seat = self._seat(self.user_evaluator)
        seat.with_user(self.user_evaluator).action_lock()
        for score in (self.mine.with_user(self.user_evaluator), self.mine.sudo()):
            for vals in ({"comment": "Else"}, {"level_id": self._level(5).id}):
                self.assertRefused(score.write, "locked", vals)
            self.assertRefused(score.web_save, "locked", {"comment": "Else"}, {})
            with self.assertRaises(UserError):
                score.unlink()
            load = score.load([".id", "comment"], [[str(score.id), "Else"]])
            self.assertFalse(load["ids"])
        self.assertRefused(
            seat.sudo().write, "already declared", {"user_id": self.user_chair.id}
        )
        self.assertEqual(self.mine.comment, "Names and dates.")

    @mute_logger("odoo.sql_db")
    def test_each_answer_is_scored_once_by_each_evaluator(self):
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self._score(self.user_evaluator, self.bid, self.criterion, 5)
        self.assertIn("dupq_score_once", str(caught.exception))

    def test_scale_and_question_belong_to_the_tender_of_the_bid(self):
        other = self._create_tender()
        score = self.mine.with_user(self.user_evaluator)
        self.assertRefused(
            score.write, "one tender", {"level_id": self._level(4, other).id}
        )

    def test_who_stood_down_scores_no_more(self):
        seat = self._seat(self.user_evaluator).with_user(self.user_evaluator)
        seat._take("stand_down", reason="A friend runs one of the bidders.")
        with self.assertRaises(UserError):
            self.mine.with_user(self.user_evaluator).comment = "Else"

    def test_everyone_declares_for_themselves(self):
        tender = self._create_tender()
        self._publish(tender)
        seat = self._seat(self.user_evaluator, tender)
        self.assertRefused(
            seat.with_user(self.user_evaluator).action_declare, "once the deadline"
        )
        self._create_bid(self.bidders[0], tender)
        self._open(tender)
        self.assertRefused(
            seat.with_user(self.user_commissioner).action_declare, "for themselves"
        )
        self.assertRefused(
            self.env["dupq.score"].with_user(self.user_evaluator).create,
            "no conflict",
            {
                "evaluator_id": seat.id,
                "bid_id": tender.bid_ids.id,
                "criterion_id": tender.criterion_ids[0].id,
            },
        )

    def test_scoring_costs_the_same_for_few_and_many_bids(self):
        desk = self.env["dupq.scoring.desk"].with_user(self.user_evaluator)

        def count():
            return self._count_queries(lambda: desk.get_desk(self.tender.id))

        few = count()
        self._add_bids(48)
        self.assertLessEqual(count(), few)

    def _add_bids(self, count):
        partners = self.env["res.partner"].create(
            [{"name": f"Bidder {number}"} for number in range(count)]
        )
        self.env["dupq.bid"].record_received(
            [
                {
                    "tender_id": self.tender.id,
                    "partner_id": partner.id,
                    "answer_ids": [
                        Command.create({"criterion_id": c.id, "text": "Yes."})
                        for c in self.tender.criterion_ids
                    ],
                }
                for partner in partners
            ],
            "test",
        )
