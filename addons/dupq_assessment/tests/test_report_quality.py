from odoo import Command
from odoo.tests import tagged

from ..models.report_record import get_facts, recognises_all
from .report_common import ReportCommon


@tagged("post_install", "-at_install")
class TestReportQuality(ReportCommon):
    """Good reports, good but unusual ones, and bad ones: exactly what they are told."""

    def _bad_checklist(self):
        """One manager ticked off every statement in an afternoon, asking nobody new."""
        manager = self.user_manager
        assessment = self._create_assessment()
        assessment.with_user(manager)._take("start")
        for group, number in ((self.people, 9), (self.families, 9), (self.staff, 9)):
            self._add_people(assessment, group, "meeting", number)
        for rating in assessment.summary_ids.with_user(manager):
            rating.write(
                {
                    "level_id": self.scale.level_ids[2].id,
                    "status": "meeting",
                    "finding": "A good thing of area.",
                    "good_ids": [
                        Command.set(
                            rating.area_id.statement_ids.filtered(
                                lambda one: one.polarity == "good"
                            ).ids
                        )
                    ],
                }
            )
            # As in a request of the manager, who is the one to have written it.
            rating.flush_recordset()
        self._quote(assessment, self.people, "I am content.", "good", user=manager)
        self._quote(assessment, self.families, "Not bad.", "mixed", user=manager)
        self._plan(assessment)
        assessment.outcome = "All is well."
        return assessment

    def _bad_no_quotes(self):
        assessment = self._create_report()
        assessment.voice_ids.write({"is_printed": False})
        return assessment

    def _bad_no_challenge(self):
        assessment = self._create_report()
        self._rate(assessment, status="meeting")
        assessment.barriers = False
        assessment.action_ids.finding = False
        return assessment

    def _bad_managers_only(self):
        assessment = self._create_report()
        senior = self.env.ref("dupq_code.dupq_stakeholder_group_senior_managers")
        assessment.participant_ids.unlink()
        assessment.voice_ids.unlink()
        self._add_people(assessment, self.managers, "meeting", 4)
        self._add_people(assessment, senior, "interview", 3)
        self._quote(assessment, self.managers, "We do well.", "good", days=30)
        self._quote(
            assessment, senior, "Rotas are slow.", "not_yet", user=self.user_manager
        )
        return assessment

    def test_each_report_is_told_what_it_should_be_and_nothing_else(self):
        table = (
            (self._create_report, []),
            (self._good_unusual, []),
            (self._bad_checklist, ["checklist"]),
            (self._bad_no_quotes, ["words"]),
            (self._bad_no_challenge, ["plan"]),
            (self._bad_managers_only, ["who"]),
        )
        for build, keys in table:
            with self.subTest(build.__name__):
                self.assertOpen(build(), keys)

    def test_a_checklist_is_told_each_sign_of_it(self):
        remarks = {one["key"]: one for one in self._bad_checklist()._get_remarks()}
        self.assertEqual(
            remarks["checklist"]["doubts"],
            ["all_met", "echo", "one_hand", "one_occasion", "one_day"],
        )
        self.assertIn("one day", remarks["checklist"]["sentence"])
        self.assertTrue(remarks["checklist"]["why"])

    def test_signs_of_a_checklist_go_one_by_one(self):
        assessment = self._bad_checklist()

        def doubts():
            remarks = assessment._get_remarks()
            return next(one["doubts"] for one in remarks if one["key"] == "checklist")

        assessment.summary_ids[0].with_user(self.user_manager).write(
            {"finding": "Nobody asked the neighbours.", "status": "not_yet"}
        )
        assessment.summary_ids.with_user(self.user_manager).flush_recordset()
        self.assertEqual(doubts(), ["one_hand", "one_occasion", "one_day"])
        self._quote(
            assessment, self.staff, "Too late.", "good", days=9, user=self.user_quality
        )
        self.assertEqual(doubts(), ["one_occasion"])
        self._add_people(assessment, self.staff, "survey", 30)
        self.assertEqual(doubts(), [])

    def test_one_meeting_of_a_household_is_no_checklist(self):
        assessment = self._create_assessment()
        manager = self.user_manager
        assessment.with_user(manager)._take("start")
        for group in self.people + self.families + self.staff:
            self._add_people(assessment, group, "meeting", 3)
        self._rate(assessment, user=manager)
        self._quote(assessment, self.people, "Too cold.", "not_yet", user=manager)
        self._quote(assessment, self.staff, "I like it.", "good", user=manager)
        self._plan(assessment)
        self.assertOpen(assessment, [])

    def test_what_a_program_brought_is_of_nobody_who_is_known(self):
        assessment = self._create_assessment()
        assessment._take("start")
        self._rate(assessment)
        self._quote(assessment, self.people, "I like Fridays.", "good")
        self.assertEqual(get_facts(assessment).hands, 0)
        self._rate(assessment, user=self.user_quality)
        self.assertGreater(get_facts(assessment).hands, 0)

    def test_what_does_not_work_is_critical_and_objections_count_once_answered(self):
        assessment = self._create_report()
        facts = get_facts(assessment)
        self._quote(assessment, self.people, "Nobody rings.", False)
        said = assessment.voice_ids.sorted("id")[-1:]
        self.assertEqual(get_facts(assessment).quotes_critical, facts.quotes_critical)
        said.is_working = "not_working"
        self.assertEqual(
            get_facts(assessment).quotes_critical, facts.quotes_critical + 1
        )
        dissent = assessment.dissent_ids.create(
            {
                "rating_id": assessment.summary_ids[:1].id,
                "group_id": self.staff.id,
                "words": "Not at night.",
            }
        )
        self.assertEqual(get_facts(assessment).challenges, facts.challenges)
        dissent.with_user(self.user_manager).answer = "We will ask again."
        dissent.with_user(self.user_manager).action_answer()
        self.assertEqual(get_facts(assessment).challenges, facts.challenges + 1)

    def test_all_good_is_all_of_it_and_what_does_not_apply_is_not_met(self):
        area = self.env.ref("dupq_code.dupq_code_area_a1")
        whole = self._create_assessment(code_id=area.code_id.id)
        whole._take("start")
        rating = whole.summary_ids.filtered(lambda one: one.area_id == area)
        rating.good_ids = area.good_ids[1:]
        self.assertFalse(recognises_all(rating))
        rating.good_ids = area.good_ids
        self.assertTrue(recognises_all(rating))
        assessment = self._create_report()
        before = get_facts(assessment).areas
        assessment.summary_ids[0].write(
            {"is_not_applicable": True, "not_applicable_reason": "Nobody lives here."}
        )
        self.assertEqual(get_facts(assessment).areas, before - 1)

    def test_a_group_that_was_not_heard_is_named_once(self):
        assessment = self._create_report()
        assessment.participant_ids.filtered(
            lambda one: one.group_id == self.families
        ).unlink()
        self.assertOpen(assessment, ["who"])
        self.assertIn(self.families.name, assessment._get_remarks()[0]["sentence"])

    def test_a_reason_is_kept_and_the_question_stays_open(self):
        assessment = self._bad_no_quotes().with_user(self.user_manager)
        assessment.set_reason(
            "words", "Nobody who lives here uses words; see the film."
        )
        self.assertOpen(assessment, ["words"])
        (remark,) = [one for one in assessment._get_remarks() if one["key"] == "words"]
        self.assertIn("see the film", remark["reason"])
        assessment.set_reason("words", "They draw.")
        self.assertEqual(assessment.remark_ids.reason, "They draw.")
        assessment.set_reason("words", " ")
        self.assertFalse(assessment.remark_ids)

    def test_the_reason_to_go_on_without_a_group_needs_no_second_one(self):
        assessment = self._bad_managers_only()
        assessment.few_voices_reason = "The house has just opened."
        self.assertEqual(
            assessment._get_remarks()[0]["reason"], "The house has just opened."
        )

    def test_no_open_question_stands_in_the_way_of_publishing(self):
        assessment = self._bad_no_quotes()
        assessment._take("complete")
        assessment.with_user(self.user_quality).action_publish()
        self.assertEqual(assessment.state, "published")

    def test_the_step_says_what_is_open_until_there_is_a_reason(self):
        assessment = self._bad_no_challenge()
        step = {one["key"]: one for one in assessment._get_steps()}["report"]
        self.assertTrue([one for one in step["missing"] if "hard" in one])
        assessment.set_reason("plan", "It was our first month.")
        step = {one["key"]: one for one in assessment._get_steps()}["report"]
        self.assertFalse([one for one in step["missing"] if "hard" in one])
