from ast import literal_eval
from datetime import timedelta

from freezegun import freeze_time
from lxml import etree

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common_person import PersonCommon


@tagged("post_install", "-at_install")
class TestPersonSearch(PersonCommon):
    """People are found and grouped by where they are supported today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.elsewhere = cls._create_person(cls.other_service)
        cls.gone = cls._create_person(cls.other_service)
        cls.gone.stay_ids.write(
            {
                "date_from": cls.today - timedelta(days=9),
                "date_to": cls.today - timedelta(days=1),
            }
        )
        cls.people = cls.person | cls.elsewhere | cls.gone

    def _group(self, user=None):
        """``{service: people}``, by opening each group as the screen does."""
        people = self.env["dupq.person"].with_user(user or self.env.user)
        mine = [("id", "in", self.people.ids)]
        groups = people.formatted_read_group(mine, ["service_id"], ["__count"])
        found = {}
        for group in groups:
            opened = people.search([*mine, *group["__extra_domain"]])
            self.assertEqual(len(opened), group["__count"])
            found[group["service_id"] and group["service_id"][0]] = opened
        return found

    def test_people_are_grouped_by_the_service_of_today(self):
        self.assertTrue(
            self.people.fields_get(["service_id"])["service_id"]["groupable"]
        )
        self.assertEqual(
            self._group(),
            {
                self.service.id: self.person,
                self.other_service.id: self.elsewhere,
                False: self.gone,
            },
        )

    def test_groups_follow_a_move_overnight(self):
        self.person.stay_ids.date_to = self.today
        self.env["dupq.person.stay"].create(
            {
                "person_id": self.person.id,
                "service_id": self.other_service.id,
                "date_from": self.today + timedelta(days=1),
            }
        )
        self.assertEqual(self._group()[self.service.id], self.person)
        with freeze_time(self.today + timedelta(days=1)):
            self.env.invalidate_all()
            groups = self._group()
            self.assertNotIn(self.service.id, groups)
            self.assertEqual(
                groups[self.other_service.id], self.person | self.elsewhere
            )

    def test_each_reader_groups_the_people_of_their_services(self):
        self.assertEqual(self._group(self.user_worker), {self.service.id: self.person})
        self.assertEqual(self._group(self.user_quality), {})

    def test_people_are_sorted_by_service(self):
        people = self.env["dupq.person"]
        domain = [("id", "in", self.people.ids)]
        ascending = people.search(domain, order="service_id")
        self.assertEqual(
            ascending, people.search(domain, order="service_id desc")[::-1]
        )
        self.assertEqual(set(ascending), set(self.people))

    def test_filters_find_what_there_is_to_do(self):
        self.person.write(
            {"like_about_me": "Her jokes.", "profile_review_date": self.today}
        )
        self.elsewhere.write(
            {
                "interest_ids": [Command.set(self.hiking.ids)],
                "communication_review_date": self.today - timedelta(days=1),
                "profile_review_date": self.today + timedelta(days=1),
            }
        )
        for name, found in (
            ("no_profile", self.elsewhere | self.gone),
            ("no_wishes", self.gone),
            ("profile_due", self.person),
            ("review_due", self.elsewhere),
        ):
            self.assertEqual(self._filter(name), found, name)
        self.assertEqual(self._filter("mine", self.user_manager), self.person)

    def _filter(self, name, user=None):
        arch = self.env.ref("dupq_code.dupq_person_view_search").arch
        (node,) = etree.fromstring(arch).xpath(f"//filter[@name='{name}']")
        domain = literal_eval(node.get("domain"))
        people = self.people.with_user(user or self.env.user)
        return people.search([*domain, ("id", "in", people.ids)])
