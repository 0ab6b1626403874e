from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.dupq_assessment.models.dupq_publication import PUBLISH_SENTINEL

from .common import CommissioningCommon


@tagged("post_install", "-at_install")
class TestBid(CommissioningCommon):
    def test_the_server_says_when_a_bid_arrived(self):
        self._publish()
        bid = self._create_bid(self.bidders[0], date_received="2020-01-01 10:00:00")
        self.assertLess(fields.Datetime.now() - bid.date_received, timedelta(minutes=5))
        self.assertRefused(
            bid.sudo().write, "sealed", {"date_received": "2020-01-01 10:00:00"}
        )

    def test_the_minute_of_the_deadline_is_in_time_and_the_next_is_late(self):
        self._publish()
        deadline = self.tender.date_deadline
        with freeze_time(deadline + timedelta(seconds=59)):
            self.assertTrue(self._create_bid(self.bidders[0]))
        with freeze_time(deadline + timedelta(seconds=60)):
            self.assertRefused(self._create_bid, "late", self.bidders[1])

    def test_bids_are_taken_while_the_tender_is_published_only(self):
        self.assertRefused(self._create_bid, "takes no bids", self.bidders[0])

    def test_no_one_reads_an_envelope_before_it_is_opened(self):
        self._publish()
        bid = self._create_bid(self.bidders[0], price_offered=100)
        answer = bid.answer_ids
        self.assertEqual(len(answer), 2)
        for user in (
            self.user_chair,
            self.user_commissioner,
            self.user_evaluator,
            self.user_administrator,
            self.user_quality,
        ):
            with self.subTest(user.login):
                self.assertSealed(bid, answer, user)

    def assertSealed(self, bid, answers, user):
        env = self.env(user=user)
        env.invalidate_all()
        with self.assertRaises(AccessError):
            answers.with_user(user).read(["text"])
        for domain in ([], [("text", "ilike", "ask")]):
            try:
                self.assertFalse(env["dupq.bid.answer"].search(domain))
                self.assertFalse(env["dupq.bid.answer"].search_count(domain))
                self.assertFalse(
                    env["dupq.bid.answer"].formatted_read_group(
                        domain, ["text"], ["__count"]
                    )
                )
            except AccessError:
                self.assertFalse(env["dupq.bid.answer"].has_access("read"))
        for domain in (
            [("answer_ids.text", "ilike", "ask")],
            [("answer_ids", "any", [("text", "ilike", "ask")])],
            [("answer_ids.criterion_id.name", "ilike", "Question")],
        ):
            self.assertNotFound("dupq.bid", domain, user)
        with self.assertRaises(AccessError):
            env["dupq.bid"].search([("price", ">", 0)])
        with self.assertRaises(AccessError):
            bid.with_user(user).read(["price"])
        if bid.with_user(user).has_access("read"):
            self.assertFalse(bid.with_user(user).answer_ids)
            self.assertFalse(bid.with_user(user).price_offered)
            shown = bid.with_user(user).web_read(
                {"answer_ids": {"fields": {"text": {}}}}
            )
            self.assertFalse(shown[0]["answer_ids"])

    def assertNotFound(self, model, domain, user):
        """Nothing is found by what is secret; a refusal is as good."""
        try:
            self.assertFalse(self.env[model].with_user(user).search(domain))
        except AccessError:
            return

    def test_published_reports_are_put_in_the_envelope_and_shown_at_the_desk(self):
        publisher = self.env["dupq.publication"].with_context(
            dupq_publish=PUBLISH_SENTINEL
        )
        report = publisher.create(
            {
                "name": "Report on Orchard Road",
                "address": "orchard-road",
                "version": 2,
                "date": "2026-05-03",
                "lang": "en_GB",
                "company_id": self.env.company.id,
                "seal": "seal",
            }
        )
        self._publish()
        criterion = self.tender.criterion_ids[0]
        answer = {"criterion_id": criterion.id, "publication_ids": report.ids}
        bid = self._create_bid(self.bidders[0], answer_ids=[Command.create(answer)])
        self._open()
        self._seat(self.user_evaluator).with_user(self.user_evaluator).action_declare()
        desk = self.env["dupq.scoring.desk"].with_user(self.user_evaluator)
        self.assertEqual(
            desk.get_bid(bid.id)[0]["evidence"],
            [
                {
                    "id": report.id,
                    "name": "Report on Orchard Road",
                    "url": "/quality/orchard-road",
                    "facts": ["Published 3 May 2026, version 2"],
                }
            ],
        )
        # A report without a word beside it is an answer, an empty one is not.
        second = self.tender.criterion_ids[1]
        self.assertEqual(desk.get_desk(self.tender.id)["blank"], [(bid.id, second.id)])

    def test_opened_bids_are_read_after_the_conflict_check_only(self):
        self._publish()
        bid = self._create_bid(self.bidders[0], price_offered=100)
        self._open()
        with self.assertRaises(AccessError):
            bid.with_user(self.user_evaluator).read(["partner_id"])
        seat = self._seat(self.user_evaluator).with_user(self.user_evaluator)
        seat.action_declare()
        opened = bid.with_user(self.user_evaluator)
        self.assertEqual(opened.answer_ids.mapped("text"), ["We ask people."] * 2)
        self.assertFalse(opened.price_offered, "Price stays hidden while scoring.")
        with self.assertRaises(AccessError):
            bid.with_user(self.user_commissioner).read(["partner_id"])
        other = self._seat(self.user_evaluator2).with_user(self.user_evaluator2)
        other._take("stand_down", reason="My sister works there.")
        with self.assertRaises(AccessError):
            bid.with_user(self.user_evaluator2).read(["partner_id"])

    def test_nothing_in_an_envelope_changes(self):
        self._publish()
        bid = self._create_bid(self.bidders[0], price_offered=100)
        answer = bid.answer_ids[0]
        for env in (self.env(user=self.user_commissioner), self.env(su=True)):
            for door in (
                lambda e: bid.with_env(e).write({"partner_id": self.bidders[1].id}),
                lambda e: bid.with_env(e).write({"price_offered": 1}),
                lambda e: answer.with_env(e).write({"text": "Else"}),
                lambda e: answer.with_env(e).unlink(),
                lambda e: bid.with_env(e).unlink(),
                lambda e: bid.with_env(e).write(
                    {"answer_ids": [Command.update(answer.id, {"text": "Else"})]}
                ),
                lambda e: bid.with_env(e).write({"state": "withdrawn"}),
            ):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    door(env)
        self.assertEqual(answer.text, "We ask people.")
        self.assertEqual(bid.price, 100)

    def test_answers_do_not_slip_in_after_the_deadline(self):
        self._publish()
        criteria = self.tender.criterion_ids
        bid = self._create_bid(self.bidders[0], answer_ids=[])
        values = {"bid_id": bid.id, "criterion_id": criteria[0].id, "text": "Late"}
        answer_model = self.env["dupq.bid.answer"].with_user(self.user_commissioner)
        with freeze_time(self.tender.date_deadline + timedelta(minutes=1)):
            self.assertRefused(answer_model.create, "late", values)
            self.assertRefused(answer_model.sudo().create, "late", values)
        answer_model.create(values)

    def test_a_bidder_withdraws_with_a_reason_and_may_bid_again(self):
        self._publish()
        bid = self._create_bid(self.bidders[0]).with_user(self.user_commissioner)
        with self.assertRaises(UserError):
            bid._take("withdraw")
        bid._take("withdraw", reason="They found a mistake.")
        self.assertEqual(bid.state, "withdrawn")
        self._create_bid(self.bidders[0])
        self.assertEqual(self.tender.bid_count, 1)

    def test_past_bids_are_entered_by_commissioners_with_their_source(self):
        self._publish()
        values = {
            "tender_id": self.tender.id,
            "partner_id": self.bidders[0].id,
            "date_received": "2026-01-02 10:00:00",
        }
        bid_model = self.env["dupq.bid"]
        with self.assertRaises(AccessError):
            bid_model.with_user(self.user_evaluator).record_received([values], "Post")
        bid = bid_model.with_user(self.user_commissioner).record_received(
            [values], "the post book"
        )
        self.assertEqual(str(bid.date_received), "2026-01-02 10:00:00")
        self.assertIn("the post book", bid.sudo().message_ids[0].body)
