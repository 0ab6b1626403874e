from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.convert import convert_file

from .common_code import DupqCodeCommon

DATA = (
    "dupq_service_tag",
    "dupq_stakeholder_group",
    "dupq_information_source",
    "dupq_code_focus",
    "dupq_code_purpose",
    "dupq_code",
    "dupq_code_statement",
    "dupq_code_question",
    "dupq_code_example",
    "dupq_code_publish",
)
MODELS = (
    "dupq.code",
    "dupq.code.area",
    "dupq.code.statement",
    "dupq.code.question",
    "dupq.code.example",
    "dupq.code.wording",
    "dupq.code.focus",
    "dupq.code.purpose",
    "dupq.stakeholder.group",
    "dupq.information.source",
    "dupq.service.tag",
    "dupq.workflow.log",
)


@tagged("post_install", "-at_install")
class TestCodeOwn(DupqCodeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.area = cls.duq.area_ids[0]
        cls.questions = cls.env["dupq.code.question"]
        cls.company_b = cls.env["res.company"].create({"name": "Provider B"})
        cls.user_b = cls._create_user(
            "qualityb",
            "quality_lead",
            company_id=cls.company_b.id,
            company_ids=cls.company_b.ids,
        )

    def _add(self, user):
        values = {"area_id": self.area.id, "text": "Who chose the curtains?"}
        return self.questions.with_user(user).create(values)

    def test_quality_leads_add_questions_to_a_published_edition(self):
        question = self._add(self.user_quality)
        self.assertEqual(question.company_id, self.user_quality.company_id)
        self.assertTrue(question.is_ours)
        self.assertFalse(question.is_frozen)
        question.text = "Who chose the carpet?"
        self.assertEqual(self.duq.question_count, 37, "Counted are the Code's own.")
        question.unlink()

    def test_quality_leads_tell_their_own_stories(self):
        story = (
            self.env["dupq.code.example"]
            .with_user(self.user_quality)
            .create(
                {
                    "area_id": self.area.id,
                    "name": "The band",
                    "text": "They play on Fridays.",
                    "has_consent": True,
                    "is_anonymised": True,
                }
            )
        )
        self.assertTrue(story.is_ours)
        self.assertEqual(self.duq.example_count, 5)

    def test_quality_leads_cannot_add_to_a_draft_what_the_code_says(self):
        with self.assertRaises(AccessError):
            self.questions.with_user(self.user_quality).create(
                {"area_id": self.draft.area_ids.id, "text": "X", "company_id": False}
            )
        with self.assertRaises(AccessError):
            self.draft.question_ids.with_user(self.user_quality).text = "X"

    def test_other_roles_add_nothing(self):
        for user in (self.user_worker, self.user_manager, self.user_board):
            with self.assertRaises(AccessError):
                self._add(user)

    def test_other_companies_do_not_see_what_is_ours(self):
        ours = self._add(self.user_quality)
        theirs = self._add(self.user_b)
        self.assertEqual(theirs.company_id, self.company_b)
        seen = self.questions.with_user(self.user_b).search([])
        self.assertIn(theirs, seen)
        self.assertNotIn(ours, seen)
        self.assertLess(self.duq.question_ids.filtered("is_frozen"), seen)
        with self.assertRaises(AccessError):
            ours.with_user(self.user_b).read(["text"])
        with self.assertRaises(AccessError):
            ours.with_user(self.user_b).text = "X"

    def test_ours_cannot_be_given_to_another_company(self):
        ours = self._add(self.user_quality)
        with self.assertRaises(AccessError):
            ours.company_id = self.company_b
        with self.assertRaises(UserError):
            ours.company_id = False

    def test_a_removed_company_takes_its_questions_along(self):
        theirs = self._add(self.user_b)
        self.env.cr.execute(
            "SELECT confdeltype FROM pg_constraint WHERE conname = %s",
            ["dupq_code_question_company_id_fkey"],
        )
        self.assertEqual(
            self.env.cr.fetchone(), ("c",), "Never orphaned into the Code."
        )
        self.assertTrue(theirs.exists())

    def test_updating_twice_changes_nothing(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        statement = self.duq.statement_ids[0]
        statement.with_context(lang="fr_FR").text = "En français."
        self._add(self.user_quality)
        self.env["dupq.code.wording"].create(
            {"statement_id": statement.id, "lang": "en_US", "text": "As published."}
        )
        group = self.env.ref("dupq_code.dupq_stakeholder_group_finance")
        group.write({"name": "Finance team", "active": False})
        before = self._dump()
        self._update()
        self.assertEqual(self._dump(), before)
        self._update()
        self.assertEqual(self._dump(), before)

    def test_an_update_adds_nothing_after_a_newer_edition(self):
        action = self.duq.action_new_edition()
        edition = self.env["dupq.code"].browse(action["res_id"])
        edition.action_publish()
        edition_before = self.duq.read(["state", "date_valid_to"])
        self._update()
        self.assertEqual(self.duq.read(["state", "date_valid_to"]), edition_before)
        self.assertEqual(edition.state, "active")

    def _update(self):
        """What an update of the module does with its data files."""
        for name in DATA:
            path = f"data/{name}_data.xml"
            convert_file(self.env, "dupq_code", path, {}, mode="update")
        self.env.flush_all()

    def _dump(self):
        """All stored values, translations included, of the models of the Code."""
        self.env.flush_all()
        dump = {}
        for model in MODELS:
            self.env.cr.execute(
                f"SELECT to_jsonb(t) FROM {self.env[model]._table} t ORDER BY id"
            )
            dump[model] = self.env.cr.fetchall()
        return dump
