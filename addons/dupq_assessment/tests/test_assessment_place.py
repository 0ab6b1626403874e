from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessmentPlace(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.service | cls.other_service
        cls.several = cls._create_several(cls.both)

    @classmethod
    def _create_several(cls, services, **values):
        return cls._create_assessment(
            scope="services", service_id=False, service_ids=services.ids, **values
        )

    def test_each_scope_looks_at_its_services_and_those_below(self):
        region = self._create_assessment(scope="region", service_id=self.region.id)
        one = self._create_assessment()
        whole = self._create_assessment(scope="organisation", service_id=False)
        self.assertEqual(one._get_services(), self.service)
        self.assertEqual(region._get_services(), self.region | self.service)
        self.assertEqual(self.several._get_services(), self.both)
        everything = self.env["dupq.service"].search(
            [("company_id", "=", self.env.company.id)]
        )
        self.assertEqual(whole._get_services(), everything)
        self.assertEqual((one | self.several)._get_services(), self.both)
        self.assertFalse(self.env["dupq.assessment"]._get_services())

    def test_name_tells_several_services_until_there_are_many(self):
        year = self.several.date_to.year
        self.assertEqual(self.several.name, f"12 Orchard Road, The Beeches, {year}")
        more = self.both.concat(
            *(self._create_service(name=f"House {number}") for number in range(3))
        )
        self.several.service_ids = more
        self.assertIn("...", self.several.name)
        self.several.name = "Our own words"
        self.several.service_ids = self.both
        self.assertEqual(self.several.name, "Our own words")

    def test_scope_and_places_fit_together(self):
        self.assertBroken(self._create_assessment, scope="region", service_id=False)
        with self.assertRaises(ValidationError):
            self._create_assessment(service_ids=self.both.ids)
        with self.assertRaises(ValidationError):
            self._create_assessment(scope="services", service_id=False)

    def test_form_forgets_the_place_that_the_new_scope_does_not_have(self):
        with Form(self.env["dupq.assessment"]) as form:
            form.code_id = self.code
            form.service_id = self.service
            form.scope = "services"
            self.assertEqual(form.service_ids[:], self.service)
            form.service_ids.add(self.other_service)
        self.assertFalse(form.record.service_id)
        self.assertEqual(form.record.service_ids, self.both)

    def test_members_of_any_read_and_managers_of_all_write(self):
        for user in (self.user_worker, self.user_manager, self.user_board):
            self.several.with_user(user).read(["name"])
        only_other = self._create_several(self.other_service)
        for user in (self.user_worker, self.user_manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                only_other.with_user(user).read(["name"])
        manager = self.several.with_user(self.user_manager)
        with self.assertRaises(AccessError):
            manager.write({"change_note": "Mine"})
        self._create_member(self.other_service, self.user_manager, role="manager")
        manager.write({"change_note": "Mine"})
        self.several.with_user(self.user_quality).write({"change_note": "Ours"})

    def test_parts_follow_the_same_rule(self):
        self.several._take("start")
        rating = self.several.summary_ids[:1]
        rating.with_user(self.user_worker).read(["area_id"])
        with self.assertRaises(AccessError):
            rating.with_user(self.user_manager).write({"finding": "This"})
        self._create_member(self.other_service, self.user_manager, role="manager")
        rating.with_user(self.user_manager).write({"finding": "This"})

    def test_manager_takes_in_no_service_of_others(self):
        mine = self._create_several(self.service)
        with self.assertRaises(AccessError):
            mine.with_user(self.user_manager).write({"service_ids": self.both.ids})
        with self.assertRaises(AccessError):
            self._create_assessment().with_user(self.user_manager).write(
                {"service_id": self.other_service.id}
            )

    def test_places_stay_once_it_has_begun(self):
        self.several._take("start")
        for values in (
            {"service_ids": [Command.set(self.service.ids)]},
            {"approach": "both", "focus_other": "Neighbours"},
            {"kind": "reprovision"},
        ):
            with self.subTest(values):
                self.assertRefused(self.several.write, "began", values)
        self.several.write({"service_ids": [Command.set(self.both.ids)]})

    def test_a_report_about_several_has_an_address_of_its_own(self):
        _one, alone = self._publish()
        several, publication = self._publish(
            scope="services", service_id=False, service_ids=self.both.ids
        )
        _whole, everything = self._publish(scope="organisation", service_id=False)
        addresses = {one.address for one in (alone, publication, everything)}
        self.assertEqual(len(addresses), 3)
        _again, newer = self._publish(
            scope="services", service_id=False, service_ids=self.both.ids
        )
        self.assertEqual(newer.address, publication.address)
        self.assertEqual(newer.version, 2)
        self.assertEqual(several.state, "replaced")

    def test_focus_approach_names_a_focus(self):
        with self.assertRaises(ValidationError):
            self._create_assessment(approach="focus")
        focus = self.env.ref("dupq_code.dupq_code_focus_recruitment")
        chosen = self._create_assessment(approach="both", focus_ids=focus.ids)
        self.assertEqual(chosen.focus_ids, focus)

    def test_each_approach_has_lines_of_its_own_and_asks_for_them(self):
        focus = self.env.ref("dupq_code.dupq_code_focus_training")
        both = self._create_assessment(approach="both", focus_ids=focus.ids)
        only = self._create_assessment(approach="focus", focus_ids=focus.ids)
        (both | only)._take("start")
        self.assertEqual(both.summary_ids.area_id, self.areas)
        self.assertEqual(both.focus_rating_ids.focus_id, focus)
        self.assertFalse(only.summary_ids)
        self.assertRefused(only.action_complete, focus.name)
        self.assertRefused(both.action_complete, "A1, A2")

    def test_who_designed_it_and_who_was_not_asked_is_printed_and_stays(self):
        assessment, publication = self._publish(
            design_group_ids=self.people.ids,
            design_note="They chose the pictures.",
            breadth_reason="We have no finance officer.",
        )
        block = publication.block_ids.filtered(lambda one: one.kind == "participation")
        self.assertEqual(block.data["designed_with"], self.people.name)
        self.assertEqual(block.data["design"], "They chose the pictures.")
        self.assertEqual(block.data["not_asked"], "We have no finance officer.")
        self.assertRefused(assessment.write, "is published", {"design_note": "Us"})

    def test_every_step_has_a_tab_of_the_form(self):
        view = self.env["dupq.assessment"].get_view(view_type="form")
        for step in self.several._get_steps():
            with self.subTest(step["key"]):
                self.assertIn(f'name="{step["key"]}"', view["arch"])
