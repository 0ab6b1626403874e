from odoo import Command
from odoo.tests import tagged

from .assessment_common import AssessmentCommon
from .race_common import AssessmentRaceCommon


@tagged("post_install", "-at_install")
class TestAssessmentTogether(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_under_way()
        cls.line = cls.assessment.summary_ids[0]

    def _save(self, user, vals, seen):
        self.assessment.with_user(user).web_save({**vals, "seen": seen}, {})

    def test_two_people_write_different_fields(self):
        self._save(self.user_manager, {"outcome": "Good."}, {"outcome": False})
        self._save(self.user_quality, {"barriers": "Money."}, {"barriers": False})
        self.assertEqual(self.assessment.outcome, "Good.")
        self.assertEqual(self.assessment.barriers, "Money.")

    def test_second_is_told_and_the_words_of_the_first_stay(self):
        self._save(self.user_manager, {"outcome": "Good."}, {"outcome": False})
        self.assertRefused(
            self._save,
            f"{self.user_manager.name} has changed “What we found overall”",
            self.user_quality,
            {"outcome": "Bad."},
            {"outcome": False},
        )
        self.assertEqual(self.assessment.outcome, "Good.")
        self._save(self.user_quality, {"outcome": "Fair."}, {"outcome": "Good."})
        self.assertEqual(self.assessment.outcome, "Fair.")

    def test_the_same_words_twice_disturb_nobody(self):
        for user in (self.user_manager, self.user_quality):
            self._save(user, {"outcome": "Good."}, {"outcome": False})

    def test_the_same_line_of_a_list_is_guarded_too(self):
        def change(user, seen, **values):
            lines = [Command.update(self.line.id, values)]
            seen = {"summary_ids": {str(self.line.id): seen}}
            self._save(user, {"summary_ids": lines}, seen)

        low, middle, _high = self.scale.level_ids
        change(self.user_manager, {"finding": False}, finding="Quiet.")
        change(self.user_quality, {"level_id": False}, level_id=low.id)
        self.assertRefused(
            change,
            "has changed “Rating”",
            self.user_manager,
            {"level_id": False},
            level_id=middle.id,
        )
        self.assertEqual((self.line.finding, self.line.level_id), ("Quiet.", low))


@tagged("post_install", "-at_install")
class TestAssessmentRace(AssessmentRaceCommon):
    def _look(self):
        """A transaction of its own, which has the form on its screen."""
        cr, env = self._open()
        assessment = env["dupq.assessment"].browse(self.assessment_id)
        assessment.read(["outcome", "barriers"])
        return cr, assessment

    def _write(self, assessment, name, words):
        assessment.write({name: words, "seen": {name: False}})
        assessment.flush_recordset()

    def _collide(self, name):
        """The second begins before the first is done, and again once it was."""
        (first, mine), (second, theirs) = self._look(), self._look()
        self._write(mine, "outcome", "Good.")
        with self._comes_second(first, second):
            self._write(theirs, name, "Hard.")
        return self._look()

    def test_different_fields_are_both_kept(self):
        cr, again = self._collide("barriers")
        self._write(again, "barriers", "Hard.")
        self.assertEqual((again.outcome, again.barriers), ("Good.", "Hard."))
        cr.rollback()

    def test_the_same_field_is_not_written_over(self):
        cr, again = self._collide("outcome")
        with self.assertRaisesRegex(Exception, "while you were writing"):
            self._write(again, "outcome", "Hard.")
        self.assertEqual(again.outcome, "Good.")
        cr.rollback()
