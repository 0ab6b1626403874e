from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user

from odoo.addons.dupq_code.tests.common import DupqCommon

EVALUATOR = "dupq_commissioning.dupq_commissioning_group_evaluator"
COMMISSIONER = "dupq_commissioning.dupq_commissioning_group_commissioner"


class CommissioningCommon(DupqCommon):
    """One tender with two criteria, two bidders, two evaluators and a chair."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_evaluator = cls._create_panel_user("evaluator", EVALUATOR)
        cls.user_evaluator2 = cls._create_panel_user("evaluator2", EVALUATOR)
        cls.user_chair = cls._create_panel_user("chair", COMMISSIONER)
        cls.user_commissioner = cls._create_panel_user("commissioner", COMMISSIONER)
        cls.bidders = cls.env["res.partner"].create(
            [{"name": "Lantern Support"}, {"name": "Harbour Homes"}]
        )
        cls.tender = cls._create_tender()

    @classmethod
    def _get_roles(cls):
        return {
            **super()._get_roles(),
            "evaluator": cls.user_evaluator,
            "commissioner": cls.user_commissioner,
        }

    @classmethod
    def _create_panel_user(cls, login, group, **values):
        return new_test_user(cls.env, login, group, **values)

    @classmethod
    def _create_tender(cls, weights=(60, 40), **values):
        """A draft that is ready to be published."""
        values.setdefault("name", "Support at 12 Orchard Road")
        values.setdefault(
            "date_deadline", fields.Datetime.now().replace(second=0) + timedelta(days=7)
        )
        values.setdefault(
            "criterion_ids",
            [
                Command.create(
                    {
                        "name": f"Question {number}",
                        "question": f"How do you do {number}?",
                        "guide": "Look for dated examples.",
                        "weight": weight,
                        "sequence": number,
                    }
                )
                for number, weight in enumerate(weights, 1)
            ],
        )
        panel = [
            (cls.user_evaluator, "evaluator"),
            (cls.user_evaluator2, "evaluator"),
            (cls.user_chair, "chair"),
        ]
        values.setdefault(
            "evaluator_ids",
            [
                Command.create({"user_id": user.id, "role": role})
                for user, role in panel
            ],
        )
        return cls.env["dupq.tender"].create(values)

    @classmethod
    def _create_bid(cls, partner, tender=None, **values):
        """A bid that answers every question, handed in by the commissioner."""
        tender = tender or cls.tender
        values.setdefault(
            "answer_ids",
            [
                Command.create({"criterion_id": criterion.id, "text": "We ask people."})
                for criterion in tender.criterion_ids
            ],
        )
        bid_model = cls.env["dupq.bid"].with_user(cls.user_commissioner)
        return bid_model.create(
            {"tender_id": tender.id, "partner_id": partner.id, **values}
        ).with_env(cls.env)

    @classmethod
    def _publish(cls, tender=None):
        (tender or cls.tender).with_user(cls.user_commissioner).action_publish()

    @classmethod
    def _open(cls, tender=None):
        """Let the deadline pass, then open the bids."""
        tender = tender or cls.tender
        with freeze_time(tender.date_deadline + timedelta(minutes=1)):
            tender.invalidate_recordset(["is_past_deadline"])
            tender.with_user(cls.user_commissioner).action_open_bids()

    @classmethod
    def _start_scoring(cls, prices=(0, 0)):
        """Publish, receive two bids, open them; everyone is free of conflicts."""
        cls._publish()
        cls.bids = cls.env["dupq.bid"].concat(
            *(
                cls._create_bid(partner, price_offered=price)
                for partner, price in zip(cls.bidders, prices, strict=True)
            )
        )
        cls._open()
        for seat in cls.tender.evaluator_ids:
            seat.with_user(seat.user_id).action_declare()

    @classmethod
    def _seat(cls, user, tender=None):
        return (tender or cls.tender).evaluator_ids.filtered(
            lambda seat: seat.user_id == user
        )

    @classmethod
    def _level(cls, value, tender=None):
        return (tender or cls.tender).scale_level_ids.filtered(
            lambda level: level.value == value
        )

    @classmethod
    def _score(cls, user, bid, criterion, value, comment="Dated examples are given."):
        return (
            cls.env["dupq.score"]
            .with_user(user)
            .create(
                {
                    "evaluator_id": cls._seat(user, bid.tender_id).id,
                    "bid_id": bid.id,
                    "criterion_id": criterion.id,
                    "level_id": cls._level(value, bid.tender_id).id,
                    "comment": comment,
                }
            )
        )

    @classmethod
    def _score_all(cls, values):
        """Score every answer and lock.

        :param values: {user: ((scores of bid 1), (scores of bid 2))}
        """
        for user, rows in values.items():
            for bid, row in zip(cls.bids, rows, strict=True):
                for criterion, value in zip(cls.tender.criterion_ids, row, strict=True):
                    cls._score(user, bid, criterion, value)
            cls._seat(user).with_user(user).action_lock()

    @classmethod
    def _moderate(cls, rows=((4, 4), (3, 3))):
        """Everyone scores the same, locks, and the chair starts moderation."""
        cls._score_all({cls.user_evaluator: rows, cls.user_evaluator2: rows})
        cls.tender.with_user(cls.user_chair).action_moderate()

    @classmethod
    def _agree(cls, rows=((4, 4), (3, 3))):
        """The chair writes an agreed score with a reason for each answer."""
        table = cls.env["dupq.moderation.table"].with_user(cls.user_chair)
        for bid, row in zip(cls.bids, rows, strict=True):
            for criterion, value in zip(cls.tender.criterion_ids, row, strict=True):
                agreed = cls.env["dupq.score.agreed"].search(
                    [("bid_id", "=", bid.id), ("criterion_id", "=", criterion.id)]
                )
                reason = (
                    f"{bid.display_name} names who is asked about {criterion.name} "
                    "and when, and shows what changed."
                )
                table.save_agreed(agreed.id, cls._level(value).id, reason)
