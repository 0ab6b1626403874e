from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common_person import PersonCommon


@tagged("post_install", "-at_install")
class TestPerson(PersonCommon):
    def test_nobody_reads_a_person_by_role_alone(self):
        self.assertRecordTable({self.person: {"worker": "r", "manager": "ru"}})

    def test_everybody_else_sees_a_reference(self):
        for user in (self.user_hr, self.user_board, self.user_administrator):
            person = self.person.with_user(user)
            self.assertEqual(person.sudo().display_name, self.person.reference)
        seen = self.person.with_user(self.user_worker).display_name
        self.assertEqual(seen, f"Jane Example ({self.person.reference})")

    def test_names_are_not_found_by_searching(self):
        people = self.env["dupq.person"]
        for user in (self.user_hr, self.user_quality, self.user_sister):
            found = people.with_user(user)
            if found.has_access("read"):
                self.assertFalse(found.name_search("Jane"))
            else:
                self.assertRefused(
                    found.name_search, "not allowed", "Jane", error=AccessError
                )
        found = people.with_user(self.user_worker).name_search("Jane")
        self.assertEqual([row[0] for row in found], self.person.ids)

    def test_something_to_do_is_planned_for_whoever_supports_them(self):
        activity = self.person.with_user(self.user_manager).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user_worker.id
        )
        activity.with_user(self.user_worker).action_feedback("Done.")
        self.assertFalse(self.person.activity_ids)

    def test_who_follows_is_told_nothing_once_they_support_them_no_longer(self):
        followers = self.user_worker + self.user_hr
        self.person.message_subscribe(followers.partner_id.ids)
        message = self.person.message_post(body="So.", subtype_xmlid="mail.mt_comment")
        self.assertEqual(
            message.notification_ids.res_partner_id, self.user_worker.partner_id
        )
        self.assertFalse(message.with_user(self.user_hr).has_access("read"))

    def test_access_ends_the_day_after_the_membership(self):
        member = self.service.member_ids.filtered(
            lambda m: m.user_id == self.user_worker
        )
        today = fields.Date.today()
        member.date_to = today
        person = self.person.with_user(self.user_worker)
        self.assertTrue(person.has_access("read"))
        with freeze_time(today + timedelta(days=1)):
            self.env.invalidate_all()
            self.assertFalse(person.has_access("read"))

    def test_person_reads_their_own_profile_and_no_other(self):
        other = self._create_person()
        self.person.user_id = self.user_portal
        mine = self.person.with_user(self.user_portal)
        self.assertEqual(mine.preferred_name, "Jane Example")
        self.assertFalse(other.with_user(self.user_portal).has_access("read"))

    def test_circle_reads_from_the_wish_until_it_is_taken_back(self):
        seen = self.person.with_user(self.user_sister)
        self.assertFalse(seen.has_access("read"))
        self._agree(self.sister)
        self.env.invalidate_all()
        self.assertEqual(seen.preferred_name, "Jane Example")
        self.sister.action_withdraw()
        self.env.invalidate_all()
        self.assertRefused(seen.read, "access", ["matters_to_me"])

    def test_wish_to_help_is_no_leave_to_read(self):
        self.sister.sees_profile = False
        self._agree(self.sister)
        seen = self.person.with_user(self.user_sister)
        self.assertFalse(seen.has_access("read"))

    def test_wish_that_nobody_wrote_down_does_not_count(self):
        self.assertRefused(self.sister.action_agree, "when and how")
        self.sister.write({"wish_date": fields.Date.today(), "wish_words": "  "})
        self.assertRefused(self.sister.action_agree, "when and how")

    def test_support_worker_records_no_wish(self):
        self.sister.write({"wish_date": fields.Date.today(), "wish_words": "Yes."})
        self.assertRefused(
            self.sister.with_user(self.user_worker).action_agree, "not allowed"
        )
        self.sister.with_user(self.user_manager).action_agree()
        self.assertEqual(self.sister.state, "agreed")

    def test_wish_is_no_field_to_write(self):
        self.assertRefused(self.sister.write, "its own steps", {"state": "agreed"})

    def test_consent_needs_to_be_known_how(self):
        consent = self.env["dupq.person.consent"].create(
            {"person_id": self.person.id, "purpose": "choosing"}
        )
        self.assertRefused(consent.action_give, "when and how")
        consent.how = "Picked the green card."
        consent.with_user(self.user_manager).action_give()
        consent.with_user(self.user_manager).action_withdraw()
        self.assertEqual(
            consent.workflow_log_ids.mapped("state_to"), ["withdrawn", "given"]
        )


@tagged("post_install", "-at_install")
class TestPersonStay(PersonCommon):
    def test_manager_adds_a_person_to_their_own_service_only(self):
        values = {"preferred_name": "New Example"}
        people = self.env["dupq.person"].with_user(self.user_manager)
        stay = Command.create({"service_id": self.service.id})
        person = people.create({**values, "stay_ids": [stay]})
        self.assertEqual(person.service_id, self.service)
        elsewhere = Command.create({"service_id": self.other_service.id})
        self.assertRefused(people.create, "in which service", values)
        self.assertRefused(
            people.create,
            "access",
            {**values, "stay_ids": [elsewhere]},
            error=AccessError,
        )

    def test_person_of_a_service_is_begun_there(self):
        people = self.env["dupq.person"].with_context(
            default_service_id=self.service.id
        )
        person = people.create({"preferred_name": "New Example"})
        self.assertEqual(person.service_id, self.service)

    def test_profile_goes_with_the_person(self):
        """After a move the old service reads nothing, the new one everything."""
        user = self._create_user("beeches", "support_worker")
        self._create_member(self.other_service, user)
        today = fields.Date.today()
        stays = self.person.stay_ids.with_user(self.user_quality)
        stays.date_to = today
        stays.create(
            {
                "person_id": self.person.id,
                "service_id": self.other_service.id,
                "date_from": today + timedelta(days=1),
            }
        )
        self.assertEqual(self.person.service_id, self.service)
        with freeze_time(today + timedelta(days=1)):
            self.env.invalidate_all()
            self.assertEqual(self.person.service_id, self.other_service)
            self.assertTrue(self.person.with_user(user).has_access("read"))
            self.assertFalse(self.person.with_user(self.user_worker).has_access("read"))

    def test_stays_do_not_overlap(self):
        self.assertRefused(
            self.env["dupq.person.stay"].create,
            "overlap",
            {"person_id": self.person.id, "service_id": self.other_service.id},
            error=ValidationError,
        )

    def test_people_are_found_by_service(self):
        elsewhere = self._create_person(service=self.other_service)
        people = self.person | elsewhere
        for operator, value, found in (
            ("=", self.service.id, self.person),
            ("in", [self.other_service.id], elsewhere),
            ("child_of", self.region.id, self.person),
        ):
            domain = [("service_id", operator, value), ("id", "in", people.ids)]
            self.assertEqual(self.env["dupq.person"].search(domain), found, operator)

    def test_number_of_queries_does_not_grow_with_the_people(self):
        def read(people):
            self.env.invalidate_all()
            people.with_user(self.user_manager).read(
                ["display_name", "service_id", "is_mine", "interest_ids"]
            )

        many = self.person.union(*(self._create_person() for _number in range(30)))
        read(many)
        before = self.env.cr.sql_log_count
        read(self.person)
        one = self.env.cr.sql_log_count - before
        with self.assertQueryCount(one):
            read(many)

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Another provider"})
        user = new_test_user(
            self.env,
            "elsewhere",
            "dupq_code.dupq_code_group_service_manager",
            company_id=company.id,
            company_ids=company.ids,
        )
        self._create_member(self.service, user, role="manager")
        self.assertFalse(self.person.with_user(user).has_access("read"))

    def test_references_are_given_and_unique(self):
        self.assertTrue(self.person.reference.startswith("P-"))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._create_person(reference=self.person.reference)
