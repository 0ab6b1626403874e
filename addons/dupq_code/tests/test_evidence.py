import base64
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..models.dupq_evidence_frozen import CONTENT_FIELDS
from .common_evidence import EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidence(EvidenceCommon):
    # === LIFE === #

    def test_manager_of_the_service_accepts_and_is_named(self):
        evidence = self._create_evidence(self.user_worker)
        evidence.with_user(self.user_manager).action_accept()
        self.assertEqual(evidence.state, "accepted")
        self.assertEqual(evidence.verified_by_id, self.user_manager)
        self.assertEqual(evidence.verified_date, self.today)
        self.assertTrue(evidence.known_from)
        self.assertFalse(evidence.known_to)

    def test_manager_of_another_service_cannot_accept(self):
        evidence = self._create_evidence(service_id=self.other_service.id)
        with self.assertRaises(AccessError):
            evidence.with_user(self.user_manager).action_accept()
        self._create_member(self.other_service, self.user_manager)
        own = self._create_evidence(self.user_manager, service_id=self.other_service.id)
        self.assertRefused(own.action_accept, "Only a manager of The Beeches")

    def test_support_worker_cannot_accept_own_proposal(self):
        evidence = self._create_evidence(self.user_worker)
        self.assertRefused(evidence.action_accept, "role")
        self.assertEqual(evidence.state, "proposed")

    def test_what_was_seen_tomorrow_cannot_be_accepted(self):
        tomorrow = self.today + timedelta(days=1)
        evidence = self._create_evidence(date_seen=tomorrow)
        self.assertRefused(evidence.action_accept, "future")
        with freeze_time(tomorrow):
            evidence.action_accept()
        self.assertEqual(evidence.state, "accepted")

    def test_evidence_for_nothing_cannot_be_accepted(self):
        evidence = self._create_evidence(statement_ids=[])
        self.assertRefused(evidence.action_accept, "at least one statement")

    def test_without_consent_nothing_is_accepted(self):
        for consent in ("asked", "refused"):
            evidence = self._create_evidence(consent=consent)
            self.assertRefused(evidence.action_accept, "not agreed")
        self._create_accepted(consent="given")

    def test_disputed_evidence_is_restored_or_withdrawn_with_a_reason(self):
        evidence = self._create_accepted().with_user(self.user_manager)
        evidence._take("dispute", reason="The date is wrong.")
        self.assertEqual(evidence.state, "disputed")
        evidence._take("restore", reason="The date is right.")
        self.assertEqual(evidence.state, "accepted")
        self.assertFalse(evidence.known_to)
        evidence._take("withdraw", reason="It was another service.")
        self.assertEqual(evidence.state, "withdrawn")
        self.assertGreaterEqual(evidence.known_to, evidence.known_from)

    def test_list_accepts_what_it_can_and_says_what_not(self):
        ready = self._create_evidence(self.user_worker)
        empty = self._create_evidence(self.user_worker, statement_ids=[])
        both = (ready | empty).with_user(self.user_manager)
        params = both.action_accept_possible()["params"]
        self.assertEqual(ready.state, "accepted")
        self.assertEqual(empty.state, "proposed")
        self.assertEqual(params["type"], "warning")
        self.assertIn("1 accepted", params["message"])
        self.assertIn("at least one statement", params["message"])

    def test_accepting_many_costs_no_more_queries_than_one(self):
        # What Odoo keeps of rights and the like is read once, by the first ones.
        one = min(
            self._count_accept(self._create_evidence().with_user(self.user_manager))
            for _count in range(3)
        )
        many = self.env["dupq.evidence"].concat(
            *(self._create_evidence() for _count in range(50))
        )
        many = many.with_user(self.user_manager)
        self.assertLessEqual(self._count_accept(many), one)

    def _count_accept(self, evidence):
        return self._count_queries(evidence.action_accept, rounds=1)

    # === CORRECTIONS === #

    def test_correction_replaces_the_item_when_it_is_accepted(self):
        old = self._create_accepted(title="Lunch at one")
        old = old.with_user(self.user_manager)
        version = old.browse(old.action_correct()["res_id"])
        self.assertEqual(version.previous_version_id, old)
        self.assertEqual(version.state, "proposed")
        self.assertEqual(old.state, "accepted")
        version.title = "Lunch at two"
        version.action_accept()
        self.assertEqual(old.state, "superseded")
        self.assertEqual(old.title, "Lunch at one")
        self.assertTrue(old.known_to)
        self.assertEqual(version.state, "accepted")

    def test_a_second_correction_opens_the_first(self):
        old = self._create_accepted()
        first = old.action_correct()["res_id"]
        self.assertEqual(old.action_correct()["res_id"], first)

    def test_correction_keeps_a_source_the_manager_may_not_open(self):
        evidence = self._create_evidence(
            self.user_hr,
            res_model="hr.applicant",
            res_id=self.applicant.id,
            source_type="recruitment",
        )
        evidence = evidence.with_user(self.user_manager)
        evidence.action_accept()
        version = evidence.browse(evidence.action_correct()["res_id"])
        self.assertEqual(version.res_id, self.applicant.id)
        self.assertEqual(version.source_type, "recruitment")

    def test_only_accepted_evidence_is_corrected_and_only_by_managers(self):
        proposal = self._create_evidence(self.user_worker)
        self.assertRefused(proposal.action_correct, "was accepted")
        accepted = self._create_accepted()
        with self.assertRaises(AccessError):
            accepted.with_user(self.user_worker).action_correct()

    def test_nothing_is_replaced_without_a_newer_version(self):
        evidence = self._create_accepted()
        self.assertRefused(lambda: evidence._take("supersede"), "newer version")

    def test_confidential_correction_hides_the_earlier_version_too(self):
        old = self._create_accepted()
        self.assertTrue(old.with_user(self.user_board).has_access("read"))
        version = old.browse(old.action_correct()["res_id"])
        version.sensitivity = "confidential"
        version.action_accept()
        self.assertEqual(old.sensitivity, "confidential")
        self.assertFalse(old.with_user(self.user_board).has_access("read"))

    # === FROZEN === #

    def test_no_content_changes_once_accepted_whoever_asks(self):
        evidence = self._create_accepted()
        values = {
            "title": "Other",
            "note": "Other",
            "service_id": self.other_service.id,
            "statement_ids": [Command.link(self.bad.id)],
            "polarity": "not_yet",
            "date_seen": "2024-01-01",
            "perspective_id": self.families.id,
            "sensitivity": "confidential",
            "consent": "given",
            "tag_ids": [Command.clear()],
            "cqc_category": "outcomes",
            "external_url": "https://example.org",
            "attachment_ids": [Command.create({"name": "x"})],
            "source_type": "job",
            "res_model": "hr.job",
            "res_id": self.job.id,
        }
        self.assertEqual(set(values), CONTENT_FIELDS)
        for user in (self.user_manager, self.user_quality, self.user_administrator):
            for name, value in values.items():
                item = evidence.with_user(user)
                self.assertRefused(item.write, "new version", {name: value})
        for name, value in values.items():
            self.assertRefused(evidence.sudo().write, "new version", {name: value})

    def test_no_content_changes_through_another_door(self):
        evidence = self._create_accepted(title="As it was")
        quality = evidence.with_user(self.user_quality)
        earlier = self._create_accepted(service_id=self.other_service.id)
        doors = {
            "web_save": lambda: quality.web_save({"title": "Other"}, {}),
            "parent": lambda: earlier.sudo().write(
                {"next_version_ids": [Command.update(evidence.id, {"title": "Other"})]}
            ),
            "link": lambda: earlier.sudo().write(
                {"next_version_ids": [Command.link(evidence.id)]}
            ),
            "guessed context": lambda: quality.with_context(
                dupq_evidence_own=True, dupq_state=True
            ).write({"title": "Other"}),
        }
        for name, door in doors.items():
            with self.subTest(door=name):
                self.assertRefused(door, "")
                self.env.invalidate_all()
                self.assertEqual(evidence.title, "As it was")
                self.assertFalse(evidence.previous_version_id)

    def test_a_statement_with_evidence_is_not_deleted(self):
        code = self.env["dupq.code"].create(
            {
                "name": "Ours",
                "key": "ours",
                "version": "1",
                "area_ids": [Command.create({"name": "One", "reference": "O1"})],
            }
        )
        area = code.area_ids
        area.statement_ids = [
            Command.create({"reference": f"O1.G{n}", "text": "Yes."}) for n in (1, 2)
        ]
        used, unused = area.statement_ids
        self._create_accepted(statement_ids=used.ids)
        unused.unlink()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            used.unlink()
            self.env.flush_all()

    def test_import_does_not_change_accepted_evidence(self):
        evidence = self._create_accepted(title="As it was")
        [xmlid] = evidence.sudo().export_data(["id"])["datas"]  # codespell:ignore
        model = self.env["dupq.evidence"].with_user(self.user_administrator)
        result = model.load(["id", "title"], [[xmlid[0], "Other"]])
        self.assertFalse(result["ids"])
        self.assertIn("new version", str(result["messages"]))
        self.assertEqual(evidence.title, "As it was")

    def test_files_stay_with_accepted_evidence(self):
        evidence = self._create_evidence()
        file = self.env["ir.attachment"].with_user(self.user_quality)
        file = file.create(
            {"name": "minutes", "raw": b"one", "res_model": evidence._name}
        )
        evidence.attachment_ids = file
        self.assertEqual(file.res_id, evidence.id)
        file.raw = b"two"
        evidence.action_accept()
        three = base64.b64encode(b"three")
        self.assertRefused(file.sudo().write, "kept", {"raw": b"three"})
        self.assertRefused(
            file.sudo().write, "kept", {"datas": three}
        )  # codespell:ignore
        self.assertRefused(file.sudo().write, "kept", {"res_id": 0})
        self.assertRefused(file.sudo().unlink, "kept")
        file.write({"raw": b"two", "mimetype": file.mimetype})
        self.assertEqual(file.raw, b"two")

    def test_nobody_says_what_the_ledger_says_by_itself(self):
        values = {
            "known_from": "2020-01-01 00:00:00",
            "known_to": "2020-01-01 00:00:00",
            "verified_by_id": self.user_board.id,
            "verified_date": "2020-01-01",
            "previous_version_id": self._create_accepted().id,
            "source_gone": True,
            "rule_id": self.env.ref("dupq_code.dupq_evidence_rule_course_done").id,
            "rule_digest": "0" * 32,
            "rule_values": {"date_end": {"date": "2020-01-01"}},
            "ended_by_rule": True,
            "erased_on": "2020-01-01",
        }
        self.assertEqual(set(values), self.env["dupq.evidence"]._get_own_fields())
        evidence = self._create_evidence()
        for name, value in values.items():
            self.assertRefused(evidence.write, "by itself", {name: value})
            self.assertRefused(
                lambda n=name, v=value: self._create_evidence(**{n: v}), "by itself"
            )
            model = evidence.with_context(**{f"default_{name}": value})
            self.assertRefused(
                model.create, "by itself", {"service_id": self.service.id}
            )

    def test_the_authors_delete_their_proposals_and_nobody_more(self):
        self._create_evidence(self.user_worker).unlink()
        self._create_evidence(self.user_hr).unlink()
        proposal = self._create_evidence(self.user_worker)
        for user in (self.user_manager, self.user_quality, self.user_hr):
            with self.assertRaises(AccessError):
                proposal.with_user(user).unlink()
        proposal.with_user(self.user_manager).action_accept()
        for item in (proposal, proposal.with_user(self.user_administrator)):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                item.unlink()
        self.assertRefused(proposal.sudo().unlink, "kept")

    # === WHAT IS SHOWN === #

    def test_the_name_tells_source_day_and_statements_where_there_is_no_title(self):
        evidence = self._create_evidence(date_seen="2025-03-02")
        self.assertEqual(evidence.display_name, "Written by hand, 2 March 2025 (A1.G4)")
        evidence.title = "Tenants chose their staff"
        self.assertEqual(evidence.display_name, "Tenants chose their staff")

    def test_the_header_is_a_sentence(self):
        evidence = self._create_evidence(
            date_seen="2025-03-02", perspective_id=self.families.id
        )
        self.assertEqual(
            evidence.sentence,
            f"{self.families.name} saw this at 12 Orchard Road on 2 March 2025. "
            "It shows: good.",
        )

    def test_a_link_to_a_confidential_item_does_not_show_its_title(self):
        evidence = self._create_evidence(
            title="Broken door", sensitivity="confidential"
        )
        for user, shown in (
            (self.user_board, "Confidential item"),
            (self.user_worker, "Confidential item"),
            (self.user_manager, "Broken door"),
            (self.user_panel, "Broken door"),
        ):
            self.env.invalidate_all()
            self.assertEqual(evidence.with_user(user).sudo().display_name, shown)

    def test_titles_do_not_name_the_people_they_are_about(self):
        for host, title in (
            (self.applicant, "Interview of Quillon"),
            (self.applicant, "abernethy met the tenants"),
            (self.course, "OKONJO learned to listen"),
            (self.skill, "Signing, by Tamsin"),
        ):
            self.assertRefused(
                lambda h=host, t=title: self._create_evidence(
                    self.user_hr, res_model=h._name, res_id=h.id, title=t
                ),
                "without the name",
                error=ValidationError,
            )
        evidence = self._create_evidence(
            self.user_hr,
            res_model="hr.applicant",
            res_id=self.applicant.id,
            title="The tenants asked the questions",
        )
        self.assertRefused(
            evidence.write, "without the name", {"title": "Quillon was asked"}
        )

    def test_a_life_elsewhere_is_known_from_its_own_date(self):
        evidence = self._create_evidence().sudo()
        evidence._record_past("accepted", "2025-01-31", "last year's folder")
        self.assertEqual(evidence.state, "accepted")
        self.assertEqual(evidence.known_from.date(), fields.Date.to_date("2025-01-31"))
        self.assertEqual(evidence.verified_date, fields.Date.to_date("2025-01-31"))

    def test_worker_records_by_form(self):
        with Form(self.env["dupq.evidence"].with_user(self.user_worker)) as form:
            form.title = "Cooked for the street party"
            form.service_id = self.service
            form.statement_ids.add(self.good)
        self.assertEqual(form.record.company_id, self.service.company_id)
        self.assertEqual(form.record.state, "proposed")

    def test_the_two_duties_are_tags(self):
        tags = self.env.ref("dupq_code.dupq_evidence_tag_candour")
        tags |= self.env.ref("dupq_code.dupq_evidence_tag_fit_and_proper")
        evidence = self._create_evidence(self.user_worker, tag_ids=tags.ids)
        found = self.env["dupq.evidence"].search([("tag_ids", "in", tags[0].ids)])
        self.assertIn(evidence, found)
