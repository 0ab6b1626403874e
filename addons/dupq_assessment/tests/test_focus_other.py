from odoo import Command
from odoo.tests import tagged

from .. import comparison
from .assessment_common import AssessmentCommon

NAME = "How we welcome new neighbours"


@tagged("post_install", "-at_install")
class TestFocusOther(AssessmentCommon):
    """A part of the organisation that is not on the list, by its own name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env.ref("dupq_code.dupq_code_focus_other")
        cls.listed = cls.env.ref("dupq_code.dupq_code_focus_recruitment")
        cls.assessment = cls._create_focused(NAME)

    @classmethod
    def _create_focused(cls, name, **values):
        return cls._create_assessment(
            approach="focus",
            focus_ids=[Command.set(cls.listed.ids)],
            focus_other=name,
            **values,
        )

    def _get_own(self, assessment=None):
        return (assessment or self.assessment).focus_rating_ids.filtered(
            lambda one: one.focus_id == self.other
        )

    def test_it_is_a_line_to_rate_by_its_own_name(self):
        self.assessment._take("start")
        self.assertEqual(self._get_own().display_name, NAME)
        names = [self.listed.name, NAME]
        self.assertEqual(self.assessment._get_unrated_names(), names)
        self.assertRefused(self.assessment.action_complete, NAME)
        self.assessment.focus_rating_ids.level_id = self.scale.level_ids[1]
        self.assertFalse(self.assessment._get_unrated_names())

    def test_it_alone_is_enough_to_go_by(self):
        alone = self._create_assessment(approach="focus", focus_other=NAME)
        alone._take("start")
        self.assertEqual(alone.focus_rating_ids.focus_name, NAME)

    def test_chosen_from_the_list_and_named_it_is_one(self):
        self.assessment.focus_ids = self.listed | self.other
        self.assertEqual(self.assessment._get_focuses(), self.listed | self.other)
        self.assessment.focus_other = False
        self.assessment._take("start")
        self.assertEqual(self._get_own().display_name, self.other.name)

    def test_by_area_it_is_no_line(self):
        self.assessment.approach = "area"
        self.assertFalse(self.assessment._get_focuses())

    def test_each_group_rates_it_in_the_grid(self):
        self.assessment._take("start")
        grid = self.env["dupq.assessment.grid"].with_user(self.user_manager)
        rows = grid.get_grid(self.assessment.id)["sections"][-1]["rows"]
        self.assertEqual([row["text"] for row in rows], [self.listed.name, NAME])
        low, _middle, high = self.scale.level_ids.ids
        for group, level in ((self.people, low), (self.managers, high)):
            grid.save_cell(
                self.assessment.id,
                rows[1]["key"],
                group.id,
                {"level_id": level, "number": 6},
            )
        (gap,) = self.assessment._get_gaps()
        self.assertEqual((gap["name"], gap["gap"]), (NAME, 1.0))

    def test_report_has_a_part_for_it(self):
        self.assessment._take("start")
        self.assessment.action_open_report()
        part = self.assessment.section_ids.filtered("focus_id")[-1]
        self.assertEqual((part.focus_id, part.name), (self.other, NAME))

    def test_two_years_are_compared_only_under_one_name(self):
        self.assessment._take("start")
        again = self._create_focused(f" {NAME.upper()} ")
        renamed = self._create_focused("How we say goodbye")
        (again | renamed)._take("start")
        last = self._get_own()
        last.level_id = self.scale.level_ids[0]
        for one in (again, renamed):
            self._get_own(one).level_id = self.scale.level_ids[1]
        rows = comparison.compare(self.env, last, self._get_own(again))
        self.assertEqual([row["change"] for row in rows], ["better"])
        rows = comparison.compare(self.env, last, self._get_own(renamed))
        self.assertEqual([row["change"] for row in rows], ["open", "new"])
