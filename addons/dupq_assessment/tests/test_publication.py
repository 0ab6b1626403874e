import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.publication_key import PUBLISH_SENTINEL
from .assessment_common import AssessmentCommon

REFUSED = "stays as it is"


@tagged("post_install", "-at_install")
class TestPublication(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment, cls.publication = cls._publish()
        cls.block = cls.publication.block_ids[0]

    def test_snapshot_holds_everything_that_was_said(self):
        self.assertEqual(
            self.publication.block_ids.mapped("kind"),
            [
                "title",
                "outcome",
                "declaration",
                "participation",
                "gaps",
                "area",
                "area",
                "quote",
                "barriers",
                "action",
                "challenge",
            ],
        )
        said = json.dumps(self.publication.block_ids.mapped("data"))
        for words in (
            "Much is good, weekends are not.",
            "I choose who comes on Saturday.",
            "Ask about weekends",
            "Middle",
            self.families.name,
        ):
            self.assertIn(words, said)

    def test_nobody_who_works_on_it_is_named(self):
        said = json.dumps(self.publication.block_ids.mapped("data"))
        for user in (self.user_manager, self.user_quality, self.env.user):
            self.assertNotIn(user.name, said)

    def test_later_changes_do_not_reach_it(self):
        before = self.publication._get_report_values()
        self.service.name = "Another name"
        self.scale.name = "Another scale"
        self.assessment.action_ids.name = "Another promise"
        self.env.invalidate_all()
        after = self.publication._get_report_values()
        for page in (before, after):
            page.pop("progress")
            for action in page["actions"]:
                action.pop("now")
        self.assertEqual(before, after)

    def test_address_stays_when_the_service_is_renamed(self):
        address = self.publication.address
        self.assertEqual(address, "12-orchard-road")
        self.service.name = "The Old Rectory"
        _assessment, second = self._publish()
        self.assertEqual((second.address, second.version), (address, 2))

    def test_two_services_of_one_name_have_two_addresses(self):
        twin = self._create_service(name="12 Orchard Road")
        _assessment, second = self._publish(service_id=twin.id)
        self.assertEqual(second.address, "12-orchard-road-2")

    def test_seal_holds_and_shows_tampering(self):
        self.assertTrue(self.publication.is_genuine)
        # Behind Odoo's back, as someone with the database could.
        self.env.cr.execute(
            "UPDATE dupq_publication_block SET data = %s WHERE id = %s",
            [json.dumps({"text": "All is rosy."}), self.block.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.publication.is_genuine)

    def test_equal_words_have_different_hashes(self):
        model = self.env["dupq.publication.block"]
        first, second = (model._prepare_block(1, "outcome", {"a": 1}) for _n in "ab")
        self.assertNotEqual(first["digest"], second["digest"])

    def test_no_door_leads_to_a_published_report(self):
        values = {"name": "Forged", "address": "forged", "version": 1}
        forged = {"dupq_publish": "object", "dupq_state": True}
        for user in (
            self.env.user,
            self.user_administrator,
            self.env.ref("base.user_root"),
        ):
            publication = self.publication.with_user(user).sudo()
            block = self.block.with_user(user).sudo()
            doors = {
                "write": lambda p=publication: p.write({"name": "Forged"}),
                "write nothing": lambda p=publication: p.write({}),
                "write block": lambda b=block: b.write({"data": {}}),
                "block by its report": lambda p=publication, b=block: p.write(
                    {"block_ids": [Command.update(b.id, {"data": {}})]}
                ),
                "by the assessment": lambda p=publication: p.assessment_id.write(
                    {"publication_ids": [Command.update(p.id, {"name": "Forged"})]}
                ),
                "unlink by the assessment": lambda p=publication: p.assessment_id.write(
                    {"publication_ids": [Command.delete(p.id)]}
                ),
                "loose from the assessment": lambda p=publication: (
                    p.assessment_id.write({"publication_ids": [Command.unlink(p.id)]})
                ),
                "new by the assessment": lambda p=publication: p.assessment_id.write(
                    {"publication_ids": [Command.create(dict(values))]}
                ),
                "unlink": publication.unlink,
                "unlink block": block.unlink,
                "create": lambda p=publication: p.create(dict(values)),
                "create block": lambda b=block: b.create(
                    {"publication_id": self.publication.id, "kind": "x", "sequence": 99}
                ),
                "copy": publication.copy,
                "copy block": block.copy,
                "web_save": lambda p=publication: p.web_save(
                    {"name": "F"}, {"name": {}}
                ),
                "name_create": lambda p=publication: p.name_create("Forged"),
                "guessed context": lambda p=publication: p.with_context(**forged).write(
                    {"name": "Forged"}
                ),
                "default": lambda p=publication: p.with_context(
                    default_name="Forged", **forged
                ).create({"address": "forged"}),
            }
            for name, door in doors.items():
                with self.subTest(f"{user.login}: {name}"):
                    self.assertRefused(door, REFUSED)

    def test_import_does_not_reach_it(self):
        result = self.env["dupq.publication"].load(
            ["name", "address", "version", "date", "lang", "seal"],
            [["Forged", "forged", "1", "2026-01-01", "en_GB", "x"]],
        )
        self.assertFalse(result["ids"])
        self.assertIn(REFUSED, str(result["messages"]))
        ids = [[str(self.publication.id), "Forged"]]
        result = self.env["dupq.publication"].load([".id", "name"], ids)
        self.assertFalse(result["ids"])

    def test_server_action_does_not_reach_it(self):
        field = self.env["ir.model.fields"]._get("dupq.publication", "name")
        action = self.env["ir.actions.server"].create(
            {
                "name": "Forge",
                "model_id": self.env["ir.model"]._get_id("dupq.publication"),
                "state": "object_write",
                "update_path": "name",
                "update_field_id": field.id,
                "value": "Forged",
            }
        )
        run = action.with_context(
            active_model="dupq.publication", active_id=self.publication.id
        ).run
        self.assertRefused(run, REFUSED)

    def test_only_the_engine_holds_the_key(self):
        with self.assertRaises(UserError):
            self.publication.with_context(dupq_publish=object()).write({"name": "x"})
        self.publication.with_context(dupq_publish=PUBLISH_SENTINEL).write(
            {"name": self.publication.name}
        )

    def test_roles_only_read_it(self):
        for role, user in self._get_roles().items():
            for record in (self.publication, self.block):
                with self.subTest(f"{role} {record._name}"):
                    mine = record.with_user(user)
                    for operation in ("write", "create", "unlink"):
                        self.assertFalse(mine.has_access(operation))
                    with self.assertRaises(UserError):
                        mine.write({})
                        mine.unlink()

    def test_salt_is_shown_to_nobody(self):
        with self.assertRaises(AccessError):
            self.block.with_user(self.user_administrator).read(["salt"])

    def test_service_and_assessment_of_a_report_are_kept(self):
        self.assertRefused(self.assessment.unlink, "is kept")
        self.assertBroken(self.service.unlink)

    def test_report_page_is_told_these_values_only(self):
        page = self.publication._get_report_values()
        self.assertEqual(
            set(page),
            {
                "place",
                "organisation",
                "code",
                "edition",
                "scale",
                "levels",
                "date",
                "period_from",
                "period_to",
                "lang",
                "outcome",
                "declaration",
                "participation",
                "parts",
                "areas",
                "quotes_good",
                "quotes_other",
                "quotes_hard",
                "barriers",
                "actions",
                "challenge",
                "progress",
                "versions",
                "taken_back",
                "seen",
                "editions",
                "seal",
                "url",
            },
        )
        self.assertEqual(
            set(page["areas"][0]),
            {
                "reference",
                "name",
                "easy_read",
                "picture",
                "rating",
                "status",
                "status_words",
                "not_applicable",
                "finding",
                "is_begun",
                "quotes",
                "promises",
                "finding_easy_read",
                "barrier",
                "good",
                "bad",
                "evidence_good",
                "evidence_not_yet",
                "seen_by",
                "tag",
                "sequence",
            },
        )
        self.assertEqual(
            set(page["quotes_good"][0]),
            {
                "words",
                "short_words",
                "group",
                "feeling",
                "area",
                "media",
                "is_transcript",
                "sequence",
            },
        )
        self.assertEqual(
            set(page["actions"][0]),
            {"what", "finding", "date_due", "measure", "area", "now", "sequence"},
        )
        self.assertEqual(
            set(page["progress"]),
            {
                "total",
                "done",
                "in_progress",
                "open",
                "dropped",
                "late",
                "since",
                "updated",
                "by_block",
                "impacts",
            },
        )
        self.assertPlain(page)
        self.assertPlain(self.publication._get_easy_read_values())

    def test_live_strip_follows_the_plan(self):
        self.assertEqual(self.publication._get_progress()["done"], 0)
        action = self.assessment.action_ids
        action._record_past("done", "2026-01-01", "test")
        self.env.invalidate_all()
        progress = self.publication._get_progress()
        self.assertEqual((progress["done"], progress["total"]), (1, 1))

    def test_easy_read_has_a_picture_and_short_sentences_of_ours(self):
        page = self.publication._get_easy_read_values()
        for section in page["sections"]:
            for row in section["rows"]:
                self.assertTrue(row["picture"])
                for words in row["words"]:
                    for sentence in words.split(". "):
                        self.assertLessEqual(len(sentence.split()), 15, sentence)

    def test_another_company_does_not_see_it_inside(self):
        company = self.env["res.company"].create({"name": "Another provider"})
        user = self._create_user(
            "elsewhere", "quality_lead", company_id=company.id, company_ids=company.ids
        )
        self.assertFalse(self.publication.with_user(user).has_access("read"))
        self.assertFalse(self.block.with_user(user).has_access("read"))

    def assertPlain(self, value):
        """Only text, numbers and lists of them: never a record."""
        if isinstance(value, dict):
            for part in value.values():
                self.assertPlain(part)
        elif isinstance(value, list):
            for part in value:
                self.assertPlain(part)
        else:
            self.assertIsInstance(value, (str, int, float, bool, type(None)))
