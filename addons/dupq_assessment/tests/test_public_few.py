import json
import re

from odoo import Command
from odoo.tests import tagged

from .editions_common import EditionsCommon

# Each number and each sum of them is found again in a text by itself.
MANY, FEW, OTHERS, STAFF = 107, 3, 203, 4


@tagged("post_install", "-at_install")
class TestFewInPublic(EditionsCommon):
    """In no edition a few people are counted, nor told by taking away from a sum."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_assessment()
        cls._fill(cls.assessment, groups=cls.env["dupq.stakeholder.group"])
        lines = (
            (cls.families, "meeting", MANY),
            (cls.families, "interview", FEW),
            (cls.people, "meeting", OTHERS),
            (cls.staff, "meeting", STAFF),
        )
        cls.assessment.participant_ids = [
            Command.create({"group_id": group.id, "method": method, "actual": number})
            for group, method, number in lines
        ]
        low, _middle, high = cls.scale.level_ids
        # Without a number of their own, they are as many as took part.
        cls.env["dupq.assessment.rating"].create(
            [
                {
                    "assessment_id": cls.assessment.id,
                    "area_id": cls.areas[0].id,
                    "perspective_id": group.id,
                    "level_id": level.id,
                }
                for group, level in (
                    (cls.families, low),
                    (cls.people, high),
                    (cls.staff, low),
                )
            ]
        )
        cls.env["dupq.assessment.proportion"].create(
            {
                "assessment_id": cls.assessment.id,
                "area_id": cls.areas[0].id,
                "receiving": 2,
                "supported": 4,
                "method": "We asked.",
            }
        )
        cls.assessment.action_draft_declaration()
        cls.assessment.action_open_report()
        for name in ("complete", "publish"):
            cls.assessment._take(name)
        cls.publication = cls.assessment.publication_ids

    def _get_blocks(self, kind):
        blocks = json.loads(self._read(self._get_paths()["data"]))["blocks"]
        return [block["content"] for block in blocks if block["kind"] == kind]

    def test_no_edition_holds_a_sum_from_which_they_follow(self):
        sums = (
            MANY + FEW,  # a group
            MANY + OTHERS + STAFF,  # a way of taking part
            MANY + FEW + OTHERS + STAFF,  # all
            MANY + FEW + OTHERS,
            MANY + OTHERS + FEW,
            OTHERS + STAFF,
            MANY + STAFF,
        )
        for name, text in self._read_everything().items():
            with self.subTest(name):
                self.assertTrue(re.search(rf"\b{MANY}\b", text), "what may be told")
                for number in sums:
                    self.assertFalse(re.search(rf"\b{number}\b", text), number)

    def test_lines_of_a_few_have_no_number(self):
        (block,) = self._get_blocks("participation")
        found = sorted(
            (one["group"], one["method"], one["number"]) for one in block["groups"]
        )
        by_name = {(group, way): number for group, way, number in found}
        self.assertEqual(
            by_name,
            {
                (self.families.name, "Meeting"): MANY,
                (self.families.name, "Conversation one to one"): None,
                (self.people.name, "Meeting"): OTHERS,
                (self.staff.name, "Meeting"): None,
            },
        )

    def test_facts_that_are_offered_to_the_writer_tell_no_more(self):
        by_kind = self.assessment.section_ids.grouped("kind")
        self.assertEqual(
            by_kind["who"].text.splitlines()[:4],
            [
                f"More than {MANY + OTHERS} people took part.",
                f"{self.families.name}: more than {MANY}",
                f"{self.people.name}: {OTHERS}",
                f"{self.staff.name}: no number, as it would tell of fewer than 5",
            ],
        )
        lines = by_kind["how"].text.splitlines()
        self.assertIn(f"Meeting: more than {MANY + OTHERS} people", lines)
        no_number = "no number, as it would tell of fewer than 5 people"
        self.assertIn(f"Conversation one to one: {no_number}", lines)

    def test_how_groups_see_it_tells_no_number_of_a_few(self):
        (block,) = self._get_blocks("gaps")
        (entry,) = block["entries"]
        self.assertEqual(entry["hidden"], [self.staff.name])
        self.assertEqual(
            {one["group"]: one["number"] for one in entry["perspectives"]},
            {self.families.name: None, self.people.name: OTHERS},
        )
        (area, _other) = self._get_blocks("area")
        self.assertNotIn(self.staff.name, str(area["seen_by"]))

    def test_what_was_counted_of_a_few_before_is_not_told_this_year(self):
        year = self.assessment.with_user(self.user_quality).action_begin_next_year()
        later = self.env["dupq.assessment"].browse(year["res_id"])
        later._take("start")
        line = self.env["dupq.assessment.proportion"].create(
            {
                "assessment_id": later.id,
                "area_id": self.areas[0].id,
                "receiving": 9,
                "supported": 12,
                "method": "We asked.",
            }
        )
        self.assertIn("2 of 4", line.trend)
        contents = self.env["dupq.publication.block"]._get_contents(later, self.today)
        (data,) = [each[1] for each in contents if each[0] == "proportion"]
        self.assertEqual((data["receiving"], data["trend"]), (9, ""))


@tagged("post_install", "-at_install")
class TestFewOfOneHome(EditionsCommon):
    """Lines of several homes are told together, and never one of them besides."""

    def test_no_edition_tells_the_one_line_from_which_the_other_follows(self):
        assessment = self._create_assessment()
        self._fill(assessment, groups=self.env["dupq.stakeholder.group"])
        assessment.participant_ids = [
            Command.create(
                {"group_id": self.families.id, "method": "meeting", "actual": number}
            )
            for number in (MANY, FEW)
        ]
        assessment.few_voices_reason = "The others are asked in autumn."
        assessment.action_draft_declaration()
        assessment.action_open_report()
        for name in ("complete", "publish"):
            assessment._take(name)
        type(self).assessment = assessment
        type(self).publication = assessment.publication_ids
        for name, text in self._read_everything().items():
            with self.subTest(name):
                self.assertTrue(re.search(rf"\b{MANY + FEW}\b", text))
                self.assertFalse(re.search(rf"\b{MANY}\b", text))
