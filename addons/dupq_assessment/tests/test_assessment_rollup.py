from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessmentRollup(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.third = cls._create_service(name="Mill Lane")
        cls.whole = cls._create_assessment(scope="organisation", service_id=False)

    @classmethod
    def _complete(cls, service, level, **values):
        assessment = cls._create_assessment(
            service_id=service.id, scale_id=level.scale_id.id, **values
        )
        assessment._take("start")
        assessment.summary_ids.write({"level_id": level.id, "finding": "We found it."})
        assessment.participant_ids = [
            Command.create({"group_id": group.id, "planned": 3, "actual": 2})
            for group in cls.people + cls.families + cls.staff
        ]
        assessment._take("complete")
        return assessment

    def _get_rollup(self, assessment=None):
        self.env.invalidate_all()
        return (assessment or self.whole).rollup

    def test_the_lowest_is_named_and_never_averaged_away(self):
        self._complete(self.service, self.high)
        self._complete(self.other_service, self.low)
        found = self._get_rollup()
        area = found["areas"][0]
        self.assertEqual((area["lowest"], area["lowest_level"]), ("The Beeches", "Low"))
        self.assertEqual(
            [(one["level"], one["number"]) for one in area["spread"]],
            [("Low", 1), ("High", 1)],
        )
        self.assertEqual(found["assessed"], 2)

    def test_those_without_are_listed(self):
        self._complete(self.service, self.high)
        found = self._get_rollup()
        self.assertIn(self.third.id, found["without"])
        self.assertIn(self.other_service.id, found["without"])
        self.assertNotIn(self.service.id, found["without"])
        self.assertNotIn(self.region.id, found["without"])
        self.assertIn("Mill Lane", found["without_names"])

    def test_only_what_is_finished_in_the_period_counts(self):
        self._fill(self._create_assessment())
        self._complete(
            self.other_service,
            self.low,
            date_from="2019-01-01",
            date_to="2019-12-31",
        )
        self.assertEqual(self._get_rollup()["assessed"], 0)

    def test_the_last_of_a_service_counts_once(self):
        self._complete(self.service, self.low)
        self._complete(self.service, self.high)
        found = self._get_rollup()
        self.assertEqual(found["assessed"], 1)
        self.assertEqual(found["areas"][0]["lowest_level"], "High")

    def test_one_about_several_counts_for_each_of_them(self):
        both = self.service | self.other_service
        several = self._fill(
            self._create_assessment(
                scope="services", service_id=False, service_ids=both.ids
            )
        )
        several._take("complete")
        found = self._get_rollup()
        self.assertEqual(found["assessed"], 2)
        self.assertEqual(found["areas"][0]["spread"][0]["number"], 2)

    def test_a_region_takes_in_its_own(self):
        self._complete(self.service, self.low)
        self._complete(self.other_service, self.low)
        region = self._create_assessment(scope="region", service_id=self.region.id)
        found = self._get_rollup(region)
        self.assertEqual((found["services"], found["assessed"]), (1, 1))
        self.assertFalse(self._get_rollup(self._create_assessment()))

    def test_two_scales_stand_side_by_side(self):
        other = self.env["dupq.rating.scale"].create(
            {
                "name": "Two words",
                "level_ids": [
                    Command.create({"name": name, "sequence": number})
                    for number, name in enumerate(("Red", "Green"), 1)
                ],
            }
        )
        self._complete(self.service, self.middle)
        self._complete(self.other_service, other.level_ids[0])
        found = self._get_rollup()
        self.assertEqual(sorted(found["scales"]), ["Three words", "Two words"])
        self.assertEqual(found["areas"][0]["lowest_level"], "Red")

    def test_who_was_not_asked_where_is_a_gap(self):
        self._complete(self.service, self.high)
        rows = {row["name"]: row for row in self._get_rollup()["groups"]}
        people = rows[self.people.name]
        self.assertTrue(people["is_gap"])
        self.assertEqual(people["places"], 1)
        self.assertIn(self.other_service.id, people["without"])
        self.assertNotIn(self.service.id, people["without"])

    def test_reader_sees_what_they_may(self):
        self._complete(self.other_service, self.low)
        self._complete(self.service, self.high)
        for user in (self.user_quality, self.user_board):
            found = self._get_rollup(self.whole.with_user(user))
            self.assertEqual(found["assessed"], 2)
        with self.assertRaises(AccessError):
            self._get_rollup(self.whole.with_user(self.user_manager))

    def test_six_hundred_services_cost_as_many_queries_as_two(self):
        self._complete(self.service, self.high)
        self._complete(self.other_service, self.low)

        whole = self.whole.with_user(self.user_quality)

        def queries():
            return self._count_queries(lambda: self.assertTrue(whole.rollup))

        few = queries()
        for number in range(20):
            self._complete(self._create_service(name=f"House {number}"), self.middle)
        self.assertEqual(self._get_rollup()["assessed"], 22)
        self.assertLessEqual(queries(), few)
