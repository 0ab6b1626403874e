from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common_evidence import EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidenceCoverage(EvidenceCommon):
    def _get_row(self, user=None, service=None, statement=None):
        self.env.invalidate_all()
        coverage = self.env["dupq.evidence.coverage"]
        return coverage.with_user(user or self.user_quality).search(
            [
                ("service_id", "=", (service or self.service).id),
                ("statement_id", "=", (statement or self.good).id),
            ]
        )

    def test_every_statement_of_the_code_has_a_row_in_every_service(self):
        rows = self.env["dupq.evidence.coverage"].search(
            [
                ("service_id", "=", self.service.id),
                ("code_id", "=", self.env.ref("dupq_code.dupq_code_duq").id),
            ]
        )
        self.assertEqual(len(rows), 51)
        self.assertEqual(set(rows.mapped("coverage")), {"nothing"})
        self.assertEqual(rows.region_id, self.region)
        self.assertEqual(len(set(rows.ids)), 51)

    def test_a_draft_edition_is_not_asked_for(self):
        code = self.env["dupq.code"].create(
            {
                "name": "Ours",
                "key": "ours",
                "version": "1",
                "area_ids": [Command.create({"name": "One", "reference": "O1"})],
            }
        )
        code.area_ids.statement_ids = [
            Command.create({"reference": "O1.G1", "text": "People are heard."})
        ]
        statement = code.statement_ids
        self.assertFalse(self._get_row(statement=statement))
        code.action_publish()
        self.assertTrue(self._get_row(statement=statement))

    def test_words_follow_what_there_is(self):
        self.assertEqual(self._get_row().coverage, "nothing")
        proposal = self._create_evidence()
        self.assertEqual(self._get_row().coverage, "nothing")
        self.assertEqual(self._get_row().waiting_count, 1)
        proposal.action_accept()
        row = self._get_row()
        self.assertEqual(
            (row.coverage, row.good_count, row.waiting_count), ("single", 1, 0)
        )
        self._accept_from(self.job, polarity="not_yet")
        row = self._get_row()
        self.assertEqual(
            (row.coverage, row.good_count, row.not_yet_count), ("fresh", 1, 1)
        )
        self.assertEqual(row.source_count, 2)
        self.assertEqual(row.last_seen, self.today)

    def _accept_from(self, host, **values):
        evidence = self._create_evidence(
            self.user_hr,
            res_model=host._name,
            res_id=host.id,
            source_type=host._dupq_source_type,
            **values,
        )
        evidence.with_user(self.user_quality).action_accept()
        return evidence

    def test_a_year_later_it_is_stale_and_no_longer_counted(self):
        self._create_accepted()
        year = self.today + relativedelta(months=12)
        with freeze_time(year - timedelta(days=1)):
            self.assertEqual(self._get_row().coverage, "single")
        with freeze_time(year):
            row = self._get_row()
            self.assertEqual(row.coverage, "stale")
            self.assertEqual((row.good_count, row.older_count), (0, 1))
            self.assertEqual(row.last_seen, self.today)

    def test_disputed_and_withdrawn_items_do_not_count(self):
        evidence = self._create_accepted()
        evidence._take("dispute", reason="The day is wrong.")
        self.assertEqual(self._get_row().coverage, "nothing")
        evidence._take("restore", reason="It was right.")
        self.assertEqual(self._get_row().good_count, 1)
        evidence._take("withdraw", reason="Twice the same.")
        self.assertEqual(self._get_row().good_count, 0)

    def test_confidential_items_count_for_those_alone_who_may_see_them(self):
        figures = ["good_count", "not_yet_count", "older_count", "waiting_count"]
        figures += ["source_count", "perspective_count", "last_seen", "coverage"]
        before = self._get_row(self.user_board).read(figures)
        self._create_evidence(sensitivity="confidential")
        self._create_accepted(sensitivity="confidential")
        self._create_accepted(
            sensitivity="confidential",
            polarity="not_yet",
            perspective_id=self.families.id,
        )
        self._create_accepted(
            sensitivity="confidential", date_seen=self.today - relativedelta(months=13)
        )
        for user in (self.user_board, self.user_worker):
            row = self._get_row(user)
            self.assertEqual(row.read(figures), before)
            self.assertFalse(self._open(row))
        for user in (self.user_quality, self.user_panel, self.user_manager):
            row = self._get_row(user)
            (found,) = row.read(figures)
            self.assertEqual([found[name] for name in figures[:6]], [1, 1, 1, 1, 1, 1])
            self.assertEqual(len(self._open(row)), 4)

    def test_one_reader_does_not_get_what_was_read_for_another(self):
        """Also in one transaction, where records are kept."""
        self._create_accepted(sensitivity="confidential")
        self.assertEqual(self._get_row(self.user_quality).good_count, 1)
        row = self._get_row(self.user_quality)
        self.assertEqual(row.good_count, 1)
        self.assertEqual(row.with_user(self.user_board).good_count, 0)
        self.assertEqual(row.good_count, 1)

    def _open(self, row, figure=None):
        action = row.with_context(dupq_figure=figure).action_open_items()
        return (
            self.env["dupq.evidence"].with_user(row.env.user).search(action["domain"])
        )

    def test_every_figure_opens_exactly_its_items(self):
        self._create_evidence()
        self._create_accepted()
        self._create_accepted(polarity="not_yet")
        self._create_accepted(date_seen=self.today - relativedelta(months=13))
        self._create_accepted(date_seen=self.today - relativedelta(months=12))
        self._create_accepted(sensitivity="confidential")
        self._create_accepted(statement_ids=self.bad.ids)
        self._create_accepted(service_id=self.other_service.id)
        for user in (self.user_worker, self.user_quality, self.user_board):
            row = self._get_row(user)
            counts = {
                "good": row.good_count,
                "not_yet": row.not_yet_count,
                "older": row.older_count,
                "waiting": row.waiting_count,
            }
            good = 2 if user == self.user_quality else 1
            self.assertEqual(
                counts, {"good": good, "not_yet": 1, "older": 2, "waiting": 1}
            )
            for figure, count in counts.items():
                self.assertEqual(len(self._open(row, figure)), count, figure)
            self.assertEqual(len(self._open(row)), 4 + good)

    def test_rows_of_several_services_open_their_own_items_only(self):
        mine = self._create_accepted()
        other = self._create_accepted(
            service_id=self.other_service.id, statement_ids=self.bad.ids
        )
        self._create_accepted(statement_ids=self.bad.ids)
        rows = self._get_row() | self._get_row(
            service=self.other_service, statement=self.bad
        )
        self.assertEqual(self._open(rows), mine | other)

    def test_each_role_sees_the_rows_the_table_says(self):
        own, other = self._get_row(), self._get_row(service=self.other_service)
        everywhere = dict.fromkeys(("quality", "admin", "board", "panel"), "r")
        self.assertRecordTable(
            {
                own: everywhere | {"worker": "r", "manager": "r"},
                other: everywhere,
            }
        )
        coverage = self.env["dupq.evidence.coverage"].with_user(self.user_worker)
        self.assertEqual(coverage.search([]).service_id, self.service)

    def test_another_company_is_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Another provider"})
        foreign = self._create_service(name="Foreign", company_id=company.id)
        self.assertFalse(self._get_row(service=foreign))
        self.assertTrue(self._get_row(self.env.user, service=foreign))

    def test_a_gap_is_filled_from_its_row(self):
        row = self._get_row(self.user_worker)
        context = row.action_add_evidence()["context"]
        model = self.env["dupq.evidence"].with_user(self.user_worker)
        evidence = model.with_context(**context).create({})
        self.assertEqual(evidence.service_id, self.service)
        self.assertEqual(evidence.statement_ids, self.good)
        self.assertEqual(self._get_row().waiting_count, 1)
        with self.assertRaises(AccessError):
            self._get_row(self.user_board).action_add_evidence()

    def test_a_region_has_a_row_only_where_it_has_evidence(self):
        self.assertFalse(self._get_row(service=self.region))
        self._create_accepted(service_id=self.region.id)
        self.assertEqual(self._get_row(service=self.region).good_count, 1)
        self.assertFalse(self._get_row(service=self.region, statement=self.bad))

    def test_a_deeper_service_is_in_its_nearest_region(self):
        inner = self._create_service(
            name="Inner", kind="region", parent_id=self.region.id
        )
        home = self._create_service(name="Home", parent_id=inner.id)
        team = self._create_service(name="Team", kind="team", parent_id=home.id)
        self.assertEqual(self._get_row(service=team).region_id, inner)
        self.assertFalse(self._get_row(service=self.other_service).region_id)

    def test_a_closed_service_is_not_asked_for(self):
        self.other_service.active = False
        self.assertFalse(self._get_row(service=self.other_service))

    def test_filters_and_groups_of_the_list_work(self):
        self._create_accepted()
        coverage = self.env["dupq.evidence.coverage"].with_user(self.user_manager)
        found = coverage.search(
            [
                ("service_id", "child_of", self.region.id),
                ("service_id.is_mine", "=", True),
                ("area_id", "=", self.good.area_id.id),
                ("coverage", "=", "single"),
            ]
        )
        self.assertEqual(found.statement_id, self.good)
        groups = coverage.formatted_read_group(
            [], ["service_id", "area_id"], ["good_count:sum", "last_seen:max"]
        )
        self.assertEqual(sum(group["good_count:sum"] for group in groups), 1)

    def test_reading_costs_the_same_for_one_row_and_for_all(self):
        for statement in (self.good, self.other_good, self.bad):
            self._create_accepted(statement_ids=statement.ids)
        counts = []
        for limit in (1, 1, None):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            coverage = self.env["dupq.evidence.coverage"].with_user(self.user_quality)
            rows = coverage.search([("service_id", "=", self.service.id)], limit=limit)
            rows.read(["good_count", "coverage", "last_seen"], load=None)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
