import base64
import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .editions_common import EditionsCommon

WORDS = "Nobody asks me about Saturday xylophones."
SHORT = "Ask me about Saturdays."
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestTakenBack(EditionsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._fill(cls._create_assessment())
        cls.voice = cls.assessment.voice_ids[0]
        cls.voice.write({"words": WORDS, "short_words": SHORT})
        cls._keep_picture(cls.voice)
        cls.assessment._take("complete")
        cls.assessment._take("publish")
        cls.publication = cls.assessment.publication_ids
        cls.block = cls.publication.block_ids.filtered(lambda b: b.kind == "quote")
        cls.seal = cls.publication.seal
        cls.paths = cls._get_paths()

    @classmethod
    def _keep_picture(cls, voice):
        voice.attachment_ids = cls.env["ir.attachment"].create(
            {
                "name": "saturday.png",
                "raw": base64.b64decode(PNG),
                "mimetype": "image/png",
                "res_model": voice._name,
                "res_id": voice.id,
            }
        )

    # === WHAT STANDS EVERYWHERE, AND THEN NOWHERE === #

    def test_words_leave_every_edition_and_the_seal_still_holds(self):
        for name, path in self.paths.items():
            self.assertIn(WORDS, self._read(path), name)
        self._make_editions()
        for kind in ("report", "easy_read"):
            self.assertIn(WORDS, self._read_pdf(kind))
        self._take_back(self.user_quality)
        for name, path in self.paths.items():
            text = self._read(path)
            self.assertNotIn(WORDS, text, name)
            self.assertIn("back", text, f"{name}: a tombstone stands")
        for kind in ("report", "easy_read"):
            edition = self.publication._get_edition(kind)
            self.assertFalse(edition._get_files(), "the old file went at once")
        self._make_editions()
        for kind in ("report", "easy_read"):
            self.assertNotIn(WORDS, self._read_pdf(kind))
        self.assertEqual(self.publication.seal, self.seal)
        self.assertTrue(self.publication.is_genuine)

    def test_short_words_stand_before_their_own_and_go_with_them(self):
        """In Easy Read only; nobody's own words are changed or left out for them."""
        self._make_editions()
        for text in (self._read(self.paths["easy read"]), self._read_pdf("easy_read")):
            self.assertIn("We did not change them.", text)
            self.assertLess(text.index(SHORT), text.index(WORDS))
        self.assertNotIn(SHORT, self._read(self.paths["page"]))
        self.assertIn(SHORT, self._read(self.paths["data"]))
        self._take_back(self.user_quality)
        for name, text in self._read_everything().items():
            self.assertNotIn(SHORT, text, name)

    def test_no_table_holds_the_words_but_the_voice_itself(self):
        self._make_editions()
        self.assertIn("dupq_publication_block", self._tables_with(WORDS))
        self._take_back(self.user_quality)
        self.assertEqual(self._tables_with(WORDS), {self.voice._table})

    def test_tombstone_is_dated_and_says_nothing_of_the_words(self):
        digest = self.block.digest
        self._take_back(self.user_quality)
        self.assertRecordValues(
            self.block,
            [
                {
                    "data": False,
                    "salt": False,
                    "digest": digest,
                    "erased_on": self.today,
                    "source_model": False,
                    "source_id": 0,
                    "kind": "quote",
                }
            ],
        )

    def test_files_go_with_the_words(self):
        address = f"{self.publication.url}/1/media/{self.block.sequence}/1"
        self.assertEqual(self.url_open(address).status_code, 200)
        self._take_back(self.user_quality)
        self.assertEqual(self.url_open(address).status_code, 404)
        self.assertFalse(
            self.env["ir.attachment"].search(
                [("res_model", "=", self.block._name), ("res_id", "=", self.block.id)]
            )
        )

    def test_it_is_noted_without_the_words(self):
        before = self.env["dupq.erasure"].search_count([])
        self._take_back(self.user_quality, reason="mistake")
        noted = self.env["dupq.erasure"].search([], limit=1)
        self.assertEqual(self.env["dupq.erasure"].search_count([]), before + 1)
        self.assertRecordValues(
            noted,
            [
                {
                    "kind": "record",
                    "reason": "mistake",
                    "user_id": self.user_quality.id,
                    "record_count": 1,
                    "field_count": 1,
                    "file_count": 1,
                }
            ],
        )
        said = " ".join(self.assessment.message_ids.mapped("body"))
        self.assertIn("taken back", said)
        self.assertNotIn("xylophones", said)

    def test_all_versions_are_reached(self):
        self.assessment._take("correct", reason="A mistake")
        self.assessment.change_note = "We had forgotten the nights."
        self.assessment._take("complete")
        self.assessment._take("publish")
        self._take_back(self.user_quality)
        versions = self.assessment.publication_ids
        self.assertEqual(len(versions), 2)
        self.assertEqual(self._tables_with(WORDS), {self.voice._table})
        for version in versions:
            self.assertTrue(version.is_genuine)

    def test_withdrawing_consent_takes_back_whoever_writes_it_down(self):
        voice = self.voice.with_user(self.user_manager)
        voice.action_withdraw_consent()
        self.assertEqual(self.block.erased_on, self.today)
        self.assertNotIn(WORDS, self._read(self.publication.url))
        note = self.assessment.message_ids[:1]
        self.assertIn("taken back", note.body)
        self.assertEqual(note.author_id, self.env.ref("base.partner_root"), "nobody's")

    def test_what_has_the_same_number_elsewhere_stays(self):
        model = self.env["dupq.publication"]
        self.assertEqual(model._find_blocks(self.voice), self.block)
        same = self.env["dupq.assessment.barrier"].browse(self.voice.id)
        self.assertFalse(model._find_blocks(same))

    def test_the_words_of_others_stay(self):
        self.assessment._take("correct", reason="Somebody was forgotten.")
        other = self.voice.copy({"words": "I choose my own curtains."})
        self.assessment.change_note = "Somebody was forgotten."
        self.assessment._take("complete")
        self.assessment._take("publish")
        self._take_back(self.user_quality)
        quotes = self.assessment.publication_ids.block_ids.filtered(
            lambda block: block.kind == "quote"
        )
        self.assertEqual(len(quotes), 3)
        kept = quotes.filtered(lambda block: not block.erased_on)
        self.assertEqual(kept.mapped("source_id"), other.ids)
        notes = self.assessment.message_ids.mapped("body")
        for version in (1, 2):
            said = f"1 parts of version {version} were taken back"
            self.assertEqual(len([one for one in notes if said in one]), 1)

    def test_what_goes_together_stands_nowhere_else(self):
        self.assessment._take("correct", reason="Somebody was forgotten.")
        self.voice.copy({"words": WORDS})
        self.assessment.change_note = "Somebody was forgotten."
        self.assessment._take("complete")
        self.assessment._take("publish")
        newest = self.assessment.publication_ids.sorted("version")[-1:].block_ids
        both = newest.filtered(lambda block: block.kind == "quote")
        self.assertEqual(len(both), 2)
        self.assertEqual(self.publication._find_repeats(both[:1]), both[:1])
        self.assertFalse(self.publication._find_repeats(both))

    def test_taking_back_twice_changes_nothing(self):
        self._take_back(self.user_quality)
        count = self.env["dupq.erasure"].search_count([])
        self.assertFalse(self._take_back(self.user_quality))
        self.assertEqual(self.env["dupq.erasure"].search_count([]), count)

    def test_lead_is_told_where_the_words_stand_once_more(self):
        self.assessment._take("correct", reason="A mistake")
        self.assessment.write(
            {"outcome": f"One said: {WORDS}", "change_note": "Said more clearly."}
        )
        self.assessment._take("complete")
        self.assessment._take("publish")
        self._take_back(self.user_quality)
        told = self.assessment.activity_ids.filtered(lambda a: "took back" in a.summary)
        self.assertEqual(len(told), 1)
        self.assertEqual(told.user_id, self.user_manager)

    def test_erasing_a_person_reaches_their_voice_and_what_was_published_of_it(self):
        person = self.env["dupq.person"].create(
            {
                "preferred_name": "Robin",
                "user_id": self.user_portal.id,
                "stay_ids": [
                    Command.create(
                        {"service_id": self.service.id, "date_from": self.today}
                    )
                ],
            }
        )
        participant = self.voice.assessment_id.participant_ids[0]
        # As it stands after a year: completed, published, and somebody asks.
        self.env.cr.execute(
            SQL(
                "UPDATE dupq_assessment_participant SET partner_id = %s, planned = 1,"
                " actual = 1 WHERE id = %s",
                self.user_portal.partner_id.id,
                participant.id,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE dupq_voice SET participant_id = %s WHERE id = %s",
                participant.id,
                self.voice.id,
            )
        )
        self.env.invalidate_all()
        person.with_user(self.user_administrator)._erase("asked")
        self.env.invalidate_all()
        self.assertEqual(self._tables_with(WORDS), set())
        self.assertFalse(self.voice.words)
        self.assertEqual(self.block.erased_on, self.today)
        self.assertTrue(self.publication.is_genuine)
        self.assertNotIn(WORDS, self._read(self.publication.url))

    # === WHO MAY === #

    def test_only_a_quality_lead_takes_back_by_role(self):
        for role, user in self._get_roles().items():
            if role in ("quality", "admin"):
                continue
            with self.subTest(role), self.assertRaises(AccessError):
                self._take_back(user)
        self.assertTrue(self._take_back(self.user_administrator))

    def test_a_quality_lead_of_another_company_does_not(self):
        company = self.env["res.company"].create({"name": "Another provider"})
        user = self._create_user(
            "elsewhere", "quality_lead", company_id=company.id, company_ids=company.ids
        )
        with self.assertRaises(AccessError):
            self._take_back(user)

    def test_no_other_door_opens(self):
        for name, value in (
            ("erased_on", self.today),
            ("salt", False),
            ("source_id", 0),
        ):
            with self.subTest(name):
                self.assertRefused(
                    self.block.sudo().write, "stays as it is", {name: value}
                )
        for file in self.env["ir.attachment"].search(
            [("res_model", "=", self.block._name), ("res_id", "=", self.block.id)]
        ):
            with self.assertRaises(UserError):
                file.sudo().unlink()
            with self.assertRaises(UserError):
                file.sudo().raw = b"other"

    # === ANYONE CAN CHECK === #

    def test_a_stranger_checks_the_seal_with_the_small_program(self):
        for taken in (0, 1):
            if taken:
                self._take_back(self.user_quality)
            code, out = self._check(self._read(self.paths["data"]))
            self.assertEqual(code, 0, out)
            self.assertIn(f"{taken} taken back", out)
            self.assertIn(self.seal, out)

    def test_the_small_program_sees_what_was_changed(self):
        report = json.loads(self._read(self.paths["data"]))
        report["blocks"][1]["content"]["text"] = "All is rosy."
        code, out = self._check(json.dumps(report))
        self.assertEqual(code, 1)
        self.assertIn("Block 2 (outcome) was changed", out)

    def test_open_data_has_the_shape_it_promises(self):
        self._take_back(self.user_quality)
        report = json.loads(self._read(self.paths["data"]))
        self.assertEqual(report["format"], "dupq-publication/1")
        self.assertEqual(
            set(report),
            {
                "format",
                "name",
                "organisation",
                "version",
                "published_on",
                "language",
                "change_note",
                "page",
                "how_to_check",
                "seal",
                "blocks",
            },
        )
        shapes = {frozenset(block) for block in report["blocks"]}
        self.assertEqual(
            shapes,
            {
                frozenset(("sequence", "kind", "digest", "salt", "content", "files")),
                frozenset(("sequence", "kind", "digest", "taken_back_on")),
            },
        )

    def test_copies_are_asked_again_before_they_are_shown(self):
        self._make_editions()
        for path in (*self.paths.values(), f"{self.publication.url}/pdf"):
            response = self.url_open(path)
            self.assertEqual(response.headers["Cache-Control"], "no-cache", path)

    # === HELPERS === #

    def _take_back(self, user, reason="asked"):
        model = self.env["dupq.publication"].with_user(user)
        # Roles that cannot read voices are refused all the same.
        found = model._take_back(self.voice.with_user(user), reason)
        self.env.flush_all()
        self.env.invalidate_all()
        return found
