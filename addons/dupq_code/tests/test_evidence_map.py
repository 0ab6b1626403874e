from datetime import timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from .common_evidence import EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidenceMap(EvidenceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.area = cls.good.area_id
        cls.staff = cls.env.ref("dupq_code.dupq_stakeholder_group_support_staff")
        cls.managers = cls.env.ref("dupq_code.dupq_stakeholder_group_team_managers")

    def _map(self, user=None, **options):
        model = self.env["dupq.evidence.map"]
        return model.with_user(user or self.user_quality).get_map(options)

    def _cell(self, user=None, service=None, area=None, **options):
        service, area = service or self.service, area or self.area
        for row in self._map(user, **options)["services"]:
            if row["id"] == service.id:
                return next(c for c in row["cells"] if c["area_id"] == area.id)
        return None

    def _items(self, user=None, service=None, statement=None, **options):
        model = self.env["dupq.evidence.map"].with_user(user or self.user_quality)
        return model.get_items(
            (service or self.service).id,
            self.area.id,
            statement.id if statement else None,
            options,
        )

    # === WHAT A PLACE SAYS === #

    def test_a_place_is_nothing_then_single_then_fresh_then_stale(self):
        self.assertEqual(self._cell()["state"], "nothing")
        self._create_accepted()
        self.assertEqual(self._cell()["state"], "single")
        self._create_accepted(
            source_type="training", res_model=self.course._name, res_id=self.course.id
        )
        self.assertEqual(self._cell()["state"], "fresh")
        with freeze_time(self.today + relativedelta(months=12)):
            cell = self._cell()
            self.assertEqual((cell["state"], cell["count"]), ("stale", 0))

    def test_an_item_of_two_statements_of_an_area_is_one(self):
        both = self.area.statement_ids[:2]
        self._create_accepted(statement_ids=both.ids)
        self.assertEqual(self._cell()["count"], 1)
        found = self.env["dupq.evidence.map"].with_user(self.user_quality)
        rows = found.get_statements(self.service.id, self.area.id)
        self.assertEqual({row["id"] for row in rows if row["count"]}, set(both.ids))

    def test_good_and_not_yet_stand_apart(self):
        self._create_accepted()
        self._create_accepted(polarity="not_yet")
        cell = self._cell()
        self.assertEqual((cell["good"], cell["not_yet"], cell["count"]), (1, 1, 2))

    def test_only_managers_say_so(self):
        self._create_accepted(perspective_id=self.managers.id)
        self.assertEqual(self._cell()["gaps"], ["single", "managers"])
        self._create_accepted(perspective_id=self.families.id)
        self.assertEqual(self._cell()["gaps"], ["single"])

    def test_gaps_come_worst_first_with_advice(self):
        self._create_accepted()
        gaps = self.env["dupq.evidence.map"].with_user(self.user_quality).get_gaps()
        self.assertEqual(
            [gap["gap"] for gap in gaps],
            sorted(
                (gap["gap"] for gap in gaps),
                key=["nothing", "stale", "single", "managers"].index,
            ),
        )
        (single,) = [
            gap
            for gap in gaps
            if (gap["service_id"], gap["area_id"]) == (self.service.id, self.area.id)
        ]
        self.assertEqual(single["gap"], "single")
        self.assertTrue(any("Switch on the rule" in line for line in single["advice"]))

    # === DAYS AND KNOWLEDGE === #

    def test_as_of_a_day_counts_its_own_twelve_months(self):
        day = self.today - timedelta(days=100)
        self._create_accepted(date_seen=day)
        self._create_accepted(date_seen=day - relativedelta(months=12))
        self.assertEqual(self._cell(as_of=str(day))["count"], 1)
        self.assertEqual(self._cell(as_of=str(day - timedelta(days=1)))["count"], 1)
        self.assertEqual(self._cell(as_of=str(day + timedelta(days=99)))["count"], 1)
        before = day - relativedelta(months=12, days=1)
        self.assertEqual(self._cell(as_of=str(before))["count"], 0)

    def test_as_we_knew_it_then(self):
        """What was withdrawn since still counts on the day before it was."""
        with freeze_time(self.today - timedelta(days=30)):
            item = self._create_accepted(date_seen=self.today - timedelta(days=40))
        with freeze_time(self.today - timedelta(days=10)):
            item.with_user(self.user_quality)._take("withdraw", "A slip")
        for days, today, then in ((35, 0, 0), (20, 0, 1), (5, 0, 0)):
            with self.subTest(days=days):
                as_of = str(self.today - timedelta(days=days))
                self.assertEqual(self._cell(as_of=as_of)["count"], today)
                self.assertEqual(self._cell(as_of=as_of, mode="then")["count"], then)
                found = self._items(as_of=as_of, mode="then")
                self.assertEqual(len(found["items"]), then)

    def test_regions_and_perspectives_narrow_it(self):
        self._create_accepted(perspective_id=self.families.id)
        self._create_accepted(service_id=self.other_service.id)
        found = self._map(region_id=self.region.id)
        self.assertEqual([row["id"] for row in found["services"]], self.service.ids)
        self.assertEqual(self._cell(perspective_id=self.families.id)["count"], 1)
        self.assertEqual(self._cell(perspective_id=self.staff.id)["count"], 0)

    def test_nonsense_from_a_client_is_refused_in_words(self):
        for options in (
            {"as_of": "yesterday"},
            {"as_of": 7},
            {"as_of": "0001-01-01"},
            {"region_id": "1 OR 1=1"},
            {"perspective_id": [1]},
        ):
            with self.subTest(options), self.assertRaises(UserError):
                self._map(**options)

    # === ROLE BY ROLE === #

    def test_a_figure_is_what_opens_for_every_role(self):
        """Visible rows and confidential rows are the figure, for each reader."""
        self._create_member(self.other_service, self._other_manager(), role="manager")
        for number in range(7):
            self._create_accepted(sensitivity="confidential")
            self._create_accepted(date_seen=self.today - timedelta(days=number))
        expected = {
            self.user_quality: (14, 0),
            self.user_panel: (14, 0),
            self.user_manager: (14, 0),
            self.user_board: (7, 5),
            self.user_worker: (7, 5),
        }
        for user, (rows, confidential) in expected.items():
            with self.subTest(user.login):
                cell, found = self._cell(user), self._items(user)
                self.assertEqual(len(found["items"]), rows)
                self.assertEqual(found["confidential"], confidential)
                self.assertEqual(cell["count"], rows + confidential)
                listed = self.env["dupq.evidence"].with_user(user)
                self.assertEqual(listed.search_count(found["domain"]), rows)
                statement = self._items(user, statement=self.good)
                self.assertEqual(len(statement["items"]), rows)

    def _other_manager(self):
        self.user_other = self._create_user("othermanager", "service_manager")
        return self.user_other

    def test_what_is_confidential_is_listed_for_nobody_else_whoever_asks(self):
        open_item = self._create_accepted()
        secret = self._create_accepted(sensitivity="confidential")
        everything = Domain("id", "in", (open_item | secret).ids)
        for user, shown in (
            (self.user_quality, secret | open_item),
            (self.user_worker, open_item),
            (self.user_board, open_item),
        ):
            with self.subTest(user.login):
                model = self.env["dupq.evidence.map"].with_user(user)
                found = model._show_items(everything, confidential=0, limit=1)
                listed = self.env["dupq.evidence"].with_user(user)
                self.assertEqual(listed.search(found["domain"]), shown)
                self.assertEqual(len(found["items"]), 1)
                self.assertEqual(found["more"], len(shown) - 1)

    def test_members_of_a_service_read_what_it_is_part_of(self):
        for user in (self.user_manager, self.user_worker):
            self.env.invalidate_all()
            with self.subTest(user.login):
                (row,) = self._map(user)["services"]
                self.assertEqual(
                    (row["id"], row["name"]), (self.service.id, self.service.name)
                )
                self.assertEqual(row["region"], self.region.name)

    def test_other_services_and_companies_are_out_of_sight(self):
        self._create_accepted()
        other = self._other_manager()
        self._create_member(self.other_service, other, role="manager")
        self.assertIsNone(self._cell(other))
        self.assertRefused(self._items, "not yours", other, error=AccessError)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "stranger",
            "dupq_code.dupq_code_group_quality_lead",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.assertEqual(self._map(stranger)["services"], [])
        self.assertRefused(self._items, "not yours", stranger, error=AccessError)

    def test_who_has_no_part_in_it_is_refused(self):
        public = self.env.ref("base.public_user")
        for user in (self.user_hr, self.user_internal, self.user_portal, public):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._map(user)

    def test_no_two_screens_give_away_a_confidential_item(self):
        """Whatever is added, the board is told in steps of five, on every screen."""
        day = self.today - timedelta(days=30)
        screens = (
            {},
            {"as_of": str(self.today - timedelta(days=1))},
            {"perspective_id": self.families.id},
            {"mode": "then"},
        )
        for number in range(1, 12):
            self._create_accepted(
                sensitivity="confidential",
                date_seen=day,
                perspective_id=self.families.id,
                statement_ids=(self.good if number % 2 else self.other_good).ids,
            )
            for options in screens:
                for user in (self.user_board, self.user_worker):
                    for area in (self.area, self.other_good.area_id):
                        cell = self._cell(user, area=area, **options)
                        self.assertEqual(cell["confidential"] % 5, 0)
                        self.assertEqual(cell["good"], 0)
        found = self._map(self.user_board)
        shown = [row["cells"] for row in found["services"]]
        for index, total in enumerate(found["totals"]):
            self.assertEqual(total, sum(cells[index]["count"] for cells in shown))

    def test_confidential_items_change_no_state_for_others(self):
        for _number in range(6):
            self._create_accepted(sensitivity="confidential")
        self.assertEqual(self._cell(self.user_board)["state"], "nothing")
        self.assertEqual(self._cell(self.user_quality)["state"], "single")

    # === SPEED === #

    def test_more_services_cost_no_more_queries(self):
        few = self._count_queries(self._map)
        for number in range(30):
            service = self._create_service(name=f"House {number}")
            self._create_accepted(service_id=service.id)
        self.assertLessEqual(self._count_queries(self._map), few)
