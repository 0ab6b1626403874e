import base64

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_code import DupqCodeCommon

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#. module: dupq_code
#: model:dupq.code.statement,text:dupq_code_test.statement_%(version)s
msgid "A good home."
msgstr "Reworded."
"""


class Rollback(Exception):
    """Undo what a door let through, so that the next one starts afresh."""


@tagged("post_install", "-at_install")
class TestCodeFrozen(DupqCodeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("fr_FR", "en_GB"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.spare = cls._create_code(key="spare", version="spare")
        for model in ("area", "statement", "question", "example"):
            for item in cls.spare[f"{model}_ids"]:
                item.reference = f"Spare {item.reference}"
        cls.env["ir.model.data"].create(
            [
                {
                    "module": "dupq_code_test",
                    "name": f"statement_{code.version}",
                    "model": "dupq.code.statement",
                    "res_id": code.statement_ids[0].id,
                }
                for code in cls.draft | cls.published
            ]
        )

    def test_a_published_edition_is_closed_at_every_door_for_the_superuser(self):
        self.assertDoors(self.published, "refused")

    def test_a_published_edition_is_closed_at_every_door_for_administrators(self):
        self.assertDoors(self.published.with_user(self.user_administrator), "refused")

    def test_a_superseded_edition_is_closed_too(self):
        self.published.action_supersede()
        self.assertDoors(self.published, "refused")

    def test_a_draft_edition_is_open_at_every_door(self):
        self.assertDoors(self.draft.with_user(self.user_administrator), "open")

    def test_translations_stay_open(self):
        statement = self.published.statement_ids[0].with_user(self.user_administrator)
        statement.with_context(lang="fr_FR").text = "Un chez-soi."
        statement.update_field_translations(
            "easy_read", {"fr_FR": "Un logement pour vous."}
        )
        self.assertEqual(statement.with_context(lang="en_US").text, "A good home.")
        self.assertEqual(statement.with_context(lang="fr_FR").text, "Un chez-soi.")

    def test_saving_the_same_again_changes_nothing_and_is_allowed(self):
        statement = self.published.statement_ids[0]
        statement.write({"text": "A good home.", "area_id": statement.area_id.id})
        self.published.write({"date_valid_from": "2020-01-01"})

    def test_without_american_english_another_language_cannot_become_the_source(self):
        for model in ("res.users", "res.partner"):
            everyone = self.env[model].with_context(active_test=False).search([])
            everyone.write({"lang": "en_GB"})
        if "website" in self.env:
            # A language in which a website speaks cannot be switched off.
            british = self.env["res.lang"].search([("code", "=", "en_GB")])
            self.env["website"].search([]).write(
                {"language_ids": british.ids, "default_lang_id": british.id}
            )
        self.env["res.lang"].search([("code", "=", "en_US")]).active = False
        statement = self.published.statement_ids[0].with_context(lang="fr_FR")
        self.assertRefused(statement.write, "published edition", {"text": "Un"})

    def test_dates_and_links_of_a_published_edition_stay_open(self):
        self.published.write(
            {"publisher": "An alliance", "date_valid_to": "2030-01-01"}
        )
        self.assertTrue(self.published.area_ids.is_frozen)

    def assertDoors(self, code, expected):
        """Each door to the edition is open, or refused with nothing changed."""
        for name, door in self._get_doors(code).items():
            with self.subTest(door=name):
                before = self._snapshot(code)
                outcome = self._try(door)
                self.assertIn(expected, outcome)
                self.env.invalidate_all()
                self.assertEqual(self._snapshot(code), before, "Undone or unchanged.")

    def _try(self, door):
        """Go through a door and back: what it did, in a few words."""
        try:
            with self.env.cr.savepoint():
                door()
                self.env.flush_all()
                raise Rollback()
        except UserError as error:
            self.assertIn("published edition", str(error))
            return "refused"
        except Rollback:
            return "open"
        finally:
            self.env.invalidate_all()

    def _snapshot(self, code):
        """All that the edition says, in every language."""
        result = []
        for records in (
            code,
            code.area_ids,
            code.statement_ids,
            code.question_ids,
            code.example_ids,
        ):
            for lang in ("en_US", "en_GB", "fr_FR"):
                localised = records.sudo().with_context(lang=lang)
                result.append(localised.read(list(records._frozen_fields)))
        return result

    def _get_doors(self, code):
        """Every way we know to change what an edition says."""
        area = code.area_ids
        good = code.statement_ids[0]
        question = code.question_ids
        story = code.example_ids
        env = code.env
        spare = self.spare.with_env(env)
        french = {"lang": "fr_FR"}
        new = {"reference": "A1.G9", "text": "New."}
        statements = env["dupq.code.statement"]
        return {
            # Words
            "statement text": lambda: good.write({"text": "X"}),
            "statement by assignment": lambda: setattr(good, "text", "X"),
            "easy read": lambda: good.write({"easy_read": "X"}),
            "area name": lambda: area.write({"name": "X"}),
            "area principle": lambda: area.write({"principle": "X"}),
            "question text": lambda: question.write({"text": "X"}),
            "story": lambda: story.write({"text": "X"}),
            "story title": lambda: story.write({"name": "X"}),
            "code name": lambda: code.write({"name": "X"}),
            "code key": lambda: code.write({"key": "X"}),
            "code version": lambda: code.write({"version": "X"}),
            "code start": lambda: code.write({"date_valid_from": "2019-01-01"}),
            "sudo": lambda: good.sudo().write({"text": "X"}),
            "web save": lambda: good.web_save({"text": "X"}, {"text": {}}),
            # Reference, kind, area, order
            "reference": lambda: good.write({"reference": "X"}),
            "area reference": lambda: area.write({"reference": "X"}),
            "polarity": lambda: good.write({"polarity": "bad"}),
            "order": lambda: good.write({"sequence": 99}),
            "resequence": lambda: good.web_resequence({"sequence": {}}, offset=50),
            "move out": lambda: good.write(
                {"area_id": spare.area_ids.id, "reference": "A1.G7"}
            ),
            "move area out": lambda: area.write(
                {"code_id": spare.id, "reference": "A7"}
            ),
            # Languages
            "british": lambda: good.with_context(lang="en_GB").write({"text": "X"}),
            "emptied in french": lambda: good.with_context(**french).write(
                {"easy_read": False}
            ),
            "translations": lambda: good.update_field_translations(
                "text", {"en_US": "X"}
            ),
            "british translation": lambda: good.update_field_translations(
                "text", {"fr_FR": "Y", "en_GB": "X"}
            ),
            "emptied translation": lambda: good.update_field_translations(
                "easy_read", {"en_US": ""}
            ),
            "all languages": lambda: good.web_override_translations({"text": "X"}),
            "file of terms": lambda: self._import_terms(code),
            # Adding
            "new statement": lambda: statements.create({**new, "area_id": area.id}),
            "new by default": lambda: statements.with_context(
                default_area_id=area.id
            ).create(new),
            "new area": lambda: env["dupq.code.area"].create(
                {"code_id": code.id, "name": "X", "reference": "A9"}
            ),
            "new area by name": lambda: (
                env["dupq.code.area"]
                .with_context(default_code_id=code.id, default_reference="A9")
                .name_create("X")
            ),
            "new question of the Code": lambda: env["dupq.code.question"].create(
                {"area_id": area.id, "text": "X", "company_id": False}
            ),
            "through the area": lambda: area.write(
                {"statement_ids": [Command.create(new)]}
            ),
            "through the code": lambda: code.write(
                {"area_ids": [Command.update(area.id, {"name": "X"})]}
            ),
            "copy of a statement": lambda: good.copy({"reference": "A1.G8"}),
            "copy into": lambda: spare.statement_ids[0].copy(
                {"area_id": area.id, "reference": "A1.G8"}
            ),
            "copy of an area": lambda: area.copy(
                {
                    "reference": "A8",
                    "statement_ids": [],
                    "question_ids": [],
                    "example_ids": [],
                }
            ),
            "move in": lambda: spare.statement_ids[0].write(
                {"area_id": area.id, "reference": "A1.G8"}
            ),
            "move in by link": lambda: area.write(
                {"question_ids": [Command.link(spare.question_ids.id)]}
            ),
            "move area in": lambda: spare.area_ids.write(
                {"code_id": code.id, "reference": "A8"}
            ),
            "ours becomes the Code's": lambda: self._add_own(area).write(
                {"company_id": False}
            ),
            "the Code's becomes ours": lambda: question.write(
                {"company_id": self.env.company.id}
            ),
            "import": lambda: self._load(good, "X"),
            # Taking away
            "delete statement": good.unlink,
            "delete question": question.unlink,
            "delete story": story.unlink,
            "delete area": area.unlink,
            "delete code": lambda: self._delete(code),
            "delete through the area": lambda: area.write(
                {"statement_ids": [Command.delete(good.id)]}
            ),
            "empty the area": lambda: area.write({"question_ids": [Command.clear()]}),
            # Code that an administrator may write
            "server action": lambda: self._run_server_action(good),
        }

    def _add_own(self, area):
        company = self.env.company
        return self.env["dupq.code.question"].create(
            {"area_id": area.id, "text": "Ours?", "company_id": company.id}
        )

    def _delete(self, code):
        self.env["ir.model.data"].search([("module", "=", "dupq_code_test")]).unlink()
        code.unlink()

    def _load(self, statement, text):
        result = statement.load([".id", "text"], [[str(statement.id), text]])
        if not result["ids"]:
            raise UserError(result["messages"][0]["message"])

    def _import_terms(self, code):
        content = PO % {"version": code.sudo().version}
        self.env["base.language.import"].create(
            {
                "name": "English",
                "code": "en_GB",
                "data": base64.b64encode(content.encode()),
                "filename": "en_GB.po",
                "overwrite": True,
            }
        ).import_lang()

    def _run_server_action(self, statement):
        self.env["ir.actions.server"].create(
            {
                "name": "Reword",
                "model_id": self.env["ir.model"]._get_id("dupq.code.statement"),
                "state": "code",
                "code": "record.sudo().write({'text': 'X'})",
            }
        ).with_context(active_model="dupq.code.statement", active_id=statement.id).run()
