from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestDissent(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._fill(cls._create_assessment())
        cls.rating = cls.assessment.summary_ids[0]

    def _contest(self, user=None, **values):
        model = self.env["dupq.assessment.dissent"].with_user(user or self.user_worker)
        return model.create(
            {
                "rating_id": self.rating.id,
                "group_id": self.staff.id,
                "level_wanted_id": self.low.id,
                "words": "On Sundays nobody asks them.",
                **values,
            }
        )

    def test_anyone_of_the_service_may_contest_a_draft_rating(self):
        for user in (self.user_worker, self.user_manager, self.user_board):
            with self.subTest(user.login):
                dissent = self._contest(user)
                self.assertEqual(dissent.sudo().user_id, user)
                self.assertEqual(dissent.sudo().level_said_id, self.middle)
                self.assertEqual(dissent.sudo().state, "open")

    def test_who_has_no_part_in_it_does_not_contest(self):
        stranger = self._create_user("stranger", "support_worker")
        for user in (stranger, self.user_hr, self.user_portal, self.user_concerns):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._contest(user)

    def test_without_a_name_nothing_says_who_it_was(self):
        dissent = self._contest(is_anonymous=True)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT * FROM dupq_assessment_dissent WHERE id = %s", dissent.ids
        )
        (row,) = self.env.cr.dictfetchall()
        self.assertFalse({"create_uid", "create_date", "write_uid"} & row.keys())
        self.assertFalse(row["user_id"])
        kept = self.env["dupq.workflow.log"].search(
            [("model", "=", dissent._name), ("res_id", "=", dissent.id)]
        )
        self.assertFalse(kept)
        self.assertFalse(hasattr(row["date"], "hour"))

    def test_nobody_says_it_for_another_or_answers_while_saying_it(self):
        forged = {
            "user_id": self.user_quality.id,
            "date": "2020-01-01",
            "answer": "All is well.",
            "answered_by_id": self.user_manager.id,
            "level_said_id": self.high.id,
        }
        model = self.env["dupq.assessment.dissent"].with_context(
            **{f"default_{name}": value for name, value in forged.items()}
        )
        dissent = self._contest(**forged)
        other = model.with_user(self.user_worker).create(
            {
                "rating_id": self.rating.id,
                "group_id": self.staff.id,
                "words": "No.",
            }
        )
        for one in (dissent, other):
            self.assertEqual(one.sudo().user_id, self.user_worker)
            self.assertEqual(one.sudo().date, self.today)
            self.assertFalse(one.sudo().answer or one.sudo().answered_by_id)
            self.assertEqual(one.sudo().level_said_id, self.middle)

    def test_it_is_said_in_words_and_not_too_many(self):
        for words in (False, " \n ", "x" * 4001):
            with self.subTest(words), self.assertRaises(UserError):
                self._contest(words=words)
        other = self.env.ref("dupq_assessment.dupq_rating_scale_words_level_1")
        with self.assertRaises(ValidationError):
            self._contest(level_wanted_id=other.id)

    def test_it_is_neither_overwritten_nor_deleted_by_anyone(self):
        dissent = self._contest()
        for user in (self.user_manager, self.user_quality, self.user_administrator):
            with self.subTest(user.login):
                mine = dissent.with_user(user)
                self.assertRefused(mine.write, "stays as they said it", {"words": "x"})
                with self.assertRaises(UserError):
                    mine.unlink()
        self.assertRefused(dissent.sudo().write, "stays", {"answered_by_id": 1})
        self.assertRefused(dissent.sudo().unlink, "is kept")
        self.assertRefused(self.rating.sudo().unlink, "has contested")

    def test_the_lead_keeps_the_rating_and_says_why(self):
        dissent = self._contest()
        lead = dissent.with_user(self.user_manager)
        self.assertRefused(lead.action_answer, "Write an answer first")
        lead.answer = "We asked on three Sundays; we will ask again."
        lead.action_answer()
        self.assertEqual(dissent.sudo().state, "answered")
        self.assertEqual(dissent.sudo().answered_by_id, self.user_manager)
        self.assertEqual(self.rating.level_id, self.middle)
        self.assertRefused(lead.write, "has been answered", {"answer": "Rosy"})

    def test_the_lead_agrees_and_the_history_says_because_of_what(self):
        dissent = self._contest()
        lead = dissent.with_user(self.user_manager)
        lead.answer = "You are right."
        self.assertRefused(lead.action_agree, "Choose what the rating becomes")
        lead.level_agreed_id = self.middle
        self.assertRefused(lead.action_agree, "another than it is now")
        lead.level_agreed_id = self.low
        lead.action_agree()
        self.assertEqual(self.rating.level_id, self.low)
        change = self.rating.change_ids
        self.assertEqual(change.dissent_id, dissent.sudo())
        self.assertEqual(
            (change.level_from_id, change.level_to_id), (self.middle, self.low)
        )
        self.rating.level_id = self.high
        self.rating.invalidate_recordset(["change_ids"])
        self.assertFalse(self.rating.change_ids[0].dissent_id)

    def test_a_manager_who_does_not_lead_does_not_answer(self):
        other = self._create_user("deputy", "service_manager")
        self._create_member(self.service, other, role="manager")
        dissent = self._contest()
        dissent.with_user(other).answer = "No."
        self.assertRefused(dissent.with_user(other).action_answer, "who leads")
        dissent.with_user(self.user_quality).action_answer()
        with self.assertRaises(UserError):
            self._contest().with_user(self.user_worker).action_answer()
        with self.assertRaises(AccessError):
            self._contest().with_user(self.user_board).answer = "No."

    def test_what_is_completed_is_a_draft_and_what_is_published_is_not(self):
        self.assessment._take("complete")
        dissent = self._contest().with_user(self.user_manager)
        dissent.write({"answer": "Yes.", "level_agreed_id": self.low.id})
        self.assertRefused(dissent.action_agree, "Take it up again")
        self.assessment._take("publish")
        self.assertRefused(self._contest, "no draft any more")
        dissent.action_answer()

    def test_a_guest_leaves_words_and_a_group_and_nothing_else(self):
        model = self.env["dupq.assessment.dissent"].with_user(
            self.env.ref("base.public_user")
        )
        dissent = model._contest(
            self.rating,
            {
                "words": " I wait an hour. ",
                "group_id": self.families.id,
                "user_id": self.user_quality.id,
                "answer": "x",
                "state": "answered",
            },
        ).sudo()
        self.assertEqual(dissent.words, "I wait an hour.")
        self.assertEqual((dissent.state, dissent.answer), ("open", False))
        self.assertTrue(dissent.is_anonymous)
        self.assertFalse(dissent.user_id)

    def test_the_step_says_what_waits(self):
        self._contest()
        (step,) = [
            one for one in self.assessment._get_steps() if one["key"] == "challenge"
        ]
        self.assertIn("contested: 1", step["said"])
        self.assertIn("wait for an answer: 1", step["missing"][0])
