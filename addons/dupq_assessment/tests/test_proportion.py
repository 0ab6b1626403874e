from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestProportion(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._fill(cls._create_assessment())

    @classmethod
    def _count(cls, receiving, supported, assessment=None, **values):
        return cls.env["dupq.assessment.proportion"].create(
            {
                "assessment_id": (assessment or cls.assessment).id,
                "area_id": cls.areas[0].id,
                "receiving": receiving,
                "supported": supported,
                **values,
            }
        )

    def test_so_many_of_so_many_also_where_there_is_nobody(self):
        cases = (
            (3, 4, 0.75, 1, "3 of 4 people (75 %)"),
            (4, 4, 1.0, 0, "4 of 4 people (100 %)"),
            (0, 0, 0.0, 0, "We support nobody here"),
        )
        for receiving, supported, percentage, rest, said in cases:
            with self.subTest(said):
                line = self._count(receiving, supported)
                self.assertEqual(
                    (line.percentage, line.rest, line.said), (percentage, rest, said)
                )
                line.unlink()

    def test_figures_that_cannot_be_are_refused(self):
        for figures in ((5, 4), (-1, 4), (0, -1)):
            with self.subTest(figures):
                self.assertBroken(self._count, *figures)
        self._count(1, 2)
        self.assertBroken(self._count, 1, 2)
        foreign = self.env.ref("dupq_code.dupq_code_area_a1")
        with self.assertRaises(ValidationError):
            self._count(1, 2, area_id=foreign.id)
        with self.assertRaises(ValidationError):
            self._count(1, 2, statement_id=self.areas[1].good_ids[0].id)

    def test_it_is_counted_on_the_last_day_of_the_period(self):
        self.assertEqual(self._count(1, 2).date_as_of, self.assessment.date_to)

    def test_the_rest_need_a_plan(self):
        line = self._count(3, 4)
        self.assertTrue(line.is_plan_missing)
        (step,) = [one for one in self.assessment._get_steps() if one["key"] == "rate"]
        self.assertIn("No plan for the rest: A1.", step["missing"])
        plan = line.with_user(self.user_manager).action_plan_rest()
        values = {"name": "Ask the fourth", "date_due": self.today}
        action = (
            self.env[plan["res_model"]]
            .with_user(self.user_manager)
            .with_context(**plan["context"])
            .create(values)
        )
        self.assertEqual(line.action_id, action)
        self.assertEqual(action.assessment_id, self.assessment)
        self.assertFalse(line.is_plan_missing)
        (step,) = [one for one in self.assessment._get_steps() if one["key"] == "rate"]
        self.assertNotIn("No plan for the rest: A1.", step["missing"])
        for_all = self._count(4, 4, area_id=self.areas[1].id)
        self.assertFalse(for_all.is_plan_missing)

    def test_the_trend_is_that_of_the_same_place(self):
        days = {
            "date_from": self.today - timedelta(days=900),
            "date_to": self.today - timedelta(days=500),
        }
        before = self._fill(self._create_assessment(**days))
        elsewhere = self._fill(
            self._create_assessment(service_id=self.other_service.id, **days)
        )
        self._count(1, 4, before)
        self._count(4, 4, elsewhere)
        line = self._count(3, 4)
        self.assertEqual(line.trend, "Up from 1 of 4 people (25 %)")
        line.receiving = 1
        self.assertEqual(line.trend, "The same as before")
        line.receiving = 0
        self.assertEqual(line.trend, "Down from 1 of 4 people (25 %)")
        line.write({"supported": 0})
        self.assertEqual(line.trend, "Before: 1 of 4 people (25 %)")
        self.assertFalse(before.proportion_ids.trend)

    def test_another_report_of_the_same_days_is_none_before_it(self):
        same = self._fill(self._create_assessment())
        self._count(1, 4, same)
        self.assertFalse(self._count(3, 4).trend)

    def test_what_stops_us_is_answered_or_it_is_said(self):
        barrier = self.env["dupq.assessment.barrier"].create(
            {"assessment_id": self.assessment.id, "name": "No flat for one person"}
        )
        self.assertTrue(barrier.is_unanswered)
        (step,) = [one for one in self.assessment._get_steps() if one["key"] == "rate"]
        self.assertIn("Say what you do about what stops you.", step["missing"])
        barrier.response = "We write to the council."
        self.assertFalse(barrier.is_unanswered)

    def test_what_is_completed_stays(self):
        line = self._count(1, 2)
        self.assessment._take("complete")
        self.assertRefused(line.write, "Take it up again", {"receiving": 2})
        self.assertRefused(line.unlink, "Take it up again")

    def test_each_kind_of_information_is_ticked_off_once_it_starts(self):
        sources = self.env["dupq.information.source"].search([])
        lines = self.assessment.source_ids
        self.assertEqual(lines.source_id, sources)
        self.assertFalse(any(lines.mapped("status")))
        with self.assertRaises(ValidationError):
            lines[0].status = "none"
        lines[0].write({"status": "none", "reason": "This home has just opened."})
        lines[1].write(
            {"status": "have", "date": self.assessment.date_from - timedelta(days=1)}
        )
        self.assertTrue(lines[1].is_old)
        (step,) = [
            one for one in self.assessment._get_steps() if one["key"] == "evidence"
        ]
        self.assertIn(
            f"Collected already: 2 of {len(sources)} looked for.", step["said"]
        )

    def test_a_support_worker_reads_and_changes_nothing(self):
        line = self._count(1, 2).with_user(self.user_worker)
        self.assertEqual(line.said, "1 of 2 people (50 %)")
        for call, args in ((line.write, [{"receiving": 2}]), (line.unlink, [])):
            with self.assertRaises(UserError):
                call(*args)
