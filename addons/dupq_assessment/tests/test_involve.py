from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..figures import Figures
from ..steps import involve
from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestInvolve(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_assessment()
        cls.whole = cls._create_assessment(scope="organisation", service_id=False)

    @classmethod
    def _add(cls, group, assessment=None, **values):
        return cls.env["dupq.assessment.participant"].create(
            {
                "assessment_id": (assessment or cls.assessment).id,
                "group_id": group.id,
                **values,
            }
        )

    def _get_missing(self, assessment=None):
        assessment = assessment or self.assessment
        return " ".join(involve.check(assessment, Figures(assessment))["missing"])

    def test_every_group_is_planned_once(self):
        groups = self.env["dupq.stakeholder.group"].search([])
        self.assertGreaterEqual(len(groups), 12)
        self._add(self.families, planned=3)
        manager = self.assessment.with_user(self.user_manager)
        manager.action_plan_groups()
        manager.action_plan_groups()
        self.assertEqual(
            sorted(self.assessment.participant_ids.group_id.ids), sorted(groups.ids)
        )
        self.assertEqual(len(self.assessment.participant_ids), len(groups))
        self.assertEqual(self.assessment.planned_count, 3)

    def test_every_service_is_planned_with_those_it_is_about(self):
        self.whole.with_user(self.user_quality).action_plan_services()
        self.whole.action_plan_services()
        lines = self.whole.participant_ids
        homes = self.service | self.other_service
        self.assertLessEqual(homes, lines.service_id)
        self.assertNotIn(self.region, lines.service_id)
        for home in homes:
            here = lines.filtered(lambda line, home=home: line.service_id == home)
            self.assertEqual(here.group_id, self.people | self.families | self.staff)
            self.assertEqual(len(here), 3)

    def test_support_workers_plan_nothing(self):
        with self.assertRaises(AccessError):
            self.assessment.with_user(self.user_worker).action_plan_groups()

    def test_lines_of_one_service_are_about_it(self):
        self.assertEqual(self._add(self.people).service_id, self.service)
        self.assertFalse(self._add(self.people, self.whole).service_id)

    def test_a_line_says_what_it_lacks_to_be_real(self):
        full = {
            "actual": 3,
            "support_given": "A lift home",
            "date_papers": self.today - timedelta(days=8),
            "what_changed": "Weekends come first",
        }
        cases = (
            (self.people, {}, ""),
            (self.people, {"actual": 0, "support_given": False}, ""),
            (self.people, {"support_given": False}, "What made it possible"),
            (self.families, {"date_papers": False}, "Papers sent on"),
            (self.families, {"what_changed": False}, "What changed"),
            (self.managers, {"support_given": False, "date_papers": False}, ""),
            (self.managers, {"what_changed": False}, "What changed"),
        )
        for group, values, lacks in cases:
            with self.subTest(group=group.name, **values):
                line = self._add(group, **{**full, **values})
                self.assertEqual(line.is_token, bool(lacks))
                self.assertIn(lacks, line.still_empty)
                line.unlink()

    def test_taking_part_on_paper_only_is_said(self):
        self._add(self.people, actual=2)
        self.assertIn("On paper only", self._get_missing())
        self.assessment.participant_ids.write(
            {
                "support_given": "Pictures",
                "date_papers": self.today,
                "what_changed": "The menu",
            }
        )
        self.assertNotIn("On paper only", self._get_missing())

    def test_papers_come_before_the_day(self):
        line = self._add(self.people, date=self.today)
        line.date_papers = self.today - timedelta(days=1)
        with self.assertRaises(ValidationError):
            line.date_papers = self.today

    def test_only_managers_is_said_plainly(self):
        seniors = self.env.ref("dupq_code.dupq_stakeholder_group_senior_managers")
        self._add(self.staff, planned=5)
        self.assertFalse(self.assessment.is_managers_only)
        self._add(self.managers, actual=2)
        self._add(seniors, actual=1)
        self.assertTrue(self.assessment.is_managers_only)
        self.assertIn("Only managers took part.", self._get_missing())
        self.assessment.few_voices_reason = "The house has just opened."
        self.assertNotIn("Only managers", self._get_missing())
        self.assessment.participant_ids[0].actual = 1
        self.assertFalse(self.assessment.is_managers_only)

    def test_only_managers_is_printed(self):
        self._fill(self.assessment, groups=self.managers)
        self.assessment.few_voices_reason = "The house has just opened."
        self.assessment._take("complete")
        self.assessment._take("publish")
        publication = self.assessment.publication_ids
        page = publication._get_report_values()["participation"]
        self.assertTrue(page["managers_only"])
        self.assertEqual(page["reason"], "The house has just opened.")
        easy = str(publication._get_easy_read_values())
        self.assertIn("Only managers took part.", easy)

    def test_services_from_which_nobody_came_are_named(self):
        self.assertNotIn("Nobody heard at", self._get_missing())
        self.assertIn(self.other_service.name, self._get_missing(self.whole))
        self._add(self.people, self.whole, service_id=self.other_service.id, actual=1)
        self._add(self.managers, self.whole, service_id=self.service.id, actual=1)
        missing = self._get_missing(self.whole)
        self.assertNotIn(self.other_service.name, missing)
        self.assertIn(self.service.name, missing)
        self._add(self.families, self.whole, service_id=self.service.id, actual=1)
        self.assertNotIn(self.service.name, self._get_missing(self.whole))

    def test_looking_costs_the_same_for_many_services(self):
        few = self._create_assessment(scope="organisation", service_id=False)
        few.participant_ids = [Command.create({"group_id": self.people.id})]

        def cost():
            return self._count_queries(lambda: involve.check(few, Figures(few)))

        before = cost()
        self.env["dupq.service"].create([{"name": f"Home {n}"} for n in range(60)])
        few.action_plan_services()
        few.participant_ids.actual = 1
        self.assertLessEqual(cost(), before + 1)
