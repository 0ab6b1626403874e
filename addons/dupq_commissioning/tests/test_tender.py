from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import CommissioningCommon


@tagged("post_install", "-at_install")
class TestTender(CommissioningCommon):
    def test_weights_are_said_in_words(self):
        self.assertEqual(self.tender.weight_note, "Adds up to 100")
        self.tender.criterion_ids[0].weight = 58
        self.assertEqual(self.tender.weight_note, "Adds up to 98, needs 100")
        self.assertFalse(self._create_tender(weights=()).is_weight_exact)

    def test_ten_tenths_of_a_percent_add_up_exactly(self):
        tender = self._create_tender(weights=(*[0.1] * 10, 99))
        self.assertTrue(tender.is_weight_exact)
        self.assertFalse(self._create_tender(weights=[33.33] * 3).is_weight_exact)

    def test_a_tender_is_published_only_when_bidders_could_rely_on_it(self):
        broken = {
            "add up to 98": lambda t: t.criterion_ids[0].write({"weight": 58}),
            "Adds up to 100.01": lambda t: t.criterion_ids[0].write({"weight": 60.01}),
            "no question": lambda t: t.criterion_ids[0].write({"question": False}),
            "scoring guide": lambda t: t.criterion_ids[0].write({"guide": ""}),
            "no criteria": lambda t: t.criterion_ids.unlink(),
            "above zero": lambda t: t.criterion_ids[0].write({"weight": 0}),
            "need to be 100": lambda t: t.write({"price_weight": 10}),
            "until when": lambda t: t.write({"date_deadline": False}),
            "already passed": lambda t: t.write({"date_deadline": "2020-01-01"}),
            "every step": lambda t: t.scale_level_ids[2].unlink(),
            "no chair": lambda t: self._seat(self.user_chair, t).unlink(),
            "at least 2": lambda t: self._seat(self.user_evaluator, t).unlink(),
        }
        for words, spoil in broken.items():
            words = words.replace("add up", "Adds up")
            tender = self._create_tender()
            spoil(tender)
            publish = tender.with_user(self.user_commissioner).action_publish
            with self.subTest(words):
                self.assertRefused(publish, words)
                self.assertEqual(tender.state, "draft")
        self._publish()
        self.assertEqual(self.tender.state, "published")

    def test_only_commissioners_write_and_publish(self):
        for user in (self.user_evaluator, self.user_quality, self.user_administrator):
            with self.assertRaises(AccessError):
                self.tender.with_user(user).write({"user_id": user.id})
            with self.assertRaises(UserError):
                self.tender.with_user(user).action_publish()

    def test_what_bidders_were_told_is_frozen_through_every_door(self):
        self._publish()
        tender = self.tender
        other = self._create_tender()
        criterion, level = tender.criterion_ids[0], tender.scale_level_ids[0]
        new = {"name": "New", "weight": 0}
        doors = {
            "write": lambda t: t.write({"price_weight": 5}),
            "deadline": lambda t: t.write({"date_deadline": "2040-01-01"}),
            "x2many": lambda t: t.write({"criterion_ids": [Command.create(new)]}),
            "update": lambda t: t.write(
                {"criterion_ids": [Command.update(criterion.id, {"weight": 1})]}
            ),
            "delete": lambda t: t.write(
                {"scale_level_ids": [Command.delete(level.id)]}
            ),
            "unlink": lambda t: t.unlink(),
            "criterion": lambda t: t.criterion_ids[0].write({"guide": "Else"}),
            "criterion gone": lambda t: t.criterion_ids[0].unlink(),
            "moved out": lambda t: t.criterion_ids[0].write({"tender_id": other.id}),
            "moved in": lambda t: other.criterion_ids[0].write({"tender_id": t.id}),
            "created": lambda t: t.env["dupq.tender.criterion"].create(
                {**new, "tender_id": t.id}
            ),
            "default": lambda t: (
                t.env["dupq.tender.criterion"]
                .with_context(default_tender_id=t.id)
                .create(new)
            ),
            "scale": lambda t: t.scale_level_ids[0].write({"description": "Else"}),
            "web_save": lambda t: t.web_save({"name": "Else"}, {}),
            "load": lambda t: (
                t.env["dupq.tender.criterion"].load(
                    [".id", "weight"], [[str(criterion.id), "1"]]
                )["messages"]
                and self._raise()
            ),
            "state": lambda t: t.write({"state": "draft"}),
        }
        for name, door in doors.items():
            for record in (tender.with_user(self.user_commissioner), tender.sudo()):
                with (
                    self.subTest(name, su=record.env.su),
                    self.assertRaises(UserError),
                    self.env.cr.savepoint(),
                ):
                    door(record)
        self.assertEqual(criterion.weight, 60)
        self.assertEqual(level.description, self._level(0).description)

    def _raise(self):
        """A refusal by ``load``, which tells instead of raising."""
        raise UserError(self.tender.name)

    def test_a_copy_is_a_draft_with_its_criteria_and_without_bids(self):
        self._publish()
        self._create_bid(self.bidders[0])
        copy = self.tender.copy()
        self.assertEqual(copy.state, "draft")
        self.assertEqual(len(copy.criterion_ids), 2)
        self.assertEqual(len(copy.scale_level_ids), 6)
        self.assertFalse(copy.bid_ids or copy.evaluator_ids or copy.date_deadline)
        self.assertNotEqual(copy.reference, self.tender.reference)

    def test_bids_are_opened_after_the_deadline_only(self):
        self._publish()
        self._create_bid(self.bidders[0])
        open_bids = self.tender.with_user(self.user_commissioner).action_open_bids
        self.assertRefused(open_bids, "sealed until")
        with freeze_time(self.tender.date_deadline + timedelta(seconds=59)):
            self.tender.invalidate_recordset()
            self.assertRefused(open_bids, "sealed until")
        self._open()
        self.assertEqual(self.tender.state, "scoring")

    def test_a_tender_without_bids_is_not_opened(self):
        self._publish()
        with self.assertRaisesRegex(UserError, "No bid was received"):
            self._open()

    def test_cancelling_needs_a_reason(self):
        tender = self.tender.with_user(self.user_commissioner)
        with self.assertRaises(UserError):
            tender._take("cancel")
        tender._take("cancel", reason="Funding was withdrawn.")
        self.assertEqual(tender.state, "cancelled")

    def test_tenders_of_another_company_are_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Another council"})
        stranger = self._create_panel_user(
            "stranger",
            "dupq_commissioning.dupq_commissioning_group_commissioner",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self._start_scoring()
        env = self.env(user=stranger)
        for model in (
            "dupq.tender",
            "dupq.tender.criterion",
            "dupq.tender.scale.level",
            "dupq.tender.evaluator",
            "dupq.bid",
            "dupq.bid.answer",
        ):
            self.assertFalse(env[model].search([]), model)
            with self.assertRaises(AccessError):
                self.env[model].search([], limit=1).with_user(stranger).read(["id"])

    def test_the_form_tells_the_running_total_while_typing(self):
        form = Form(self.tender.with_user(self.user_commissioner))
        with form.criterion_ids.edit(1) as line:
            line.weight = 30
        self.assertEqual(form.weight_note, "Adds up to 90, needs 100")


@tagged("post_install", "-at_install")
class TestTakeCriteria(CommissioningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.code = cls.env["dupq.code"].create(
            {
                "name": "A Code",
                "key": "test",
                "version": "1",
                "area_ids": [
                    Command.create(cls._area_values(number)) for number in (1, 2, 3)
                ],
            }
        )

    @classmethod
    def _area_values(cls, number):
        return {
            "reference": f"A{number}",
            "name": f"Area {number}",
            "principle": f"People come first {number}.",
            "statement_ids": [
                Command.create(
                    {"reference": f"A{number}.G1", "polarity": "good", "text": "Asked"}
                ),
                Command.create(
                    {"reference": f"A{number}.B1", "polarity": "bad", "text": "Ignored"}
                ),
            ],
            "question_ids": [
                Command.create({"reference": f"A{number}.Q1", "text": "Who asks?"})
            ],
        }

    def _take(self, tender, areas=None):
        take = (
            self.env["dupq.tender.criterion.take"]
            .with_user(self.user_commissioner)
            .create({"tender_id": tender.id})
        )
        if areas is not None:
            take.area_ids = areas
        take.action_take()

    def test_criteria_are_taken_from_all_areas_with_weights_that_fit(self):
        tender = self._create_tender(weights=(), code_id=self.code.id)
        self._take(tender)
        self.assertEqual(tender.criterion_ids.mapped("weight"), [34, 33, 33])
        self.assertEqual(tender.weight_note, "Adds up to 100")
        first = tender.criterion_ids[0]
        self.assertEqual(first.area_id.reference, "A1")
        self.assertIn("People come first 1.", first.question)
        self.assertIn("Who asks?", first.question)
        self.assertIn("Asked", first.guide)
        self.assertIn("Ignored", first.guide)
        self.assertIn("never costs marks", first.guide)
        self._publish(tender)

    def test_what_was_taken_is_not_offered_again(self):
        tender = self._create_tender(weights=(), code_id=self.code.id)
        self._take(tender, self.code.area_ids[0])
        self._take(tender)
        self.assertEqual(len(tender.criterion_ids), 3)
        self.assertEqual(tender.criterion_ids.area_id, self.code.area_ids)

    def test_nothing_is_taken_into_a_published_tender(self):
        tender = self._create_tender(code_id=self.code.id)
        self._publish(tender)
        self.assertRefused(self._take, "published", tender)
