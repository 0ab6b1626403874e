from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import reset_cached_properties

from .common_rota import RotaCommon


@tagged("post_install", "-at_install")
class TestRotaWeek(RotaCommon):
    """Who comes this week, who chose them, and where a stranger is about to arrive."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monday = fields.Date.to_date("2025-06-02")
        # Ada is chosen by Jane, Bo belongs there, Cleo came once, Dev never.
        cls._hire(cls.walker, cls.ada, "2025-01-10")
        cls._choose(cls.walker, "yes", date="2025-01-10")
        cls.cleo = cls._create_employee("Cleo Example")
        cls.dev = cls._create_employee("Dev Example")
        cls.env["dupq.service.member"].create(
            {
                "service_id": cls.service.id,
                "employee_id": cls.bo.id,
                "date_from": "2025-01-01",
            }
        )
        cls._on(-10, cls.cleo)
        cls._on(0, cls.ada)
        cls._on(1, cls.bo)
        cls._on(2, cls.cleo)
        cls.strange = cls._on(3, cls.dev)

    @classmethod
    def _on(cls, number, worker, hours=("09:00", "17:00"), person=None, **values):
        day = cls.monday + timedelta(days=number)
        start, stop = (f"{day} {hour}" for hour in hours)
        person = cls.person if person is None else person
        return cls._shift(worker, start, stop, person=person, **values)

    def _get_week(self, user=None, **options):
        self.env.invalidate_all()
        options = {"week": "2025-06-04", "service_id": self.service.id, **options}
        week = self.env["dupq.rota.week"].with_user(user or self.user_planner)
        return week.get_week(options)

    def _shifts(self, **options):
        days = self._get_week(**options)["days"]
        return [shift for day in days for shift in day["shifts"]]

    def _stand_in(self, **options):
        [shift] = [s for s in self._shifts(**options) if s["state"] == "stranger"]
        return shift["stand_in"] and shift["stand_in"]["name"]

    def test_each_worker_stands_to_people_as_it_is(self):
        self.assertEqual(
            [(s["worker"], s["state"], s["times"]) for s in self._shifts()],
            [
                ("Ada Example", "chosen", 0),
                ("Bo Example", "known", 0),
                ("Cleo Example", "seen", 1),
                ("Dev Example", "stranger", 0),
            ],
        )

    def test_who_chose_them_and_when(self):
        [chosen] = self._shifts()[0]["chosen"]
        self.assertIn("Jane Example", chosen["name"])
        self.assertEqual(chosen["date"], "2025-01-10")
        self._choose(self.walker, "no", date="2025-05-30")
        self.assertEqual(self._shifts()[0]["state"], "stranger")

    def test_a_stranger_of_monday_is_no_stranger_on_friday(self):
        self._on(4, self.dev)
        self.assertEqual([s["state"] for s in self._shifts()][3:], ["stranger", "seen"])

    # === WHO COULD COME INSTEAD === #

    def test_the_nearest_who_is_free_is_proposed(self):
        self.assertEqual(self._stand_in(), "Ada Example", "Chosen comes first.")
        self._on(3, self.ada, ("16:00", "22:00"), service_id=self.other_service.id)
        self.assertEqual(self._stand_in(), "Bo Example", "Then who belongs there.")
        late = self._on(2, self.bo, ("18:00", "22:00"))
        self.assertEqual(self._stand_in(), "Bo Example", "Eleven hours of rest.")
        late.stop = self._utc("2025-06-04 22:30")
        self.assertEqual(self._stand_in(), "Cleo Example", "Less than that.")
        late.write(
            {
                "start": self._utc("2025-06-06 03:30"),
                "stop": self._utc("2025-06-06 09:00"),
            }
        )
        self.assertEqual(self._stand_in(), "Cleo Example", "Nor before the next.")
        late.unlink()
        self.bo.active = False
        self.assertEqual(self._stand_in(), "Cleo Example", "Then who came before.")
        self._on(3, self.cleo, ("08:00", "10:00"))
        self.assertFalse(self._stand_in())

    def test_a_night_before_keeps_a_colleague_busy(self):
        day = self.monday + timedelta(days=2)
        self._shift(self.ada, f"{day} 22:00", f"{day + timedelta(days=1)} 09:30")
        self.assertEqual(self._stand_in(), "Bo Example")

    def test_why_somebody_was_moved_is_said(self):
        reason = "Two vacancies here"
        self._on(4, self.bo, kind="moved", reason=reason)
        reasons = {shift["kind"]: shift["reason"] for shift in self._shifts()}
        moved = "Moved for the organisation's convenience"
        self.assertEqual(reasons, {"": "", moved: reason})

    # === FOR WHOM === #

    def test_the_week_of_one_person(self):
        other = self._create_person(preferred_name="Kit Example")
        other.stay_ids.date_from = "2024-01-01"
        self._on(5, self.bo, person=other)
        self._shift(self.bo, "2025-06-08 09:00", "2025-06-08 12:00")
        self.assertEqual(len(self._shifts()), 6)
        mine = self._shifts(person_id=self.person.id)
        self.assertEqual(len(mine), 5, "Her own, and what is for the house.")
        self.assertEqual(len(self._shifts(person_id=other.id)), 2)
        [shift] = [s for s in self._shifts() if "Kit" in s["person"]]
        self.assertFalse(shift["chosen"], "Whom Jane chose, Kit did not.")

    def test_faces_and_hours_of_the_weeks_before(self):
        self._count("2025-05-01")
        week = self._get_week()
        self.assertEqual(len(week["faces"]), 12)
        self.assertEqual([one["count"] for one in week["faces"]][-2:], [0, 4])
        self.assertEqual([one["count"] for one in week["faces"]][-3], 1)
        self.assertEqual(
            week["months"],
            [{"month": "2025-05-01", "hours": 8, "chosen": 0, "matched": 0}],
        )

    def test_the_time_is_that_of_the_clock_in_the_house(self):
        shift = self._shifts()[0]
        self.assertEqual((shift["start"], shift["stop"]), ("09:00", "17:00"))
        self.user_planner.tz = "Asia/Tokyo"
        self.assertEqual(self._shifts()[0]["start"], "09:00")

    # === WHO SEES IT === #

    def test_names_of_people_are_for_those_who_may_read_them(self):
        for user, may in (
            (self.user_planner, True),
            (self.user_manager, True),
            (self.user_quality, False),
        ):
            with self.subTest(user.login):
                week = self._get_week(user)
                self.assertEqual("Jane" in str(week), may)
                self.assertEqual(self.person.reference in str(week), not may)
                self.assertEqual(len(week["days"][0]["shifts"]), 1)

    def test_only_who_plans_sees_the_page_and_only_their_services(self):
        for user in (self.user_worker, self.user_board, self.user_hr):
            with self.assertRaises(AccessError):
                self._get_week(user)
        week = self._get_week(service_id=self.other_service.id)
        self.assertEqual(week["service"]["id"], self.service.id, "The only one.")
        names = [one["id"] for one in self._get_week(self.user_quality)["services"]]
        self.assertIn(self.other_service.id, names)

    def test_who_plans_nothing_is_told_so(self):
        user = self._create_user("newplanner", "rota_planner")
        week = self._get_week(user)
        self.assertFalse(week["service"])
        self.assertFalse([s for day in week["days"] for s in day["shifts"]])

    # === COST === #

    def _count_of_a_request(self):
        # Each environment would keep the reader's time zone for as long as it lives.
        for environment in self.env.transaction.envs:
            reset_cached_properties(environment)
        before = self.env.cr.sql_log_count
        self._get_week()
        return self.env.cr.sql_log_count - before

    def test_a_full_week_asks_no_more_than_a_quiet_one(self):
        quiet = min(self._count_of_a_request() for _round in range(3))
        for number in range(7):
            for hours in (("07:00", "15:00"), ("15:00", "22:00")):
                self._on(number, self._create_employee(f"W {number}"), hours)
                self._on(number - 14, self._create_employee(f"V {number}"), hours)
        full = min(self._count_of_a_request() for _round in range(3))
        self.assertLessEqual(full, quiet)
