from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DupqCommon


@tagged("post_install", "-at_install")
class TestDupqCodeCrosswalk(DupqCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.code = cls._create_edition("ours", 3, "good")
        cls.other = cls._create_edition("theirs", 3, "item")
        cls.first, cls.second, cls.third = cls.code.statement_ids
        cls.item, cls.item_2, cls.item_3 = cls.other.statement_ids
        cls.link = cls._link(cls.first, cls.item, "partly_covers", company_id=False)

    @classmethod
    def _create_edition(cls, key, count, polarity):
        edition = cls.env["dupq.code"].create(
            {"name": key.title(), "key": key, "version": "1"}
        )
        area = cls.env["dupq.code.area"].create(
            {"code_id": edition.id, "reference": "X", "name": "An area"}
        )
        cls.env["dupq.code.statement"].create(
            [
                {
                    "area_id": area.id,
                    "reference": f"X{place}",
                    "sequence": place,
                    "polarity": polarity,
                    "text": f"Something {place}",
                }
                for place in range(count)
            ]
        )
        edition.action_publish()
        return edition

    @classmethod
    def _link(cls, source, target, link_type="supports", **values):
        return cls.env["dupq.code.crosswalk"].create(
            {
                "source_id": source.id,
                "target_id": target.id,
                "link_type": link_type,
                **values,
            }
        )

    def _coverage(self, statement, other):
        return self.env["dupq.code.crosswalk.coverage"].search(
            [("statement_id", "=", statement.id), ("other_code_id", "=", other.id)]
        )

    # === LINKS === #

    def test_link_reads_as_a_sentence(self):
        self.assertEqual(self.link.display_name, "X0 Partly covers X0")

    def test_link_is_seen_from_both_of_its_statements(self):
        for statement in (self.first, self.item):
            with self.subTest(statement=statement.display_name):
                self.assertEqual(statement.crosswalk_count, 1)
                action = statement.action_view_crosswalks()
                found = self.env["dupq.code.crosswalk"].search(action["domain"])
                self.assertEqual(found, self.link)
        self.assertEqual(self.second.crosswalk_count, 0)

    @mute_logger("odoo.sql_db")
    def test_two_statements_are_linked_once_whichever_way_round(self):
        for source, target in ((self.first, self.item), (self.item, self.first)):
            with (
                self.subTest(source=source.code_id.name),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._link(source, target, "related", company_id=False)
        own = self._link(self.first, self.item, "related")
        self.assertTrue(own.company_id, "An organisation may see it otherwise.")

    @mute_logger("odoo.sql_db")
    def test_statement_is_not_linked_to_itself(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._link(self.first, self.second)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._link(self.first, self.first)

    def test_counting_links_costs_the_same_for_1_and_50_statements(self):
        statements = self.env["dupq.code.statement"].search([], limit=50)
        costs = []
        for records in (statements[:1], statements):
            self.env.invalidate_all()
            records.mapped("reference")
            count = self.env.cr.sql_log_count
            records.mapped("crosswalk_count")
            costs.append(self.env.cr.sql_log_count - count)
        self.assertEqual(len(statements), 50)
        self.assertEqual(*costs)

    # === COVERAGE === #

    def test_coverage_is_seen_from_both_frameworks(self):
        for statement, other in ((self.first, self.other), (self.item, self.code)):
            with self.subTest(other=other.name):
                self.assertRecordValues(
                    self._coverage(statement, other),
                    [{"linked_count": 1, "has_link": 1, "strongest": "partly_covers"}],
                )

    def test_item_without_a_link_is_in_the_coverage_too(self):
        self.assertRecordValues(
            self._coverage(self.item_3, self.code),
            [{"linked_count": 0, "has_link": 0, "strongest": "nothing"}],
        )

    def test_coverage_has_a_row_for_every_statement_and_framework(self):
        rows = self.env["dupq.code.crosswalk.coverage"].search(
            [("code_id", "=", self.code.id)]
        )
        others = self.env["dupq.code"].search(
            [("state", "!=", "draft"), ("key", "!=", "ours")]
        )
        self.assertEqual(len(rows), 3 * len(others))
        self.assertEqual(len(set(rows.ids)), len(rows))

    def test_coverage_counts_statements_and_names_the_strongest_link(self):
        self._link(self.second, self.item, "related")
        self._link(self.item, self.third, "covers")
        self._link(self.first, self.item, "related")
        self.assertRecordValues(
            self._coverage(self.item, self.code),
            [{"linked_count": 3, "strongest": "covers"}],
        )

    def test_row_opens_exactly_its_links(self):
        back = self._link(self.item, self.second)
        self._link(self.item_2, self.second)
        action = self._coverage(self.item, self.code).action_open_links()
        found = self.env["dupq.code.crosswalk"].search(action["domain"])
        self.assertEqual(found, self.link | back)

    def test_coverage_leaves_links_of_other_companies_out(self):
        other_company = self.env["res.company"].create({"name": "Another provider"})
        self._link(self.second, self.item_2, company_id=other_company.id)
        row = self._coverage(self.item_2, self.code).with_user(self.user_quality)
        row.invalidate_recordset()
        self.assertEqual(row.linked_count, 0)
        self.assertEqual(self.item_2.with_user(self.user_quality).crosswalk_count, 0)

    def test_shipped_links_join_the_code_and_every_framework(self):
        duq = self.env.ref("dupq_code.dupq_code_duq")
        shipped = self.env["dupq.code.crosswalk"].search(
            [("source_code_id", "=", duq.id), ("company_id", "=", False)]
        )
        self.assertEqual(
            sorted(shipped.target_code_id.mapped("key")), ["cbc", "cqc", "mir", "tlap"]
        )
        self.assertTrue(all(shipped.mapped("provenance")))
        good = duq.statement_ids.filtered(lambda each: each.polarity == "good")
        self.assertEqual(shipped.source_id & good, good)

    def test_coverage_names_what_the_code_does_not_touch(self):
        duq = self.env.ref("dupq_code.dupq_code_duq")
        medicines = self.env.ref("dupq_code.dupq_code_statement_cqc_2023_s8")
        person_centred = self.env.ref("dupq_code.dupq_code_statement_cqc_2023_r1")
        self.assertEqual(self._coverage(medicines, duq).strongest, "nothing")
        self.assertEqual(self._coverage(person_centred, duq).strongest, "partly_covers")

    # === WHO === #

    def test_quality_lead_adds_own_links_and_leaves_the_shipped_ones(self):
        links = self.env["dupq.code.crosswalk"].with_user(self.user_quality)
        own = links.create({"source_id": self.second.id, "target_id": self.item.id})
        self.assertEqual(own.company_id, self.env.company)
        own.note = "Read together in March"
        shipped = self.link.with_user(self.user_quality)
        self.assertRefused(shipped.write, "", {"note": "Mine"}, error=AccessError)
        self.assertRefused(shipped.unlink, "", error=AccessError)
        self.assertRefused(own.write, "", {"company_id": False}, error=AccessError)

    def test_administrator_changes_shipped_links(self):
        self.link.with_user(self.user_administrator).note = "Checked"
        self.assertEqual(self.link.note, "Checked")

    def test_service_manager_reads_links_and_changes_none(self):
        link = self.link.with_user(self.user_manager)
        self.assertEqual(link.link_type, "partly_covers")
        self.assertRefused(link.write, "", {"note": "Mine"}, error=AccessError)
