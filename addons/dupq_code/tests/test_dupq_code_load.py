import base64
import random
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DupqCommon
from .guide_synthetic import SyntheticGuide
from .guide_variants import ENCODINGS, LAYOUTS, cuts


@tagged("post_install", "-at_install")
class TestDupqCodeLoad(DupqCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dupq.code.wording"].search([]).unlink()
        cls.guide = SyntheticGuide()
        cls.text = cls.guide.layout()
        cls.edition = cls.env.ref("dupq_code.dupq_code_duq")
        # The made-up guide has the shape of the Code, so its items have the same
        # references; only its fingerprints are others.
        cls.startClassPatcher(
            patch.object(
                cls.env.registry["dupq.code.load"],
                "_get_fingerprints",
                lambda self: cls.guide.fingerprints,
            )
        )

    def _load(self, data=None, user=None, **values):
        if data is not None:
            values |= {"file": base64.b64encode(data), "filename": "guide.txt"}
        model = self.env["dupq.code.load"].with_user(user or self.user_administrator)
        return model.create(values)

    def _stored(self):
        """Everything that is kept of wordings, to the last field."""
        wordings = self.env["dupq.code.wording"].search([], order="id")
        return wordings.read(["kind", "lang", "source", "title", "text", "write_date"])

    def assertChangesNothing(self, call):
        before = self._stored()
        call()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._stored(), before)

    def test_preview_counts_every_item_and_stores_nothing(self):
        load = self._load(self.text.encode())
        self.assertChangesNothing(load.action_read)
        self.assertRecordValues(
            load,
            [
                {
                    "step": "compare",
                    "gap": False,
                    # 98 items, and the principles of the 5 areas
                    "exact_count": 103,
                    "changed_count": 0,
                    "missing_count": 0,
                    "extra_count": 0,
                }
            ],
        )
        kinds = load.line_ids.mapped("kind")
        counts = [kinds.count(k) for k in ("area", "good", "bad", "question", "story")]
        self.assertEqual(counts, [5, 30, 21, 37, 5])

    def test_preview_shows_first_what_needs_a_look(self):
        missing, changed = self.guide.texts["A3.G2"], self.guide.texts["A2.Q3"]
        text = self.text.replace(missing, "").replace(changed, changed[:-9] + "zebra?")
        load = self._load(text.encode())
        load.action_read()
        lines = load.line_ids.sorted()[:2]
        self.assertEqual(lines.mapped("reference"), ["A2.Q3", "A3.G2"])
        self.assertEqual(lines.mapped("status"), ["changed", "missing"])
        self.assertEqual(load.exact_count, 101)
        self.assertIn("A2.Q3 is not worded", load.gap)

    def test_accepting_stores_the_official_wording_of_every_item(self):
        self._load(self.text.encode()).action_accept()
        wordings = self.env["dupq.code.wording"].search([("kind", "=", "official")])
        # An area keeps its title and its principle in one wording.
        self.assertEqual(len(wordings), 98)
        self.assertEqual(wordings.code_id, self.edition)
        self.assertEqual(set(wordings.mapped("lang")), {"en_US"})
        self.assertIn("guide.txt, loaded ", wordings[0].source)
        texts = {wording._item().reference: wording.text for wording in wordings}
        texts |= {f"{w.reference}.P": w.text for w in wordings if w.area_id}
        texts |= {w.reference: w.title for w in wordings if w.area_id}
        self.assertEqual(texts, self.guide.texts)

    def test_pasted_text_is_loaded_too(self):
        self._load(pasted=self.text).action_accept()
        wording = self.env["dupq.code.wording"].search([], limit=1)
        self.assertIn("Pasted text", wording.source)

    def test_loading_again_changes_nothing(self):
        self._load(self.text.encode()).action_accept()
        self.env.flush_all()
        again = self._load(ENCODINGS["UTF-16"](self.text))
        self.assertChangesNothing(again.action_accept)
        self.assertEqual(again.stored_count, 0)

    def test_loading_again_mends_a_wording_that_was_changed(self):
        self._load(self.text.encode()).action_accept()
        statement = self.env.ref("dupq_code.dupq_code_statement_a1_g1")
        statement.wording_ids.text = "Something else"
        again = self._load(self.text.encode())
        again.action_accept()
        self.assertEqual(again.stored_count, 1)
        self.assertEqual(statement.wording_ids.text, self.guide.texts["A1.G1"])

    def test_loading_leaves_our_wording_and_own_questions_alone(self):
        area = self.env.ref("dupq_code.dupq_code_area_a1")
        own = self.env["dupq.code.question"].create(
            {
                "area_id": area.id,
                "text": "Is there cake?",
                "company_id": self.env.company.id,
            }
        )
        plain = area.statement_ids.mapped("text")
        self._load(self.text.encode()).action_accept()
        self.assertEqual(area.statement_ids.mapped("text"), plain)
        self.assertEqual(own.text, "Is there cake?")
        self.assertFalse(own.wording_ids)

    # === REFUSED, AND NOTHING CHANGED === #

    def test_guide_cut_off_anywhere_is_stored_whole_or_not_at_all(self):
        for text in cuts(self.text, count=8):
            load = self._load(text.encode())
            load.action_read()
            with self.subTest(length=len(text), gap=load.gap):
                if load.gap:
                    self.assertRefused(load.action_accept, load.gap)
                    self.assertFalse(self._stored())
                else:
                    self.assertEqual(load.exact_count, 103)

    def test_damaged_guides_are_refused_and_change_nothing(self):
        cases = {
            "A1.G4 is missing": self.text.replace(self.guide.texts["A1.G4"], ""),
            "twice": self.text * 2,
            "not the guide": SyntheticGuide(seed=5).layout(),
        }
        for words, text in cases.items():
            load = self._load(text.encode())
            with self.subTest(words=words):
                self.assertChangesNothing(
                    lambda load=load, words=words: self.assertRefused(
                        load.action_accept, words
                    )
                )

    def test_files_that_are_no_text_are_refused_in_words(self):
        for words, data in {
            "PDF": b"%PDF-1.4",
            "not plain text": bytes(range(32)) * 9,
            "empty": b"  ",
        }.items():
            load = self._load(data)
            with self.subTest(words=words):
                self.assertRefused(load.action_read, words)
                self.assertEqual(load.step, "choose")

    def test_file_of_50_mb_is_refused_before_it_is_kept(self):
        loads = self.env["dupq.code.load"].search_count([])
        self.assertRefused(self._load, "50.0 MB", b"a" * 50_000_000)
        self.assertEqual(self.env["dupq.code.load"].search_count([]), loads)

    def test_nothing_chosen_is_said_in_words(self):
        self.assertRefused(self._load(pasted="  ").action_read, "Choose a file")

    def test_edited_preview_cannot_smuggle_a_wording_in(self):
        text = self.text.replace(self.guide.texts["A1.G4"], "")
        load = self._load(text.encode())
        load.action_read()
        line = load.line_ids.filtered(lambda line: line.reference == "A1.G4")
        line.write({"status": "exact", "text": "Forged"})
        load.gap = False
        self.assertRefused(load.action_accept, "A1.G4 is missing")
        self.assertFalse(self._stored())

    def test_variants_store_the_same_wordings(self):
        self._load(self.text.encode()).action_accept()
        self.env.flush_all()
        for name in ("no bullets", "hyphenated", "pages", "ligatures"):
            data = LAYOUTS[name](self.text, random.Random(name)).encode("utf-16")
            with self.subTest(layout=name):
                self.assertChangesNothing(self._load(data).action_accept)

    # === WHO, AND HOW MUCH IT COSTS === #

    def test_only_administrators_load(self):
        for user in (self.user_quality, self.user_manager, self.user_internal):
            with self.subTest(user=user.login):
                self.assertRefused(
                    self._load,
                    "not allowed",
                    pasted=self.text,
                    user=user,
                    error=AccessError,
                )

    def test_right_is_asked_in_the_method_itself(self):
        load = self._load(pasted=self.text)
        for method in ("action_read", "action_accept", "action_show_official"):
            with self.subTest(method=method):
                call = getattr(load.with_user(self.user_quality).sudo(), method)
                self.assertRefused(call, "Only an administrator", error=AccessError)
        self.assertFalse(self._stored())

    def test_afterwards_the_user_may_read_the_official_wording(self):
        load = self._load(self.text.encode())
        load.action_accept()
        self.assertEqual(load.step, "done")
        statement = self.env.ref("dupq_code.dupq_code_statement_a1_g4")
        statement = statement.with_user(self.user_administrator)
        self.assertEqual(statement.shown_text, statement.text)
        load.action_show_official()
        self.assertEqual(self.user_administrator.dupq_wording_kind, "official")
        self.assertEqual(statement.shown_text, self.guide.texts["A1.G4"])
        self.assertFalse(self.user_quality.dupq_wording_kind == "official")

    def test_storing_costs_no_query_per_item(self):
        load = self._load(self.text.encode())
        load.action_read()
        self.env.flush_all()
        count = self.env.cr.sql_log_count
        load.action_accept()
        self.env.flush_all()
        # 98 wordings: far fewer queries than items, whatever hangs on the code by now.
        self.assertLess(self.env.cr.sql_log_count - count, 98 // 2)

    def test_wrong_base64_is_said_in_words(self):
        load = self._load(pasted=self.text)
        load.file = b"abc"
        with self.assertRaises(UserError):
            load.action_read()
