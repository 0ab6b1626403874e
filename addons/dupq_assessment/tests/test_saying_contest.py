from odoo.tests import tagged

from .saying_common import SayingCommon


@tagged("post_install", "-at_install")
class TestSayingContest(SayingCommon):
    """Whoever takes part without the backend contests a draft rating, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.levels = cls.assessment.scale_id.level_ids
        cls.rating = cls.assessment.summary_ids[0]
        cls.rating.level_id = cls.levels[-1]
        cls.env["dupq.assessment.rating"].create(
            {
                "assessment_id": cls.assessment.id,
                "area_id": cls.rating.area_id.id,
                "perspective_id": cls.people.id,
                "level_id": cls.levels[0].id,
            }
        )

    def _contest(self, rating=None, **answers):
        answers = {"words": "Nobody asked us.", "answer": "not_yet", **answers}
        return self._send(
            "e/contested", rating=str((rating or self.rating).id), **answers
        )

    def _get_dissents(self):
        return self.env["dupq.assessment.dissent"].search(
            [("assessment_id", "=", self.assessment.id)], order="id"
        )

    def test_all_see_how_it_stands_so_far_and_nothing_of_single_groups(self):
        self.assertEqual(self._look("0")["values"]["drafts_number"], 1)
        (draft,) = self._look("0/ratings")["values"]["drafts"]
        self.assertEqual(draft["level"], self.levels[-1].name)
        self.assertEqual(draft["name"], self.rating.area_id.shown_name)
        page = self._look(f"e/contest-{self.rating.id}")
        self.assertEqual(page["template"], "dupq_assessment.saying_contest")
        self.assertEqual(len(page["values"]["answers"]), 3)

    def test_what_was_carried_forward_is_no_draft_until_it_is_said_again(self):
        self.rating.is_carried = True
        self.assertFalse(self._look("0/ratings")["values"]["drafts"])
        self.assertEqual(self._look("0")["values"]["drafts_number"], 0)

    def test_it_is_kept_once_for_the_group_and_without_a_name(self):
        for _time in range(2):
            self.assertEqual(self._contest(), "e/contested")
        dissent = self._get_dissents()
        self.assertRecordValues(
            dissent,
            [
                {
                    "words": "Nobody asked us.",
                    "group_id": self.families.id,
                    "level_said_id": self.levels[-1].id,
                    "level_wanted_id": self.levels[0].id,
                    "is_anonymous": True,
                    "user_id": False,
                    "state": "open",
                }
            ],
        )
        self.assertTrue(self._look("e/contested")["values"]["is_told"])
        dissent.with_user(self.user_quality).write(
            {"answer": "You are right.", "level_agreed_id": self.levels[0].id}
        )
        dissent.with_user(self.user_quality).action_agree()
        self.assertEqual(self.rating.level_id, self.levels[0])

    def test_without_a_reason_it_is_asked_for_and_the_answer_stays(self):
        page = self._contest(words="")
        self.assertEqual(page["values"]["errors"][0]["field"], "words")
        chosen = [one["value"] for one in page["values"]["answers"] if one["checked"]]
        self.assertEqual(chosen, ["not_yet"])
        self.assertFalse(self._get_dissents())

    def test_no_other_rating_is_seen_or_contested(self):
        other = self._create_assessment(service_id=self.other_service.id)
        other._take("start")
        other.summary_ids.level_id = self.levels[0]
        group = self.assessment.perspective_rating_ids
        empty = self.assessment.summary_ids[1]
        for rating in (other.summary_ids[0], group[0], empty):
            self.assertIsNone(self._look(f"0/contest-{rating.id}"))
            self.assertEqual(self._contest(rating, words=""), "e/ratings")
            self.assertTrue(self._contest(rating)["values"]["lost"])
        self.line.area_ids = empty.area_id
        self.assertFalse(self._look("0/ratings")["values"]["drafts"])
        self.assertFalse(self._get_dissents())

    def test_completed_is_still_a_draft_and_published_is_not(self):
        self._fill(self.assessment)._take("complete")
        self.assertTrue(self._look("0/ratings")["values"]["drafts"])
        self.assertEqual(self._contest(), "e/contested")
        dissent = self._get_dissents().with_user(self.user_quality)
        dissent.answer = "We looked again."
        dissent.action_answer()
        self.assessment._take("publish")
        self.assertFalse(self._look("0/ratings")["values"]["drafts"])
        page = self._contest(words="Too late.")
        self.assertEqual(page["template"], "dupq_assessment.saying_drafts")
        self.assertEqual(page["values"]["lost"], "Too late.")
