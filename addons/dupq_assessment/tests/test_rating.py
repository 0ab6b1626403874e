from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestRating(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_under_way()
        cls.rating = cls.assessment.summary_ids[0]

    def test_shipped_scales_are_numbers_a_traffic_light_and_four_words(self):
        counts = {
            name: len(
                self.env.ref(f"dupq_assessment.dupq_rating_scale_{name}").level_ids
            )
            for name in ("numbers", "traffic_light", "words")
        }
        self.assertEqual(counts, {"numbers": 10, "traffic_light": 3, "words": 4})

    def test_levels_know_their_place(self):
        self.assertEqual(self.scale.level_ids.mapped("position"), [1, 2, 3])
        self.assertEqual(self.scale.level_ids.mapped("share"), [0.0, 0.5, 1.0])

    def test_a_level_of_another_scale_is_refused(self):
        other = self.env.ref("dupq_assessment.dupq_rating_scale_words_level_1")
        with self.assertRaises(ValidationError):
            self.rating.level_id = other

    def test_statements_of_another_area_are_refused(self):
        with self.assertRaises(ValidationError):
            self.rating.good_ids = self.areas[1].good_ids

    def test_one_summary_and_one_rating_for_each_group(self):
        values = {"assessment_id": self.assessment.id, "area_id": self.areas[0].id}
        model = self.env["dupq.assessment.rating"]
        model.create({**values, "perspective_id": self.people.id})
        for perspective in (False, self.people.id):
            with self.subTest(perspective):
                self.assertBroken(
                    model.create, {**values, "perspective_id": perspective}
                )

    def test_recognised_statements_are_counted_beside_the_rating(self):
        self.rating.good_ids = self.areas[0].good_ids
        self.assertEqual((self.rating.good_count, self.rating.bad_count), (1, 0))
        self.assertEqual(self.rating.statement_words, "1 of 1 good, 0 of 1 bad")

    def test_a_scale_in_use_stays_as_it_is_for_everyone(self):
        level = self.scale.level_ids[0]
        level.name = "Lowest"
        self.rating.level_id = level
        sudo_level = level.sudo()
        calls = (
            lambda: sudo_level.write({"name": "Other"}),
            lambda: sudo_level.write({"sequence": 99}),
            lambda: self.scale.write({"kind": "numbers"}),
            lambda: self.scale.write(
                {"level_ids": [Command.create({"name": "A new step"})]}
            ),
            lambda: self.scale.write({"level_ids": [Command.delete(level.id)]}),
            lambda: sudo_level.update_field_translations("name", {"en_US": "Other"}),
            self.scale.unlink,
            self.scale.level_ids[2].unlink,
        )
        for number, call in enumerate(calls):
            with self.subTest(number):
                self.assertRefused(call, "is used by a rating")
        self.scale.name = "Three good words"
        copy = self.scale.copy()
        copy.level_ids[0].name = "Free to change"
        self.assertEqual(len(copy.level_ids), 3)

    def test_a_scale_no_rating_uses_may_change(self):
        self.scale.level_ids[0].name = "Lower"
        self.assertFalse(self.scale.is_used)

    def test_only_an_administrator_makes_scales(self):
        with self.assertRaises(UserError):
            self.scale.with_user(self.user_quality).name = "Mine"
        self.scale.with_user(self.user_administrator).name = "Ours"

    def test_evidence_beside_a_rating_is_what_opening_it_lists(self):
        self.assessment.date_to = self.today - timedelta(days=10)
        seen = self._create_evidence(date_seen=self.assessment.date_from)
        self._create_evidence(date_seen=self.assessment.date_to, polarity="not_yet")
        late = self.assessment.date_to + timedelta(days=1)
        early = self.assessment.date_from - timedelta(days=1)
        for values in (
            {"date_seen": late},
            {"date_seen": early},
            {"service_id": self.other_service.id},
            {"statement_ids": self.areas[1].good_ids.ids},
        ):
            self._create_evidence(**values)
        self._create_evidence(is_accepted=False)
        for user in (self.user_manager, self.user_quality, self.user_board):
            rating = self.rating.with_user(user)
            self.assertEqual(
                (rating.evidence_good_count, rating.evidence_not_yet_count), (1, 1)
            )
            domain = rating.action_view_evidence()["domain"]
            found = self.env["dupq.evidence"].with_user(user).search(domain)
            self.assertEqual(len(found), rating.evidence_count)
            self.assertIn(seen, found)

    def test_evidence_of_a_region_includes_the_services_below(self):
        region = self._create_assessment(service_id=self.region.id)
        region._take("start")
        self._create_evidence()
        self.assertEqual(region.summary_ids[0].evidence_good_count, 1)

    def test_counting_evidence_costs_the_same_for_much_of_it(self):
        def queries():
            return self._count_queries(
                lambda: self.assessment.summary_ids.mapped("evidence_count")
            )

        self._create_evidence()
        one = queries()
        for _number in range(20):
            self._create_evidence()
        self.assertEqual(queries(), one)

    def _create_evidence(self, is_accepted=True, **values):
        evidence = self.env["dupq.evidence"].create(
            {
                "title": "Seen on a visit",
                "service_id": self.service.id,
                "statement_ids": self.areas[0].good_ids.ids,
                "date_seen": self.today,
                **values,
            }
        )
        if is_accepted:
            evidence._take("accept")
        return evidence
