from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common_rota import RotaCommon


@tagged("post_install", "-at_install")
class TestRotaSource(RotaCommon):
    """A rota that another program keeps, read by configuration alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_slots()
        cls.user_quality.group_ids += cls.env.ref("base.group_system")
        cls.source = cls._create_source()

    @classmethod
    def _create_slots(cls):
        """A kind of record that none of our code has ever heard of."""
        kinds = (
            ("x_worker_id", "many2one", "hr.employee"),
            ("x_person_id", "many2one", "dupq.person"),
            ("x_place_id", "many2one", "hr.department"),
            ("x_begins", "datetime", False),
            ("x_ends", "datetime", False),
            ("x_agency", "char", False),
            ("x_why", "char", False),
            ("x_done", "boolean", False),
            ("x_owner_id", "many2one", "res.users"),
        )
        model = cls.env["ir.model"].create(
            {
                "name": "Slot",
                "model": "x_slot",
                "field_id": [
                    Command.create(
                        {
                            "name": name,
                            "field_description": name,
                            "ttype": kind,
                            "relation": relation,
                        }
                    )
                    for name, kind, relation in kinds
                ],
                "access_ids": [
                    Command.create(
                        {
                            "name": "Slot",
                            "group_id": cls.env.ref("base.group_user").id,
                            "perm_read": True,
                        }
                    )
                ],
            }
        )
        cls.env["ir.model.fields"].create(
            {
                "name": "x_service_id",
                "field_description": "Service",
                "model_id": cls.env["ir.model"]._get_id("calendar.event"),
                "ttype": "many2one",
                "relation": "dupq.service",
            }
        )
        cls.slots = cls.env["x_slot"]
        cls.slot_model = model
        cls.department = cls.env["hr.department"].create({"name": "Orchard"})
        cls.service.department_id = cls.department

    @classmethod
    def _create_source(cls, **values):
        return cls.env["dupq.rota.source"].create(
            {
                "name": "Slots",
                "model": "x_slot",
                "domain": "[('x_done', '=', True)]",
                "start_path": "x_begins",
                "end_path": "x_ends",
                "employee_path": "x_worker_id",
                "agency_path": "x_agency",
                "person_path": "x_person_id",
                "service_path": "x_place_id",
                "sickness_domain": "[('x_why', '=', 'sick')]",
                "moved_domain": "[('x_why', '=', 'moved')]",
                **values,
            }
        )

    def _slot(self, start, stop, **values):
        return self.slots.create(
            {
                "x_worker_id": self.ada.id,
                "x_person_id": self.person.id,
                "x_begins": self._utc(start),
                "x_ends": self._utc(stop),
                "x_done": True,
                **values,
            }
        )

    def _switch_on(self, user=None):
        self.source.with_user(user or self.user_quality).action_switch_on()

    def _note(self):
        """What has changed since the last look, and forget it."""
        self.env["dupq.rota.source"]._look_at_all()
        changes = self.env["dupq.rota.change"].search([])
        months = {f"{change.month:%Y-%m}" for change in changes}
        changes.unlink()
        return months

    def test_a_rota_of_another_addon_is_counted_by_configuration_alone(self):
        self._slot("2025-03-03 09:00", "2025-03-03 17:00")
        self._slot("2025-03-04 09:00", "2025-03-04 13:00", x_done=False)
        self._slot("2025-03-05 09:00", "2025-03-05 12:00", x_why="sick")
        self._slot(
            "2025-03-06 09:00", "2025-03-06 11:00", x_worker_id=False, x_agency="AG-1"
        )
        self._slot("2025-03-07 09:00", "2025-03-07 10:00", x_why="moved")
        self._slot("2025-03-08 09:00", "2025-03-08 10:00", x_worker_id=False)
        self._switch_on()
        self._count("2025-03-01")
        line = self._line("2025-03-01")
        self.assertEqual(
            (line.hours, line.cover_hours, line.agency_hours, line.moved_hours),
            (14, 3, 2, 1),
        )
        self.assertEqual((line.shift_count, line.faces_max), (4, 2))

    def test_a_figure_of_several_places_opens_all_its_shifts_in_one_list(self):
        slot = self._slot("2025-03-03 09:00", "2025-03-03 17:00")
        own = self._shift(
            self.bo, "2025-03-04 09:00", "2025-03-04 17:00", person=self.person
        )
        self._switch_on()
        self._count("2025-03-01")
        line = self._line("2025-03-01").with_user(self.user_manager)
        action = line.action_open_shifts()
        shown = self.env[action["res_model"]].with_user(self.user_manager)
        shown = shown.search(action["domain"])
        self.assertEqual(len(shown), line.shift_count)
        opened = [one.action_open() for one in shown]
        self.assertEqual(
            {(one["res_model"], one["res_id"]) for one in opened},
            {("x_slot", slot.id), ("dupq.shift", own.id)},
        )
        self.assertEqual(set(shown.mapped("title")), {self.ada.name, self.bo.name})
        self.slot_model.access_ids.group_id = self.env.ref("base.group_system")
        action = line.action_open_shifts()
        shown = shown.search(action["domain"])
        self.assertEqual(shown.mapped("title"), [self.bo.name, "Confidential item"])

    def test_a_slot_of_a_department_is_of_its_service(self):
        self._slot(
            "2025-03-03 09:00",
            "2025-03-03 17:00",
            x_person_id=False,
            x_place_id=self.department.id,
        )
        self._switch_on()
        self._count("2025-03-01")
        self.assertEqual(self._line("2025-03-01").hours, 8, "Jane lives there.")

    def test_calendar_events_are_a_rota_too(self):
        """The worker is the user of the event, the service a field they added."""
        self.env["calendar.event"].create(
            {
                "name": "Early shift",
                "start": "2025-03-03 09:00:00",
                "stop": "2025-03-03 17:00:00",
                "user_id": self.user_worker.id,
                "x_service_id": self.service.id,
            }
        )
        self.source.write(
            {
                "model": "calendar.event",
                "domain": "[('x_service_id', '!=', False)]",
                "start_path": "start",
                "end_path": "stop",
                "employee_path": "user_id",
                "agency_path": False,
                "person_path": False,
                "service_path": "x_service_id",
                "sickness_domain": "[]",
                "moved_domain": "[]",
            }
        )
        self._switch_on()
        self._count("2025-03-01")
        self.assertEqual(self._line("2025-03-01").hours, 8)

    def test_the_calendar_of_one_house_is_its_rota(self):
        self.env["calendar.event"].create(
            {
                "name": "Early shift",
                "start": "2025-03-03 09:00:00",
                "stop": "2025-03-03 17:00:00",
                "user_id": self.user_worker.id,
            }
        )
        self.source.write(
            {
                "model": "calendar.event",
                "domain": "[('name', 'ilike', 'shift')]",
                "start_path": "start",
                "end_path": "stop",
                "employee_path": "user_id",
                "agency_path": False,
                "person_path": False,
                "service_path": False,
                "service_id": self.service.id,
                "sickness_domain": "[]",
                "moved_domain": "[]",
            }
        )
        self._switch_on()
        self._count("2025-03-01")
        self.assertEqual(self._line("2025-03-01").hours, 8)

    def test_why_somebody_was_moved_is_read_where_it_is_kept(self):
        self.source.reason_path = "x_agency"
        self._slot("2025-03-04 09:00", "2025-03-04 17:00", x_agency="Two vacancies")
        slot = self._slot("2025-03-05 09:00", "2025-03-05 17:00", x_why="moved")
        slot.x_agency = "Two vacancies"
        self._switch_on()
        week = self.env["dupq.rota.week"].with_user(self.user_planner)
        shown = week.get_week({"service_id": self.service.id, "week": "2025-03-03"})
        reasons = [one["reason"] for day in shown["days"] for one in day["shifts"]]
        self.assertEqual(reasons, ["", "Two vacancies"])

    def test_what_leads_nowhere_is_refused_in_plain_words(self):
        for values, words in (
            ({"model": "x_nothing"}, "no records of the kind"),
            ({"start_path": "x_starts"}, "there is no field “x_starts”"),
            ({"start_path": "x_done"}, "something else"),
            ({"employee_path": "x_person_id"}, "something else"),
            ({"person_path": "x_person_id.stay_ids"}, "several records"),
            ({"employee_path": False, "agency_path": False}, "worker of a shift"),
            ({"person_path": False, "service_path": False}, "supported or the service"),
            ({"domain": "[('x_colour', '=', 1)]"}, "cannot be understood"),
            ({"moved_domain": "import os"}, "cannot be understood"),
            ({"model": "dupq.shift"}, "count without a source"),
        ):
            with self.subTest(values):
                self.assertRefused(
                    self.source.write, words, values, error=ValidationError
                )

    def test_it_sees_what_its_owner_sees(self):
        mine = self._slot("2025-03-03 09:00", "2025-03-03 17:00")
        mine.x_owner_id = self.user_quality
        self._slot("2025-03-04 09:00", "2025-03-04 17:00")
        self.env["ir.rule"].create(
            {
                "name": "Own slots",
                "model_id": self.slot_model.id,
                "domain_force": "[('x_owner_id', '=', user.id)]",
            }
        )
        self._switch_on()
        self._count("2025-03-01")
        self.assertEqual(self._line("2025-03-01").hours, 8)

    def test_nobody_reads_more_through_somebody_elses_source(self):
        other = self._new_user("lead2", "dupq_code.dupq_code_group_quality_lead")
        self._switch_on()
        source = self.source.with_user(other)
        self.assertRefused(source.write, "somebody else", {"domain": "[]"})
        self.assertRefused(source.write, "belongs", {"owner_id": other.id})
        source.action_switch_off()
        source.write({"domain": "[]"})
        source.action_switch_on()
        self.assertEqual(self.source.owner_id, other)

    def test_only_quality_leads_see_sources(self):
        for user in (self.user_manager, self.user_worker, self.user_hr):
            with self.assertRaises(AccessError):
                self.source.with_user(user).read(["name"])

    def test_a_source_of_another_company_is_not_seen(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other = new_test_user(
            self.env,
            "elsewhere",
            "dupq_code.dupq_code_group_quality_lead",
            company_id=company.id,
            company_ids=company.ids,
        )
        self.assertFalse(self.env["dupq.rota.source"].with_user(other).search([]))

    # === CHANGES === #

    def test_each_change_names_the_months_it_touches(self):
        slot = self._slot("2025-03-12 09:00", "2025-03-12 17:00")
        night = self._slot("2025-05-31 22:00", "2025-06-01 07:00")
        self._switch_on()
        self.assertLessEqual({"2025-03", "2025-05", "2025-06"}, self._note())
        self.assertEqual(self._note(), set(), "Nothing has changed since.")
        slot.write(
            {
                "x_begins": self._utc("2025-04-16 09:00"),
                "x_ends": self._utc("2025-04-16 17:00"),
            }
        )
        self.assertEqual(self._note(), {"2025-03", "2025-04"})
        night.unlink()
        self.assertEqual(self._note(), {"2025-05", "2025-06"})

    # === LOSING SIGHT === #

    def test_a_source_whose_owner_left_is_paused_and_its_months_stay(self):
        self._slot("2025-03-03 09:00", "2025-03-03 17:00")
        self._switch_on()
        self._count("2025-03-01")
        self.user_quality.active = False
        self._note()
        self.assertEqual(self.source.state, "paused")
        self.env["dupq.rota.change"]._note(self.env.company, ["2025-03-01"])
        self.assertFalse(self.env["dupq.rota.month"]._get_spans())
        self.assertEqual(self._line("2025-03-01").hours, 8)

    def test_a_source_whose_owner_left_the_company_is_paused(self):
        """The owner works on, in another company, and may not look into this one."""
        self._switch_on()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.user_quality.write(
            {"company_id": elsewhere.id, "company_ids": [(6, 0, elsewhere.ids)]}
        )
        self._note()
        self.assertEqual(self.source.state, "paused")
        self.assertIn("does not belong to", self.source.message_ids[0].body)

    def test_a_source_whose_field_has_gone_is_paused(self):
        self._switch_on()
        # As after an uninstall of the module that brought the field.
        self.env.cr.execute("UPDATE dupq_rota_source SET end_path = 'x_gone'")
        self.source.invalidate_recordset()
        self._note()
        self.assertEqual(self.source.state, "paused")
        self.assertIn("x_gone", self.source.message_ids[0].body)

    def test_shifts_that_are_only_hidden_do_not_vanish(self):
        self._slot("2025-03-03 09:00", "2025-03-03 17:00")
        self._switch_on()
        self._note()
        self.env["ir.rule"].create(
            {
                "name": "Nobody",
                "model_id": self.slot_model.id,
                "domain_force": "[(0, '=', 1)]",
            }
        )
        self._note()
        self.assertEqual(self.source.state, "paused")

    def test_a_user_who_may_not_read_cannot_switch_it_on(self):
        self.slot_model.access_ids.group_id = self.env.ref("base.group_portal")
        with self.assertRaises(UserError):
            self.source.with_user(self.user_administrator).action_switch_on()

    def test_the_form_says_what_is_not_counted(self):
        now = self.env.cr.now().replace(microsecond=0)
        for worker in (self.ada.id, False):
            self.slots.create(
                {
                    "x_worker_id": worker,
                    "x_person_id": self.person.id,
                    "x_begins": now.replace(hour=0, minute=0, second=0),
                    "x_ends": now.replace(hour=8, minute=0, second=0),
                    "x_done": True,
                }
            )
        self.source.invalidate_recordset()
        self.assertIn("1 of 2", self.source.with_user(self.user_quality).sight)

    def test_the_week_is_shown_although_a_source_has_lost_its_owner(self):
        """Until the next run pauses it, and tells the quality lead."""
        self._slot("2025-03-03 09:00", "2025-03-03 17:00")
        self._shift(self.bo, "2025-03-04 09:00", "2025-03-04 17:00", person=self.person)
        self._switch_on()
        self.user_quality.group_ids -= self.env.ref("base.group_user")
        self.user_quality.active = False
        self.env["ir.model.access"].search([("model_id.model", "=", "x_slot")]).unlink()
        week = self.env["dupq.rota.week"].with_user(self.user_planner)
        shown = week.get_week({"service_id": self.service.id, "week": "2025-03-03"})
        self.assertEqual(sum(len(day["shifts"]) for day in shown["days"]), 1)

    def test_one_source_that_cannot_look_stops_no_other(self):
        other = self._create_source(name="Broken since")
        self._switch_on()
        other.with_user(self.user_quality).action_switch_on()
        other.flush_recordset()
        # As an update of another addon may leave it.
        self.env.cr.execute(
            "UPDATE dupq_rota_source SET domain = '[(' WHERE id = %s", [other.id]
        )
        other.invalidate_recordset()
        self._slot("2025-03-03 09:00", "2025-03-03 17:00")
        logger = "odoo.addons.dupq_code.models.dupq_rota_source_sight"
        with self.assertLogs(logger, "ERROR"):
            self.assertIn("2025-03", self._note())
        self.assertEqual((self.source.state, other.state), ("on", "paused"))
