from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import tagged

from .assessment_common import AssessmentCommon
from .race_common import AssessmentRaceCommon


@tagged("post_install", "-at_install")
class TestRatingGrid(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_under_way()
        cls.statement = cls.areas[0].good_ids
        cls.row = f"statement-{cls.statement.id}"
        cls.grid = cls.env["dupq.assessment.grid"].with_user(cls.user_manager)

    def _save(self, values, seen=None, group=None, grid=None, row=None):
        grid = self.grid if grid is None else grid
        group_id = group.id if group else 0
        answer = grid.save_cell(
            self.assessment.id, row or self.row, group_id, values, seen
        )
        # As at the end of a request: by whoever sent it.
        grid.env.flush_all()
        return answer

    def test_each_area_and_statement_is_a_row_and_each_group_a_column(self):
        self._fill(self.assessment)
        data = self.grid.get_grid(self.assessment.id)
        rows = [row["reference"] for one in data["sections"] for row in one["rows"]]
        self.assertEqual(rows, ["A1", "A1.G1", "A1.B1", "A2", "A2.G1", "A2.B1"])
        groups = [column["id"] for column in data["columns"]]
        self.assertEqual(groups, [0, self.people.id, self.families.id, self.staff.id])
        self.assertNotIn(self.people.id, [one["id"] for one in data["others"]])
        self.assertEqual(
            [one["name"] for one in data["levels"]], ["Low", "Middle", "High"]
        )
        self.assertTrue(data["may_write"])

    def test_a_cell_is_saved_and_saying_it_again_changes_nothing(self):
        first = self._save({"level_id": self.low.id, "number": 4}, group=self.people)
        rating = self.assessment.statement_rating_ids
        self.assertEqual((rating.level_id, rating.number), (self.low, 4))
        self.assertEqual(rating.perspective_id, self.people)
        again = self._save({"level_id": self.low.id, "number": 4}, group=self.people)
        self.assertEqual(again, first)
        self.assertEqual(self.assessment.statement_rating_ids, rating)

    def test_an_empty_cell_stays_empty(self):
        self.assertEqual(self._save({"level_id": False}), {"cell": None})
        self.assertFalse(self.assessment.statement_rating_ids)

    def test_who_has_not_seen_the_change_of_another_is_told_and_writes_nothing(self):
        seen = self._save({"level_id": self.low.id})["cell"]
        quality = self.grid.with_user(self.user_quality)
        self._save({"level_id": self.high.id}, seen=seen, grid=quality)
        self._make_older()
        answer = self._save({"level_id": self.middle.id}, seen=seen)
        self.assertTrue(answer["conflict"])
        self.assertEqual(answer["by"], self.user_quality.name)
        self.assertEqual(answer["cell"]["level_id"], self.high.id)
        self.assertEqual(self.assessment.statement_rating_ids.level_id, self.high)
        mine = self._save({"level_id": self.middle.id}, seen=answer["cell"])
        self.assertFalse(mine.get("conflict"))
        self.assertEqual(self.assessment.statement_rating_ids.level_id, self.middle)

    def test_two_who_begin_one_cell_are_told_as_well(self):
        self._save(
            {"level_id": self.low.id}, grid=self.grid.with_user(self.user_quality)
        )
        answer = self._save({"level_id": self.high.id}, seen=None)
        self.assertTrue(answer["conflict"])

    def test_two_who_change_different_things_of_a_cell_do_not_clash(self):
        seen = self._save({"level_id": self.low.id}, group=self.people)["cell"]
        self._save({"number": 7}, seen=seen, group=self.people)
        self._make_older()
        answer = self._save({"level_id": self.high.id}, seen=seen, group=self.people)
        self.assertFalse(answer.get("conflict"))
        rating = self.assessment.statement_rating_ids
        self.assertEqual((rating.level_id, rating.number), (self.high, 7))

    def test_an_answer_that_got_lost_is_no_clash_with_oneself(self):
        seen = self._save({"level_id": self.low.id})["cell"]
        self._save({"level_id": self.high.id}, seen=seen)
        self._make_older()
        answer = self._save({"level_id": self.high.id}, seen=seen)
        self.assertFalse(answer.get("conflict"))

    def test_what_is_carried_is_said_again_by_choosing_the_same(self):
        cell = self._save({"level_id": self.low.id})["cell"]
        self.assessment.statement_rating_ids.is_carried = True
        answer = self._save({"level_id": self.low.id}, seen=cell)
        self.assertFalse(answer["cell"]["is_carried"])

    def test_after_completion_it_is_refused_in_a_sentence(self):
        self._fill(self.assessment)._take("complete")
        data = self.grid.get_grid(self.assessment.id)
        self.assertFalse(data["may_write"])
        self.assertIn("Take it up again", data["why_not"])
        area = f"area-{self.areas[0].id}"
        for row in (self.row, area):
            self.assertRefused(
                self._save, "Take it up again", {"level_id": self.low.id}, row=row
            )

    def test_who_reads_is_told_and_does_not_rate(self):
        for user in (self.user_worker, self.user_board):
            with self.subTest(user.login):
                grid = self.grid.with_user(user)
                data = grid.get_grid(self.assessment.id)
                self.assertFalse(data["may_write"])
                self.assertTrue(data["may_contest"])
                self.assertIn("You read these ratings", data["why_not"])
                with self.assertRaises(AccessError):
                    self._save({"level_id": self.low.id}, grid=grid)
                with self.assertRaises(AccessError):
                    grid.recognise(self.assessment.id, self.statement.id, True)

    def test_who_has_no_part_in_it_reads_nothing(self):
        stranger = self._create_user("stranger", "service_manager")
        for user in (stranger, self.user_hr, self.user_portal):
            grid = self.grid.with_user(user)
            for call in (
                lambda grid=grid: grid.get_grid(self.assessment.id),
                lambda grid=grid: grid.get_panel(self.assessment.id, self.row),
                lambda grid=grid: grid.get_statements(self.assessment.id),
                lambda grid=grid: grid.get_items(self.assessment.id, self.statement.id),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    call()

    def test_nothing_but_a_cell_of_this_grid_is_saved(self):
        foreign = self.env.ref("dupq_code.dupq_code_statement_a1_g1")
        for row in ("x", "statement-0", "user-1", f"statement-{foreign.id}"):
            with self.subTest(row), self.assertRaises(UserError):
                self._save({"level_id": self.low.id}, row=row)
        for values in ({}, {"finding": "x"}, {"level_id": 1, "assessment_id": 1}):
            with self.subTest(values), self.assertRaises(UserError):
                self._save(values)
        other = self.env.ref("dupq_assessment.dupq_rating_scale_words_level_1")
        with self.assertRaises(UserError):
            self._save({"level_id": other.id})

    def test_rows_of_another_code_are_none_of_this_grid(self):
        other = self.env.ref("dupq_code.dupq_code_area_a1")
        for row in (f"area-{other.id}", f"statement-{other.good_ids[0].id}"):
            calls = (
                lambda row=row: self.grid.get_panel(self.assessment.id, row),
                lambda row=row: self._save({"number": 1}, row=row),
            )
            for call in calls:
                self.assertRefused(call, "no such row", error=AccessError)

    def test_statements_that_resonate_are_counted_beside_the_area(self):
        bad = self.areas[0].bad_ids
        for statement in (self.statement, bad, bad):
            words = self.grid.recognise(self.assessment.id, statement.id, True)
        self.assertEqual(words, "1 of 1 good, 1 of 1 bad")
        words = self.grid.recognise(self.assessment.id, bad.id, False)
        self.assertEqual(words, "1 of 1 good, 0 of 1 bad")
        section = self.grid.get_grid(self.assessment.id)["sections"][0]
        self.assertEqual(section["rows"][0]["words"], words)
        self.assertTrue(section["rows"][1]["is_recognised"])

    def test_beside_a_row_stand_evidence_words_plans_and_objections(self):
        self._fill(self.assessment)
        self.assessment.voice_ids.area_id = self.areas[0]
        self.assessment.action_ids.statement_ids = self.statement
        self._save({"level_id": self.low.id})
        rating = self.assessment.statement_rating_ids
        self.env["dupq.assessment.dissent"].with_user(self.user_worker).create(
            {"rating_id": rating.id, "group_id": self.staff.id, "words": "No."}
        )
        rating.level_id = self.high
        panel = self.grid.get_panel(self.assessment.id, self.row)
        self.assertEqual(panel["evidence"]["state"], "nothing")
        self.assertTrue(panel["voices"][0]["is_of_area"])
        self.assertEqual(panel["actions"][0]["name"], "Ask about weekends")
        self.assertEqual(panel["dissents"][0]["words"], "No.")
        self.assertEqual(
            (panel["changes"][0]["was"], panel["changes"][0]["is"]), ("Low", "High")
        )

    def test_it_costs_the_same_for_many_ratings(self):
        def queries():
            return self._count_queries(lambda: self.grid.get_grid(self.assessment.id))

        self._save({"level_id": self.low.id}, group=self.people)
        few = queries()
        for statement in self.areas.statement_ids:
            for group in (self.people, self.families, self.staff, self.managers):
                self._save(
                    {"level_id": self.high.id},
                    group=group,
                    row=f"statement-{statement.id}",
                    seen=None,
                )
        self.assertLessEqual(queries(), few + 2)

    def _make_older(self):
        """A transaction has one moment: make the cell one of another."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dupq_assessment_rating SET write_date = write_date"
            " + interval '1 second' WHERE assessment_id = %s",
            self.assessment.ids,
        )
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestRatingGridRace(AssessmentRaceCommon):
    """Two begin the same empty cell at once."""

    def _make(self, env):
        assessment = super()._make(env)
        self.level_ids = assessment.scale_id.level_ids.ids
        self.group_id = env["dupq.stakeholder.group"].search([], limit=1).id
        statement = assessment.code_id.area_ids.statement_ids[0]
        self.row = f"statement-{statement.id}"
        return assessment

    def _look(self):
        """A transaction of its own: the grid on a screen, with nothing in this cell."""
        cr, env = self._open()
        grid = env["dupq.assessment.grid"]
        grid.get_grid(self.assessment_id)
        return cr, grid

    def _save(self, grid, level, group_id):
        values = {"level_id": self.level_ids[level]}
        return grid.save_cell(self.assessment_id, self.row, group_id, values)

    def _check_race(self, group_id):
        (first, mine), (second, theirs) = self._look(), self._look()
        self._save(mine, 0, group_id)
        with self._comes_second(first, second, ConcurrencyError):
            self._save(theirs, 1, group_id)
        answer = self._save(theirs, 1, group_id)
        self.assertTrue(answer["conflict"])
        self.assertEqual(answer["cell"]["level_id"], self.level_ids[0])
        ratings = theirs.env["dupq.assessment.rating"].search(
            [
                ("assessment_id", "=", self.assessment_id),
                ("statement_id", "!=", False),
            ]
        )
        self.assertEqual(len(ratings), 1)
        second.rollback()

    def test_two_who_begin_the_cell_of_a_group_make_one_rating(self):
        self._check_race(self.group_id)

    def test_two_who_begin_the_cell_of_all_together_make_one_rating(self):
        self._check_race(0)
