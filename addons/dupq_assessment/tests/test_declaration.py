from odoo.exceptions import UserError
from odoo.tests import tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestDeclaration(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._fill(cls._create_assessment())
        cls.assessment.write(
            {
                "declaration": "We stand behind this.",
                "declared_role": "chair",
                "declaration_signer_id": cls.user_board.id,
            }
        )

    def _sign(self, user=None):
        assessment = self.assessment.with_user(user or self.user_board)
        assessment.action_sign_declaration()
        return self.assessment

    def test_only_the_one_who_is_named_signs(self):
        for role, user in self._get_roles().items():
            if user == self.user_board:
                continue
            with self.subTest(role), self.assertRaises(UserError):
                self._sign(user)
        self.assertFalse(self.assessment.declared_user_id)
        self._sign()
        self.assertRecordValues(
            self.assessment,
            [
                {
                    "declared_user_id": self.user_board.id,
                    "declared_by": self.user_board.name,
                    "date_declared": self.today,
                }
            ],
        )
        self.assertTrue(self.assessment.datetime_signed)

    def test_nobody_else_writes_a_signature(self):
        values = {"declared_user_id": self.user_board.id}
        for user in (
            self.user_quality,
            self.user_administrator,
            self.env.ref("base.user_root"),
        ):
            assessment = self.assessment.with_user(user)
            self.assertRefused(assessment.write, "Only the one who", values)
            self.assertRefused(assessment.sudo().write, "Only the one who", values)
        with self.assertRaises(UserError):
            self._create_assessment(**values)
        defaults = self.env["dupq.assessment"].with_context(
            default_declared_user_id=self.user_board.id
        )
        with self.assertRaises(UserError):
            defaults.create({"service_id": self.service.id})

    def test_what_is_signed_stays_until_the_signature_is_taken_back(self):
        self._sign()
        quality = self.assessment.with_user(self.user_quality)
        for values in (
            {"declaration": "We are the best."},
            {"declared_by": "Somebody else"},
            {"date_declared": "2020-01-01"},
            {"declared_role": "chief_executive"},
            {"declared_user_id": False},
        ):
            self.assertRefused(quality.write, "has signed this declaration", values)
        with self.assertRaises(UserError):
            self.assessment.with_user(self.user_manager).action_take_back_signature()
        quality.action_take_back_signature()
        self.assertFalse(self.assessment.declared_by)
        quality.declaration = "We stand behind this, and behind our plan."

    def test_nobody_signs_twice(self):
        self._sign()
        before = self.assessment.datetime_signed
        self.assertRefused(self._sign, "nothing to sign")
        self.assertEqual(self.assessment.datetime_signed, before)

    def test_nothing_is_signed_that_says_nothing(self):
        self.assessment.declaration = False
        with self.assertRaises(UserError):
            self._sign()

    def test_who_is_to_sign_is_asked_and_the_task_is_done_with_the_signature(self):
        self.assessment.with_user(self.user_manager).action_ask_for_signature()
        self.assertEqual(self.assessment.activity_ids.user_id, self.user_board)
        self._sign()
        self.assertFalse(self.assessment.activity_ids)

    def test_report_says_in_which_way_it_was_declared(self):
        paper = self.env["ir.attachment"].create({"name": "p.pdf", "raw": b"%PDF-"})
        table = [
            ("signed", "with their own login", self._sign),
            (
                "paper",
                "on paper",
                lambda: self.assessment.write(
                    {
                        "declared_by": "The chair",
                        "date_declared": self.today,
                        "declaration_paper_ids": paper.ids,
                    }
                ),
            ),
        ]
        for number, (way, words, declare) in enumerate(table):
            if number:
                self.assessment._take("correct", reason="Recorded from paper")
                self.assessment.action_take_back_signature()
                self.assessment.change_note = "Declared on paper"
            declare()
            self.assessment._take("complete")
            self.assessment._take("publish")
            publication = self.assessment.publication_ids.sorted("version")[-1]
            block = publication.block_ids.filtered(lambda b: b.kind == "declaration")
            self.assertEqual(block.data["way"], way)
            signed = publication._get_report_values()["declaration"]["signed"]
            self.assertIn(words, signed)

    def test_published_report_is_signed_no_more(self):
        self.assessment._take("complete")
        self.assessment._take("publish")
        with self.assertRaises(UserError):
            self._sign()

    def test_missing_declaration_warns_and_only_a_setting_makes_it_needed(self):
        publish = self._get_step("publish")
        self.assertIn("has not declared", " ".join(publish["missing"]))
        self.assessment._take("complete")
        self.env.company.dupq_declaration_required = True
        self.assertRefused(self.assessment.action_publish, "signs the declaration")
        self.env.company.dupq_declaration_required = False
        self.assessment.action_publish()
        self.assertEqual(self.assessment.state, "published")

    def test_signature_opens_what_a_setting_asks_for(self):
        self.env.company.dupq_declaration_required = True
        self._sign()
        self.assessment._take("complete")
        self.assessment.action_publish()
        self.assertEqual(self.assessment.state, "published")

    def test_next_year_begins_without_a_signature(self):
        self._sign()
        copy = self.assessment.copy()
        for name in ("declared_user_id", "datetime_signed", "declared_by"):
            self.assertFalse(copy[name])

    def _get_step(self, key):
        steps = {step["key"]: step for step in self.assessment._get_steps()}
        return steps[key]
