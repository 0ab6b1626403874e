import csv
import io
import json

from openpyxl import load_workbook

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .assessment_common import AssessmentCommon

RULE = "dupq_assessment.dupq_evidence_rule_voice_"
SECRET = "Sam shouts at me"


@tagged("post_install", "-at_install")
class TestVoiceEvidence(AssessmentCommon):
    """What people say reaches the ledger with no extra typing, and without words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.area = cls.env.ref("dupq_code.dupq_code_area_a2")

    def _switch_on(self, name):
        rule = self.env.ref(f"{RULE}{name}")
        rule.with_user(self.user_administrator).action_switch_on()
        self.env.flush_all()
        rule._run("full", lambda _done: float("inf"))
        return rule

    def _say(self, **values):
        return self.env["dupq.voice"].create(
            {
                "service_id": self.service.id,
                "group_id": self.families.id,
                "area_id": self.area.id,
                "feeling": "not_yet",
                "words": SECRET,
                **values,
            }
        )

    def _get_items(self, rule):
        self.env.flush_all()
        rule._run("changes", lambda _done: float("inf"))
        return self.env["dupq.evidence"].search([("rule_id", "=", rule.id)])

    def test_each_group_area_and_feeling_has_its_rule(self):
        rules = self.env["dupq.evidence.rule"].search(
            [("model", "=", "dupq.voice"), ("state", "!=", "on")]
        )
        self.assertEqual(len(rules), 30)
        self.assertFalse(rules.evidence_ids)

    def test_a_voice_is_evidence_of_its_group(self):
        rule = self._switch_on("families_a2_not_yet")
        voice = self._say()
        for values in (
            {"group_id": self.staff.id},
            {"feeling": "good"},
            {"feeling": False},
            {"area_id": self.env.ref("dupq_code.dupq_code_area_a1").id},
            {"service_id": False},
        ):
            self._say(**values)
        item = self._get_items(rule)
        self.assertEqual(item.res_id, voice.id)
        self.assertEqual(
            (item.perspective_id, item.polarity, item.service_id, item.date_seen),
            (self.families, "not_yet", self.service, self.today),
        )
        self.assertEqual(item.statement_ids.area_id, self.area)
        self.assertEqual(item.state, "proposed")

    def test_neither_words_nor_names_stand_in_the_ledger(self):
        rule = self._switch_on("families_a2_not_yet")
        self._say(partner_id=self.user_portal.partner_id.id)
        item = self._get_items(rule)
        self.env.cr.execute("SELECT * FROM dupq_evidence WHERE id = %s", [item.id])
        row = str(self.env.cr.dictfetchone()) + item.display_name
        for secret in (SECRET, "Sam", self.user_portal.name):
            self.assertNotIn(secret, row)

    def test_what_was_said_without_a_name_is_found_by_a_run_over_changes(self):
        rule = self._switch_on("families_a2_not_yet")
        voice = self.env["dupq.voice"]._say(
            {
                "service_id": self.service.id,
                "group_id": self.families.id,
                "area_id": self.area.id,
                "feeling": "not_yet",
                "words": SECRET,
                "is_anonymous": True,
                "client_key": "a-key",
            }
        )
        self.assertEqual(self._get_items(rule).res_id, voice.id)


@tagged("post_install", "-at_install")
class TestVoiceExport(AssessmentCommon, HttpCase):
    """Words that a spreadsheet would take for a formula are words."""

    FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("http://x","y")')

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_quality.group_ids += cls.env.ref("base.group_allow_export")
        cls.voices = cls.env["dupq.voice"].create(
            [
                {
                    "service_id": cls.service.id,
                    "group_id": cls.families.id,
                    "words": words,
                }
                for words in cls.FORMULAS
            ]
        )

    def _export(self, kind):
        self.authenticate(self.user_quality.login, self.user_quality.login)
        data = {
            "model": "dupq.voice",
            "fields": [{"name": "words", "label": "words", "type": "text"}],
            "ids": self.voices.ids,
            "domain": [],
            "context": {},
            "import_compat": False,
        }
        response = self.url_open(
            f"/web/export/{kind}",
            data={"data": json.dumps(data), "csrf_token": Request.csrf_token(self)},
        )
        response.raise_for_status()
        return response.content

    def test_csv_holds_no_formula(self):
        rows = list(csv.reader(io.StringIO(self._export("csv").decode())))
        words = [row[0] for row in rows[1:]]
        self.assertEqual(len(words), len(self.FORMULAS))
        for cell in words:
            self.assertNotIn(cell[0], "=+-@", cell)

    def test_xlsx_holds_no_formula(self):
        sheet = load_workbook(io.BytesIO(self._export("xlsx"))).active
        cells = [row[0] for row in sheet.iter_rows(min_row=2)]
        self.assertEqual([cell.data_type for cell in cells], ["s"] * len(cells))

    def test_objections_and_notes_hold_no_formula_either(self):
        assessment = self._fill(self._create_assessment())
        session = self.env["dupq.assessment.session"].create(
            {"assessment_id": assessment.id}
        )
        (words, *_more) = self.FORMULAS
        note = session.note_ids.create({"session_id": session.id, "text": words})
        dissent = assessment.dissent_ids.create(
            {
                "rating_id": assessment.summary_ids[:1].id,
                "group_id": self.staff.id,
                "words": words,
            }
        )
        for record, name in ((note, "text"), (dissent, "words")):
            record = record.with_context(import_compat=False)
            self.assertEqual(record.export_data([name])["datas"], [[f"'{words}"]])

    def test_what_is_imported_again_is_as_it_was(self):
        voices = self.voices.with_context(import_compat=True)
        rows = voices.export_data(["words"])["datas"]
        self.assertEqual({row[0] for row in rows}, set(self.FORMULAS))


@tagged("post_install", "-at_install")
class TestQuestionCards(AssessmentCommon):
    """The questions go out on paper, and come back as voices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_assessment()
        cls.question = cls.env["dupq.code.question"].create(
            {
                "area_id": cls.areas[0].id,
                "text": "In which way do you decide?",
                "easy_read": "Do you <b>decide</b>?",
            }
        )

    def test_cards_ask_in_easy_read_with_pictures(self):
        report = self.env["ir.actions.report"].with_user(self.user_worker)
        page, _kind = report._render_qweb_html(
            "dupq_assessment.question_cards", self.assessment.ids
        )
        text = page.decode()
        self.assertIn("Do you &lt;b&gt;decide&lt;/b&gt;?", text)
        self.assertIn(self.service.name, text)
        self.assertIn("May we print what you say here?", text)
        self.assertGreaterEqual(text.count("data:image"), 4)

    def test_cards_are_printed_on_a4(self):
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        pdf, kind = report._render_qweb_pdf(
            "dupq_assessment.question_cards", self.assessment.ids
        )
        self.assertEqual(kind, "pdf")
        self.assertEqual(pdf[:4], b"%PDF")

    def test_what_came_back_is_typed_in_as_a_card(self):
        action = self.assessment.with_user(self.user_manager).action_type_cards()
        voices = self.env["dupq.voice"].with_user(self.user_manager)
        voice = voices.with_context(**action["context"]).create(
            {
                "group_id": self.people.id,
                "question_id": self.question.id,
                "feeling": "not_yet",
                "words": "=1+1",
            }
        )
        self.assertEqual(voice.channel, "card")
        self.assertEqual(voice.assessment_id, self.assessment)
        self.assertEqual(voice.area_id, self.areas[0])
        self.assertIn(voice, self.env["dupq.voice"].search(action["domain"]))
