from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_evidence import EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidenceMapRows(EvidenceCommon):
    """The map by region and by company: sums that hide no service and no secret."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.area = cls.good.area_id
        # North holds a house and Coast, which holds another two.
        cls.coast = cls._create_service(
            name="Coast", kind="region", parent_id=cls.region.id
        )
        cls.pier, cls.dune = (
            cls._create_service(name=name, parent_id=cls.coast.id)
            for name in ("Pier", "Dune")
        )
        cls.places = cls.service | cls.pier | cls.dune
        # Whatever else is in the database is not in this region.
        cls.inside = {"region_id": cls.region.id}

    def _model(self, user=None):
        self.env.invalidate_all()
        return self.env["dupq.evidence.map"].with_user(user or self.user_quality)

    def _map(self, user=None, rows="regions", **options):
        return self._model(user).get_map({"rows": rows, **options})

    def _rows(self, user=None, rows="regions", **options):
        """{id of the row: the cell of the area}."""
        shown = self._map(user, rows, **options)
        return {
            row["id"]: next(c for c in row["cells"] if c["area_id"] == self.area.id)
            for row in shown["services" if rows == "services" else "groups"]
        }

    def _add_to(self, service, number=1, **values):
        for _number in range(number):
            self._create_accepted(service_id=service.id, **values)

    # === SUMS === #

    def test_a_region_is_all_that_is_below_it_each_item_once(self):
        self._add_to(self.service, 2)
        self._add_to(self.pier, 3, polarity="not_yet")
        both = self.area.statement_ids[:2]
        self._create_accepted(service_id=self.dune.id, statement_ids=both.ids)
        rows = self._rows(**self.inside)
        self.assertEqual(
            {key: (cell["good"], cell["not_yet"]) for key, cell in rows.items()},
            {self.region.id: (3, 3), self.coast.id: (1, 3)},
        )
        totals = {
            kind: self._map(rows=kind, **self.inside)["totals"]
            for kind in ("services", "regions", "companies")
        }
        self.assertEqual(sum(totals["services"]), 6)
        self.assertEqual(totals["regions"], totals["services"])
        self.assertEqual(totals["companies"], totals["services"])

    def test_a_region_is_what_the_map_of_that_region_adds_up_to(self):
        self._add_to(self.service, 2)
        self._add_to(self.pier, 6, sensitivity="confidential")
        self._add_to(self.coast)
        for user in (self.user_quality, self.user_board):
            for region in (self.region, self.coast):
                shown = self._map(user, "services", region_id=region.id)
                cells = self._map(user)["groups"]
                (row,) = [each for each in cells if each["id"] == region.id]
                self.assertEqual(
                    [cell["count"] for cell in row["cells"]], shown["totals"]
                )

    def test_what_is_in_no_region_has_a_row_of_its_own(self):
        self._add_to(self.other_service)
        shown = self._map()
        rest = shown["groups"][-1]
        self.assertEqual((rest["id"], rest["name"]), (0, "Not in a region"))
        self.assertIn(self.other_service.id, rest["service_ids"])
        self.assertFalse(set(rest["service_ids"]) & set(self.places.ids))
        found = self._model().get_items(0, self.area.id, None, {"rows": "regions"})
        self.assertIn(self.other_service.name, [i["service"] for i in found["items"]])

    def test_a_region_has_a_row_of_its_own_only_with_items_of_its_own(self):
        self.assertNotIn(self.coast.id, self._rows(rows="services"))
        self._add_to(self.coast)
        self.assertEqual(self._rows(rows="services")[self.coast.id]["count"], 1)
        self.assertEqual(self._rows()[self.coast.id]["count"], 1)
        # It is no service: it is not asked for what it has not, and not counted.
        self.assertEqual(sum(self._rows()[self.coast.id]["spread"].values()), 2)
        gaps = self._model().get_gaps()
        self.assertNotIn(self.coast.id, [gap["service_id"] for gap in gaps])

    def test_a_region_without_a_service_has_no_row(self):
        empty = self._create_service(name="Empty", kind="region")
        self.assertNotIn(empty.id, self._rows())

    # === NEVER ONLY THE SUM === #

    def test_a_region_shows_how_its_services_are_spread_and_the_lowest(self):
        self._add_to(self.service, 40)
        self._create_accepted(
            service_id=self.service.id,
            source_type="training",
            res_model=self.course._name,
            res_id=self.course.id,
        )
        self._add_to(self.pier)
        cell = self._rows()[self.region.id]
        self.assertEqual(cell["count"], 42)
        self.assertEqual(cell["state"], "nothing")
        self.assertEqual(
            cell["spread"], {"nothing": 1, "stale": 0, "single": 1, "fresh": 1}
        )
        self._add_to(self.dune, date_seen=self.today - timedelta(days=500))
        cell = self._rows()[self.region.id]
        self.assertEqual((cell["state"], cell["gaps"]), ("stale", ["stale"]))
        self.assertEqual(self._rows()[self.coast.id]["spread"]["stale"], 1)

    def test_statements_of_a_region_are_spread_as_well(self):
        self._add_to(self.service)
        rows = self._model().get_statements(
            self.region.id, self.area.id, {"rows": "regions"}
        )
        (row,) = [each for each in rows if each["id"] == self.good.id]
        self.assertEqual((row["count"], row["state"]), (1, "nothing"))
        self.assertEqual((row["spread"]["nothing"], row["spread"]["single"]), (2, 1))

    # === DAYS AND KNOWLEDGE === #

    def test_regions_as_of_a_day_and_as_we_knew_it_then(self):
        with freeze_time(self.today - timedelta(days=30)):
            self._add_to(self.pier, date_seen=self.today - timedelta(days=40))
            item = self.env["dupq.evidence"].search(
                [("service_id", "=", self.pier.id)], limit=1
            )
        with freeze_time(self.today - timedelta(days=10)):
            item.with_user(self.user_quality)._take("withdraw", "A slip")
        for rows in ("regions", "companies"):
            key = {"regions": self.coast, "companies": self.env.company}[rows].id
            for days, today, then in ((35, 0, 0), (20, 0, 1), (5, 0, 0)):
                as_of = str(self.today - timedelta(days=days))
                for mode, count in (("today", today), ("then", then)):
                    with self.subTest(rows=rows, days=days, mode=mode):
                        options = {"as_of": as_of, "mode": mode, **self.inside}
                        cell = self._rows(rows=rows, **options)[key]
                        self.assertEqual(cell["count"], count)
                        found = self._model().get_items(
                            key, self.area.id, None, {"rows": rows, **options}
                        )
                        self.assertEqual(len(found["items"]), count)

    # === ROLE BY ROLE === #

    def test_a_sum_is_what_opens_for_every_role(self):
        self._create_member(self.pier, self.user_manager, role="support_worker")
        self._create_member(self.pier, self.user_worker)
        for service, number in ((self.service, 7), (self.pier, 6), (self.dune, 3)):
            self._add_to(service, number, sensitivity="confidential")
            self._add_to(service, 2)
        # Of the confidential ones: all, those of the managed service and five of
        # Pier's six, five and five of what others are told.
        expected = {
            self.user_quality: (22, 0),
            self.user_panel: (22, 0),
            self.user_manager: (11, 5),
            self.user_board: (6, 10),
            self.user_worker: (4, 10),
        }
        for rows, key in (("regions", self.region), ("companies", self.env.company)):
            options = {"rows": rows, **self.inside}
            for user, (seen, confidential) in expected.items():
                with self.subTest(user.login, rows=rows):
                    cell = self._rows(user, **options)[key.id]
                    self.assertEqual(cell["count"], seen + confidential)
                    for statement in (None, self.good.id):
                        found = self._model(user).get_items(
                            key.id, self.area.id, statement, options
                        )
                        self.assertEqual(len(found["items"]), seen)
                        self.assertEqual(found["confidential"], confidential)
                        listed = self.env["dupq.evidence"].with_user(user)
                        self.assertEqual(listed.search_count(found["domain"]), seen)

    def test_members_see_their_own_services_of_a_region_and_its_name(self):
        self._add_to(self.service)
        self._add_to(self.pier, 4)
        for user in (self.user_manager, self.user_worker):
            with self.subTest(user.login):
                shown = self._map(user)
                (row,) = shown["groups"]
                self.assertEqual((row["id"], row["name"]), (self.region.id, "North"))
                self.assertEqual(row["service_ids"], self.service.ids)
                self.assertEqual(self._rows(user)[self.region.id]["count"], 1)
                self.assertFalse(shown["sees_all"])
                self.assertRefused(
                    self._model(user).get_items,
                    "not yours",
                    self.coast.id,
                    self.area.id,
                    None,
                    {"rows": "regions"},
                    error=AccessError,
                )

    def test_who_has_no_part_in_it_is_refused(self):
        public = self.env.ref("base.public_user")
        for user in (self.user_hr, self.user_internal, self.user_portal, public):
            for rows in ("regions", "companies"):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    self._map(user, rows)
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._model(user).get_advice(self.area.id)

    def test_companies_are_rows_for_those_who_work_in_several(self):
        second = self.env["res.company"].create({"name": "Second provider"})
        far = self._create_service(name="Far", company_id=second.id)
        self.env.user.company_ids |= second
        values = {"service_id": far.id, "statement_ids": self.good.ids}
        self.env["dupq.evidence"].create(values).action_accept()
        self._add_to(self.service, 2)
        self.assertEqual(self._map()["row_kinds"], ["services", "regions"])
        both = self.env.company | second
        user = self._create_user("both", "quality_lead", company_ids=both.ids)
        model = self._model(user).with_context(allowed_company_ids=both.ids)
        shown = model.get_map({"rows": "companies"})
        self.assertEqual(shown["row_kinds"], ["services", "regions", "companies"])
        (row,) = [each for each in shown["groups"] if each["id"] == second.id]
        self.assertEqual((row["name"], row["service_ids"]), (second.name, far.ids))
        self.assertEqual(sum(cell["count"] for cell in row["cells"]), 1)
        self.assertRefused(
            self._model().get_items,
            "not yours",
            second.id,
            self.area.id,
            None,
            {"rows": "companies"},
            error=AccessError,
        )

    # === SECRECY === #

    def test_no_sum_gives_away_what_a_service_does_not_tell(self):
        """Each sum is made of the service rows, on every screen, for every reader."""
        day = self.today - timedelta(days=30)
        screens = (
            {},
            {"as_of": str(self.today - timedelta(days=1))},
            {"perspective_id": self.families.id},
            {"mode": "then"},
        )
        company = self.env.company
        for number in range(1, 19):
            self._add_to(
                (*self.places, self.coast)[number % 4],
                sensitivity="confidential",
                date_seen=day,
                perspective_id=self.families.id,
            )
            for options in screens:
                options = {**options, **self.inside}
                for user in (self.user_board, self.user_worker):
                    services = self._rows(user, "services", **options)
                    told = sum(cell["count"] for cell in services.values())
                    self.assertEqual(told % 5, 0)
                    regions = self._rows(user, **options)
                    self.assertEqual(regions[self.region.id]["count"], told)
                    companies = self._rows(user, "companies", **options)
                    self.assertEqual(companies[company.id]["confidential"], told)
        # Eighteen are there; no service has more than five.
        self.assertEqual(self._rows(self.user_board)[self.region.id]["count"], 10)
        self.assertEqual(self._rows()[self.region.id]["count"], 18)

    def test_less_than_five_in_a_region_itself_give_it_no_row(self):
        self._add_to(self.coast, 4, sensitivity="confidential")
        board = self.user_board
        self.assertNotIn(self.coast.id, self._rows(board, "services"))
        self.assertEqual(self._rows(board)[self.coast.id]["count"], 0)
        self._add_to(self.coast, sensitivity="confidential")
        self.assertEqual(self._rows(board, "services")[self.coast.id]["count"], 5)

    def test_statements_of_a_region_tell_no_more_than_those_of_its_services(self):
        for service, number in ((self.service, 4), (self.pier, 9), (self.dune, 1)):
            self._add_to(service, number, sensitivity="confidential")
        rows = self._model(self.user_board).get_statements(
            self.region.id, self.area.id, {"rows": "regions"}
        )
        self.assertEqual(sum(row["confidential"] for row in rows), 5)

    # === SPEED === #

    def test_more_services_and_regions_cost_no_more_queries(self):
        model = self.env["dupq.evidence.map"].with_user(self.user_quality)
        key, area = self.region.id, self.area.id
        calls = {
            "services": lambda: model.get_map({}),
            "regions": lambda: model.get_map({"rows": "regions"}),
            "companies": lambda: model.get_map({"rows": "companies"}),
            "gaps": lambda: model.get_gaps({}),
            "statements": lambda: model.get_statements(key, area, {"rows": "regions"}),
            "items": lambda: model.get_items(key, area, None, {"rows": "regions"}),
            "advice": lambda: model.get_advice(area),
        }
        self._add_to(self.service)
        few = {name: self._count_queries(call) for name, call in calls.items()}
        for number in range(10):
            region = self._create_service(
                name=f"Region {number}", kind="region", parent_id=self.region.id
            )
            for _number in range(2):
                house = self._create_service(name="House", parent_id=region.id)
                self._add_to(house)
        many = {name: self._count_queries(call) for name, call in calls.items()}
        self.assertEqual(many, few)

    def test_advice_for_one_place_counts_nothing(self):
        """One open gap costs no map: no figure is read at all."""
        model = self.env["dupq.evidence.map"].with_user(self.user_quality)
        gaps = model.get_gaps({})
        (gap, *_more) = [each for each in gaps if each["area_id"] == self.area.id]
        with self.assertLogs("odoo.sql_db", "DEBUG") as logs:
            self.assertEqual(model.get_advice(self.area.id), gap["advice"])
            self.env["dupq.service"].search([], limit=1)
        self.assertIn("dupq_service", "".join(logs.output), "queries are seen")
        self.assertNotIn("dupq_evidence_summary", "".join(logs.output))
        self.assertNotIn("dupq_evidence_delta", "".join(logs.output))
