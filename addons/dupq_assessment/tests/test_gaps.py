from lxml import html

from odoo import Command
from odoo.tests import tagged

from odoo.addons.dupq_assessment.gaps import draw, hide_few
from odoo.addons.dupq_assessment.models.publication_contents import get_contents

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestGaps(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_under_way()

    @classmethod
    def _see(cls, group, level, number=0, **values):
        return cls.env["dupq.assessment.rating"].create(
            {
                "assessment_id": cls.assessment.id,
                "perspective_id": group.id,
                "level_id": level.id,
                "number": number,
                **values,
            }
        )

    def test_the_widest_gap_comes_first_with_everyone_in_their_own_order(self):
        first, second = self.areas
        self._see(self.people, self.middle, area_id=first.id, number=6)
        self._see(self.managers, self.high, area_id=first.id)
        self._see(self.managers, self.high, statement_id=second.good_ids.id)
        self._see(self.people, self.low, statement_id=second.good_ids.id, number=6)
        entries = self.assessment._get_gaps()
        self.assertEqual(
            [(entry["kind"], entry["reference"], entry["gap"]) for entry in entries],
            [("statement", "A2.G1", 1.0), ("area", "A1", 0.5)],
        )
        people, managers = entries[0]["perspectives"]
        self.assertEqual(
            [people[key] for key in ("group_id", "level", "share", "number", "letter")],
            [self.people.id, "Low", 0.0, 6, "P"],
        )
        self.assertEqual((managers["letter"], managers["shape"]), ("T", "down"))

    def test_without_a_number_it_is_that_of_those_who_took_part(self):
        self._see(self.families, self.low, area_id=self.areas[0].id)
        self._fill(self.assessment)
        (entry,) = self.assessment._get_gaps()
        self.assertEqual(entry["perspectives"][0]["number"], 2)

    def test_summaries_and_empty_ratings_are_no_view_of_anybody(self):
        self.assessment.summary_ids.level_id = self.low
        self._see(
            self.people, self.env["dupq.rating.scale.level"], area_id=self.areas[0].id
        )
        self.assertEqual(self.assessment._get_gaps(), [])

    def test_few_people_are_not_told_of_in_public(self):
        area = self.areas[0]
        self._see(self.people, self.low, area_id=area.id, number=4)
        self._see(self.families, self.middle, area_id=area.id, number=5)
        self._see(self.staff, self.high, area_id=area.id, number=50)
        (entry,) = hide_few(self.assessment._get_gaps())
        self.assertEqual(entry["gap"], 0.5)
        self.assertEqual(entry["hidden"], [self.people.name])
        self.assertNotIn("Low", str(entry["perspectives"]))

    def test_it_costs_the_same_for_much_of_it(self):
        assessment = self.assessment.with_user(self.user_manager)
        self._see(self.people, self.low, area_id=self.areas[0].id)
        self._see(self.people, self.low, statement_id=self.areas[0].good_ids.id)
        few = self._count_queries(assessment._get_gaps)
        groups = self.env["dupq.stakeholder.group"].search([])
        for statement in self.areas.statement_ids - self.areas[0].good_ids:
            for group in groups:
                self._see(group, self.high, statement_id=statement.id)
        self.assertEqual(self._count_queries(assessment._get_gaps), few)

    def test_the_picture_says_the_same_in_shapes_letters_and_words(self):
        area = self.areas[0]
        self._see(self.people, self.low, area_id=area.id, number=6)
        self._see(self.staff, self.high, area_id=area.id, number=1)
        self.assessment.voice_ids = [
            Command.create(
                {
                    "words": f"<b>Sunday {number}</b>",
                    "group_id": self.people.id,
                    "area_id": area.id,
                }
            )
            for number in range(4)
        ]
        picture = self.assessment.with_user(self.user_worker).gap_picture
        page = html.fromstring(picture)
        (gap,) = page.xpath("//li[@data-gap]")
        words = " ".join(gap.text_content().split())
        self.assertIn("People we support: Low. Support staff: High.", words)
        self.assertIn("(6 people)", words)
        self.assertIn("(1 person)", words)
        self.assertIn("and 1 more", words)
        letters = gap.xpath(".//svg[@width='100%']//text/text()")
        self.assertEqual(letters, ["P", "S"])
        self.assertFalse(gap.xpath(".//b[contains(., 'Sunday')]"))
        self.assertEqual(len(gap.xpath(".//details//blockquote")), 3)

    def test_nobody_has_said_yet_is_said(self):
        self.assertIn("Nobody has said yet", self.assessment.gap_picture)

    def test_in_public_no_group_of_a_few_is_told_of(self):
        area = self.areas[0]
        self._see(self.people, self.low, area_id=area.id, number=4)
        self._see(self.staff, self.high, area_id=area.id, number=12)
        self._fill(self.assessment)
        contents = get_contents(self.assessment, self.today)
        data = dict(each[:2] for each in contents)["gaps"]
        self.assertEqual(data["entries"][0]["hidden"], [self.people.name])
        (area_block,) = [
            each[1]
            for each in contents
            if each[0] == "area" and each[1]["reference"] == "A1"
        ]
        self.assertEqual(
            [one["group"] for one in area_block["seen_by"]], [self.staff.name]
        )
        page = self.env["ir.qweb"]._render(
            "dupq_assessment.gap_picture",
            {"picture": draw(data["entries"], data["levels"]), "is_public": True},
        )
        self.assertIn("Fewer than five people each", page)
        self.assertNotIn("Low</b>", page)
