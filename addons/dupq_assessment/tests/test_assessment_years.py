from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessmentYears(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.last = cls._fill(
            cls._create_assessment(
                date_from=cls.today - relativedelta(years=2, days=-2),
                date_to=cls.today - relativedelta(years=1, days=-1),
            )
        )
        cls.last.perspective_rating_ids = [
            Command.create(
                {
                    "area_id": cls.areas[0].id,
                    "perspective_id": cls.people.id,
                    "level_id": cls.scale.level_ids[0].id,
                }
            )
        ]

    def _begin_next(self, last=None):
        last = (last or self.last).with_user(self.user_manager)
        return last.browse(last.action_begin_next_year()["res_id"]).sudo()

    def test_next_year_has_the_same_structure_and_the_year_that_follows(self):
        self.last.step_ids.filtered(
            lambda s: s.key == "rate"
        ).owner_id = self.user_worker
        self.last.design_group_ids = self.people
        following = self._begin_next()
        self.assertEqual(following.date_from, self.last.date_to + timedelta(days=1))
        self.assertEqual(
            following.date_to,
            following.date_from + relativedelta(years=1, days=-1),
        )
        self.assertIn(str(following.date_to.year), following.name)
        self.assertEqual(following.scale_id, self.scale)
        self.assertEqual(
            following.participant_ids.group_id, self.last.participant_ids.group_id
        )
        self.assertFalse(any(following.participant_ids.mapped("actual")))
        self.assertFalse(following.voice_ids or following.action_ids)
        self.assertFalse(following.outcome)
        self.assertEqual(following.design_group_ids, self.people)
        rate = following.step_ids.filtered(lambda step: step.key == "rate")
        self.assertEqual((rate.owner_id, rate.state), (self.user_worker, "open"))

    def test_last_years_answers_are_marked_and_missing_until_said_again(self):
        following = self._begin_next()
        following._take("start")
        carried = following.area_rating_ids
        self.assertEqual(len(carried), len(self.last.area_rating_ids))
        self.assertTrue(all(carried.mapped("is_carried")))
        self.assertEqual(following.carried_count, 3)
        following.few_voices_reason = "They come next month."
        self.assertRefused(following.action_complete, "A1, A2")
        first, second = following.summary_ids
        first.with_user(self.user_manager).action_say_again()
        self.assertRefused(following.action_complete, "A2")
        second.with_user(self.user_manager).finding = "It is better now."
        self.assertFalse(second.is_carried)
        following.action_complete()

    def test_one_year_is_begun_once(self):
        self._begin_next()
        self.assertRefused(
            self.last.with_user(self.user_manager).action_begin_next_year,
            "a later one already",
        )

    def test_a_worker_begins_no_year(self):
        with self.assertRaises(UserError):
            self.last.with_user(self.user_worker).action_begin_next_year()

    def test_a_newer_edition_keeps_what_has_the_same_reference(self):
        code = self.code.with_user(self.user_administrator)
        newer = code.browse(code.action_new_edition()["res_id"])
        tomorrow = self.today + timedelta(days=1)
        newer.write({"version": "2", "date_valid_from": tomorrow})
        newer.area_ids[1].reference = "A9"
        newer.action_publish()
        with freeze_time(tomorrow):
            following = self._begin_next()
        self.assertEqual(following.code_id.id, newer.id)
        self.assertEqual(following.area_rating_ids.area_id.mapped("reference"), ["A1"])
        self.assertTrue(all(following.area_rating_ids.mapped("is_carried")))

    def test_comparison_says_what_is_better_on_the_same_scale(self):
        now = self._fill(self._create_assessment())
        now.summary_ids[0].level_id = self.scale.level_ids[2]
        now.summary_ids[1].level_id = self.scale.level_ids[0]
        self.last.action_ids.write({"did_it_work": "yes"})
        found = now.comparison
        self.assertEqual(found["last_id"], self.last.id)
        self.assertEqual(
            [(row["last"], row["now"], row["change"]) for row in found["rows"]],
            [("Middle", "High", "better"), ("Middle", "Low", "worse")],
        )
        self.assertIn("1 actions", found["plan"])
        self.assertIn("better", now.overview)

    def test_what_is_only_carried_is_not_compared(self):
        following = self._begin_next()
        changes = [row["change"] for row in following.comparison["rows"]]
        self.assertEqual(changes, ["open", "open"])

    def test_two_scales_are_not_compared(self):
        other = self.scale.copy({"name": "Other words"})
        now = self._create_assessment(scale_id=other.id)
        found = now.comparison
        self.assertFalse(found["rows"])
        self.assertIn("Two scales are not compared", found["why_not"])
        self.assertFalse(self.last.comparison)

    def test_prompts_follow_kind_and_purposes(self):
        purpose = self.env.ref("dupq_code.dupq_code_purpose_struggling")
        own, theirs = self.env["dupq.assessment.prompt"].create(
            [
                {
                    "key": "act",
                    "text": "Ours",
                    "purpose_id": purpose.id,
                    "company_id": company.id,
                }
                for company in (
                    self.env.company,
                    self.env["res.company"].create({"name": "Another provider"}),
                )
            ]
        )
        plain = self._create_assessment()
        with_purpose = self._create_assessment(
            kind="reprovision", purpose_ids=purpose.ids
        )
        self.assertNotIn("Ours", str(plain.prompts))
        found = [one["text"] for one in with_purpose.prompts["act"]]
        self.assertEqual(found.count(own.text), 1)
        self.assertTrue(theirs)
        reprovision = self.env.ref(
            "dupq_assessment.dupq_assessment_prompt_rate_reprovision"
        )
        rate = [one["text"] for one in with_purpose.prompts["rate"]]
        self.assertIn(reprovision.text, rate)
        self.assertNotIn(reprovision.text, str(plain.prompts))

    def test_each_purpose_of_the_list_changes_the_prompts(self):
        plain = self._create_assessment(kind="yearly")
        before = str(plain.prompts)
        shipped = self.env["ir.model.data"].search(
            [("module", "=", "dupq_code"), ("model", "=", "dupq.code.purpose")]
        )
        purposes = self.env["dupq.code.purpose"].browse(shipped.mapped("res_id"))
        self.assertEqual(len(purposes), 7)
        for purpose in purposes:
            plain.purpose_ids = purpose
            with self.subTest(purpose.name):
                self.assertNotEqual(str(plain.prompts), before)
