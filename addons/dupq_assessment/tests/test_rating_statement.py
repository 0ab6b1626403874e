from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestRatingOfStatements(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_under_way()
        cls.statement = cls.areas[0].good_ids

    @classmethod
    def _rate(cls, **values):
        return cls.env["dupq.assessment.rating"].create(
            {"assessment_id": cls.assessment.id, **values}
        )

    def test_a_statement_is_rated_within_its_area(self):
        rating = self._rate(statement_id=self.statement.id, level_id=self.low.id)
        self.assertEqual(rating.area_id, self.areas[0])
        self.assertEqual(len(self.assessment.summary_ids), 2)
        self.assertEqual(self.assessment.statement_rating_ids, rating)
        self.assertIn("A1.G1", rating.display_name)

    def test_one_rating_of_each_thing_by_each_group(self):
        focus = self.env["dupq.code.focus"].search([], limit=1)
        for what in ({"statement_id": self.statement.id}, {"focus_id": focus.id}):
            for perspective in (False, self.people.id):
                values = {**what, "perspective_id": perspective}
                self._rate(**values)
                with self.subTest(values):
                    self.assertBroken(self._rate, **values)

    def test_exactly_one_thing_is_rated(self):
        focus = self.env["dupq.code.focus"].search([], limit=1)
        self.assertBroken(self._rate, perspective_id=self.people.id)
        self.assertBroken(
            self._rate, area_id=self.areas[0].id, focus_id=focus.id, number=1
        )
        self.assertBroken(self._rate, statement_id=self.statement.id, number=-1)

    def test_a_statement_of_another_code_is_refused(self):
        other = self.env.ref("dupq_code.dupq_code_statement_a1_g1")
        with self.assertRaises(ValidationError):
            self._rate(statement_id=other.id)
        with self.assertRaises(ValidationError):
            self._rate(statement_id=self.statement.id, area_id=self.areas[1].id)

    def test_a_scale_is_locked_by_the_rating_of_a_statement(self):
        self.low.name = "Lowest"
        self._rate(statement_id=self.statement.id, level_id=self.low.id)
        self.assertRefused(
            self.low.sudo().write, "is used by a rating", {"name": "Rosy"}
        )

    def test_a_scale_of_our_own_has_words_and_colours_of_our_own(self):
        scale = self.env["dupq.rating.scale"].create(
            {
                "name": "Weather",
                "kind": "custom",
                "level_ids": [
                    Command.create({"name": "Rain", "color": "#1b5fa8"}),
                    Command.create({"name": "Sun", "color": "#F2B705"}),
                ],
            }
        )
        self.assertEqual(scale.level_ids.mapped("share"), [0.0, 1.0])
        for colour in ("red", "#12345", "#1234567", "url(x)"):
            with self.subTest(colour), self.assertRaises(ValidationError):
                scale.level_ids[0].color = colour

    def test_what_is_carried_is_said_again_by_saying_it(self):
        rating = self._rate(
            statement_id=self.statement.id, level_id=self.low.id, is_carried=True
        )
        rating.number = 3
        self.assertTrue(rating.is_carried)
        rating.level_id = self.low
        self.assertFalse(rating.is_carried)

    def test_what_a_rating_was_is_kept_and_what_was_empty_is_not(self):
        rating = self.assessment.summary_ids[0]
        rating.level_id = self.low
        self.assertFalse(rating.change_ids)
        rating.with_user(self.user_manager).write(
            {"level_id": self.high.id, "finding": "We asked again."}
        )
        change = rating.change_ids
        self.assertEqual(
            (change.level_from_id, change.level_to_id), (self.low, self.high)
        )
        self.assertEqual(change.user_id, self.user_manager)
        rating.level_id = self.high
        self.assertEqual(rating.change_ids, change)
        self.assertRefused(change.sudo().write, "stays as it was", {"user_id": 1})
        self.assertRefused(change.sudo().unlink, "is kept")
        with self.assertRaises(UserError):
            change.with_user(self.user_quality).create({"rating_id": rating.id})

    def test_evidence_beside_a_statement_is_what_opening_it_lists(self):
        rating = self._rate(statement_id=self.statement.id)
        evidence = self.env["dupq.evidence"].create(
            [
                {
                    "title": "Seen on a visit",
                    "service_id": self.service.id,
                    "statement_ids": statement.ids,
                    "polarity": polarity,
                }
                for statement, polarity in (
                    (self.statement, "good"),
                    (self.statement, "not_yet"),
                    (self.areas[1].good_ids, "good"),
                )
            ]
        )
        evidence._take("accept")
        self.assertEqual(
            (rating.evidence_good_count, rating.evidence_not_yet_count), (1, 1)
        )
        domain = rating.action_view_evidence()["domain"]
        self.assertEqual(
            self.env["dupq.evidence"].search(domain), evidence[1] | evidence[0]
        )

    def test_by_parts_of_the_organisation_each_part_is_to_be_rated(self):
        focuses = self.env["dupq.code.focus"].search([], limit=2)
        assessment = self._create_assessment(
            approach="focus", focus_ids=[Command.set(focuses.ids)]
        )
        assessment._take("start")
        self.assertFalse(assessment.summary_ids)
        self.assertEqual(assessment.focus_rating_ids.focus_id, focuses)
        self.assertEqual(assessment._get_unrated_names(), focuses.mapped("name"))
        assessment.focus_rating_ids.level_id = self.middle
        self.assertFalse(assessment._get_unrated_names())

    def test_the_board_counts_areas_and_no_statements(self):
        self._rate(statement_id=self.statement.id, level_id=self.low.id)
        self._fill(self.assessment)._take("complete")
        rows = self.env["dupq.board.row"].with_user(self.user_board)
        ratings = rows._get_ratings(self.code, False)[self.service]
        self.assertEqual(ratings, self.assessment.summary_ids)
