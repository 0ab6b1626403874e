import re

from odoo import Command
from odoo.tests import tagged

from odoo.addons.dupq_assessment.models.publication_contents import get_left_out

from .editions_common import EditionsCommon

# Each number, and each sum of them, is found again in a text by itself.
MILL, LANE, OTHERS = 119, 128, 3
MANY = 1000


@tagged("post_install", "-at_install")
class TestBetweenReports(EditionsCommon):
    """No group of a few follows from one published report taken from another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill = cls._create_service(name="Mill")
        cls.lane = cls._create_service(name="Lane")
        cls.report_mill = cls._complete(MILL, service_id=cls.mill.id)
        cls.report_lane = cls._complete(LANE, service_id=cls.lane.id)
        cls.whole = cls._complete(
            MILL + LANE + OTHERS, MANY, scope="organisation", service_id=False
        )

    @classmethod
    def _complete(cls, families, others=100, way="meeting", **values):
        """A self-assessment in which so many people of families took part."""
        assessment = cls._fill(
            cls._create_assessment(**values), groups=cls.env["dupq.stakeholder.group"]
        )
        assessment.participant_ids = [
            Command.create({"group_id": group.id, "method": way, "actual": number})
            for group, number in (
                (cls.families, families),
                (cls.people, others),
                (cls.staff, others),
            )
        ]
        return assessment

    def _out(self, *assessments):
        for assessment in assessments:
            if assessment.state == "running":
                assessment._take("complete")
            assessment._take("publish")

    def _of_families(self, assessment):
        return assessment.participant_ids.filtered(
            lambda one: one.group_id == self.families
        )

    def _contents(self, assessment, kind):
        contents = self.env["dupq.publication.block"]._get_contents(
            assessment, self.today
        )
        return [data for this, data, *_rest in contents if this == kind]

    def _told(self, assessment, group=None):
        """How many of the families took part, as it would be published now."""
        (block,) = self._contents(assessment, "participation")
        name = (group or self.families).name
        return [one["number"] for one in block["groups"] if one["group"] == name]

    # === WHO TOOK PART === #

    def test_a_few_of_the_other_services_do_not_follow_from_three_reports(self):
        self.assertEqual(self._told(self.whole), [MILL + LANE + OTHERS])
        self._out(self.report_mill)
        self.assertEqual(self._told(self.whole), [MILL + LANE + OTHERS])
        self._out(self.report_lane)
        self.assertEqual(self._told(self.whole), [None])
        self.assertEqual(self._told(self.whole, self.people), [MANY])

    def test_the_report_that_comes_out_last_leaves_its_number_out(self):
        self._out(self.whole, self.report_lane)
        self.assertEqual(self._told(self.report_mill), [None])
        self.assertEqual(self._told(self.report_mill, self.people), [100])

    def test_five_people_of_the_others_may_be_counted(self):
        self._of_families(self.whole).actual += 2
        self._out(self.report_mill, self.report_lane)
        self.assertEqual(self._told(self.whole), [MILL + LANE + OTHERS + 2])

    def test_a_report_of_another_time_tells_nothing_of_this_one(self):
        for one in (self.report_mill, self.report_lane):
            one.write({"date_from": "2020-01-01", "date_to": "2020-12-31"})
        self._out(self.report_mill, self.report_lane)
        self.assertEqual(self._told(self.whole), [MILL + LANE + OTHERS])

    def test_a_report_of_another_company_tells_nothing_of_this_one(self):
        other = self.env["res.company"].create({"name": "Another provider"})
        service = self._create_service(name="Far away", company_id=other.id)
        self._out(
            self._complete(
                MILL + LANE, service_id=service.id, company_id=other.id, lead_id=2
            )
        )
        self.assertEqual(self._told(self.whole), [MILL + LANE + OTHERS])

    def test_a_region_and_its_services_are_not_taken_away_twice(self):
        region = self._create_service(name="North", kind="region")
        (self.mill | self.lane).parent_id = region
        north = self._complete(MILL + LANE, scope="region", service_id=region.id)
        self._out(self.report_mill, north)
        self.assertEqual(self._told(self.whole), [None])
        # What is left of the region is the whole of the other service.
        self.assertEqual(self._told(self.report_lane), [LANE])

    def test_an_earlier_version_is_still_known(self):
        self._out(self.report_mill, self.report_lane)
        self.report_mill.with_user(self.user_quality)._take("correct", "A wrong word.")
        self._of_families(self.report_mill).unlink()
        self.report_mill.write(
            {"change_note": "Without families.", "few_voices_reason": "A mistake."}
        )
        self._out(self.report_mill)
        self.assertEqual(self._told(self.whole), [None])

    def test_where_a_way_has_another_name_the_sum_of_the_group_tells_it(self):
        self._of_families(self.report_mill).method = "interview"
        self._out(self.report_mill, self.report_lane)
        self._of_families(self.whole).actual = MILL + OTHERS
        self.whole.participant_ids = [
            Command.create(
                {"group_id": self.families.id, "method": "video", "actual": LANE}
            )
        ]
        told = self._told(self.whole)
        self.assertEqual(len(told), 2)
        self.assertIn(None, told)

    def test_a_report_in_another_language_tells_the_same(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.families.with_context(lang="fr_FR").name = "Familles"
        for one in (self.report_mill, self.report_lane):
            self._out(one.with_context(lang="fr_FR"))
        block = self.report_mill.publication_ids.block_ids.filtered(
            lambda one: one.kind == "participation"
        )
        self.assertIn("Familles", [one["group"] for one in block.data["groups"]])
        self.assertEqual(self._told(self.whole), [None])

    # === OTHER NUMBERS === #

    def test_the_facts_for_the_writer_leave_out_the_same(self):
        self._out(self.report_mill, self.report_lane)
        self.whole.action_open_report()
        who = self.whole.section_ids.filtered(lambda one: one.kind == "who").text
        self.assertIn(
            f"{self.families.name}: no number, as it would tell of fewer than 5", who
        )
        self.assertIn(f"More than {2 * MANY} people took part.", who)
        self.assertNotIn(str(MILL + LANE + OTHERS), who)

    def _rate(self, assessment, *numbers):
        self.env["dupq.assessment.rating"].create(
            [
                {
                    "assessment_id": assessment.id,
                    "area_id": self.areas[0].id,
                    "perspective_id": group.id,
                    "level_id": level.id,
                    "number": number,
                }
                for group, level, number in zip(
                    (self.families, self.people),
                    self.scale.level_ids[1:],
                    numbers,
                    strict=True,
                )
            ]
        )

    def test_how_many_rated_it_is_left_out_as_well(self):
        self._rate(self.report_mill, 20, 50)
        self._rate(self.report_lane, 30, 50)
        self._rate(self.whole, 54, 500)
        self._out(self.report_mill, self.report_lane)
        (block,) = self._contents(self.whole, "gaps")
        (entry,) = block["entries"]
        numbers = {one["group"]: one["number"] for one in entry["perspectives"]}
        self.assertEqual(numbers, {self.families.name: None, self.people.name: 500})

    def test_how_many_receive_what_is_good_is_left_out_as_well(self):
        for assessment, receiving, supported in (
            (self.report_mill, 8, 20),
            (self.report_lane, 9, 30),
            (self.whole, 20, 54),
        ):
            self.env["dupq.assessment.proportion"].create(
                {
                    "assessment_id": assessment.id,
                    "area_id": self.areas[0].id,
                    "receiving": receiving,
                    "supported": supported,
                    "method": "We asked.",
                }
            )
        (data,) = self._contents(self.whole, "proportion")
        self.assertEqual((data["receiving"], data["supported"]), (20, 54))
        self._out(self.report_mill, self.report_lane)
        (data,) = self._contents(self.whole, "proportion")
        self.assertEqual(
            (data["receiving"], data["supported"], data["percentage"]),
            (None, None, None),
        )
        self.assertIn("they would tell of fewer than five people", data["said"])

    # === WHO IS TOLD === #

    def test_who_publishes_is_told_which_numbers_and_because_of_whom(self):
        self._out(self.report_mill, self.report_lane)
        self.assertFalse(self.whole.hidden_numbers)
        self.whole._take("complete")
        said = self.whole.with_user(self.user_quality).hidden_numbers
        self.assertEqual(
            said,
            f"{self.families.name}, Meeting: together with "
            f"{self.report_lane.name}; {self.report_mill.name}",
        )

    def test_no_edition_tells_it_and_each_says_why(self):
        self._out(self.report_mill, self.report_lane, self.whole)
        type(self).publication = self.whole.publication_ids
        for name, text in self._read_everything().items():
            with self.subTest(name):
                self.assertTrue(re.search(rf"\b{MANY}\b", text), "what may be told")
                self.assertFalse(re.search(rf"\b{MILL + LANE + OTHERS}\b", text))
                if name != "data":
                    self.assertIn("fewer than 5", text)

    # === COST === #

    def test_many_services_cost_what_two_cost(self):
        def count():
            counts = []
            for _try in range(3):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                get_left_out(self.whole)
                counts.append(self.env.cr.sql_log_count - before)
            return min(counts)

        self._out(self.report_mill, self.report_lane)
        few = count()
        for number in range(6):
            service = self._create_service(name=f"House {number}")
            self._out(self._complete(50, service_id=service.id))
        self.assertLessEqual(count(), few)
