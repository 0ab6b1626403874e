from dataclasses import dataclass, field
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common_rule import RuleCommon


@dataclass(frozen=True)
class Shipped:
    """What must be true of one shipped rule.

    :param make: makes a record that fits
    :param day: path of its day
    :param misfits: values with which a record does not fit, or no more
    :param change: values with which the item gets a new version
    :param archived: whether an archived record is evidence; None if it cannot be
    :param title: what the title says, with the day in braces
    """

    name: str
    make: object
    day: str
    misfits: tuple
    change: dict
    title: str
    state: str = "proposed"
    archived: bool | None = None
    again: dict = field(default_factory=dict)


@tagged("post_install", "-at_install")
class TestEvidenceRuleShipped(RuleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.yesterday = cls.today - timedelta(days=1)
        cls.stage = cls.env["hr.recruitment.stage"].create(
            {"name": "Contract", "hired_stage": True}
        )
        cls.first_stage = cls.env["hr.recruitment.stage"].create({"name": "First"})
        cls.certificates = cls.env["hr.skill.type"].create(
            {
                "name": "Certificates",
                "is_certification": True,
                "skill_ids": [Command.create({"name": "Medication"})],
                "skill_level_ids": [
                    Command.create({"name": "Passed", "level_progress": 100})
                ],
            }
        )
        cls.job.department_id = cls.department
        cls.applicant.department_id = cls.department
        cls.refused = cls.env["hr.applicant.refuse.reason"].create({"name": "No"})

    def _create_employee(self):
        return self.env["hr.employee"].create(
            {
                "name": "Tamsin Okonjo",
                "department_id": self.department.id,
                "date_version": "2020-01-01",
            }
        )

    def _create_certificate(self, **values):
        return self.env["hr.employee.skill"].create(
            {
                "employee_id": values.get("employee_id") or self._create_employee().id,
                "skill_type_id": self.certificates.id,
                "skill_id": self.certificates.skill_ids.id,
                "skill_level_id": self.certificates.skill_level_ids.id,
                "valid_from": self.today - timedelta(days=40),
                **values,
            }
        )

    def _create_expired(self, **values):
        return self._create_certificate(
            **{"valid_to": self.today - timedelta(days=4), **values}
        )

    def _create_meeting(self, days_ago=3, **values):
        start = fields.Datetime.now() - timedelta(days=days_ago)
        return self.env["calendar.event"].create(
            {
                "name": "Interview",
                "applicant_id": self.applicant.id,
                "start": start,
                "stop": start + timedelta(hours=1),
                **values,
            }
        )

    def _create_hired(self, **values):
        return self.env["hr.applicant"].create(
            {
                "partner_name": "Quillon Abernethy",
                "job_id": self.job.id,
                "stage_id": self.stage.id,
                "date_closed": fields.Datetime.now() - timedelta(days=5),
                **values,
            }
        )

    def _get_table(self):
        ago = timedelta
        tomorrow = fields.Datetime.now() + ago(days=1)
        return (
            Shipped(
                "course_done",
                self._create_course,
                "date_end",
                ({"line_type_id": self.education.id}, {"date_end": False}),
                {"date_end": self.today - ago(days=9)},
                "Training: course finished on {}",
            ),
            Shipped(
                "qualification_in_force",
                self._create_certificate,
                "valid_from",
                ({"valid_to": self.yesterday}, {"valid_from": self.today + ago(5)}),
                {"valid_from": self.today - ago(days=20)},
                "Medication valid from {}",
                state="accepted",
            ),
            Shipped(
                "qualification_ran_out",
                self._create_expired,
                "valid_to",
                ({"valid_to": self.today}, {"valid_to": False}),
                {"valid_to": self.yesterday},
                "Medication ran out on {}",
                state="accepted",
            ),
            Shipped(
                "applicant_met",
                self._create_meeting,
                "start",
                (
                    {"applicant_id": False},
                    {"start": tomorrow, "stop": tomorrow},
                    {"privacy": "private"},
                ),
                {"start": fields.Datetime.now() - ago(days=6)},
                "Applicant for Support worker met on {}",
                archived=False,
            ),
            Shipped(
                "applicant_hired",
                self._create_hired,
                "date_closed",
                (
                    {"stage_id": self.first_stage.id},
                    {"refuse_reason_id": self.refused.id},
                ),
                {"date_closed": fields.Datetime.now() - ago(days=2)},
                "Hired for Support worker on {}",
                archived=True,
            ),
        )

    def _for_each(self, check):
        """Call ``check(rule, shipped)`` for each, switched on and run once."""
        for shipped in self._get_table():
            rule = self.env.ref(f"dupq_code.dupq_evidence_rule_{shipped.name}")
            self._switch_on(rule)
            self._run(rule)
            with self.subTest(shipped.name):
                check(rule, shipped)

    def _get_item(self, rule, record):
        items = self._items(rule).filtered(lambda item: item.res_id == record.id)
        self.assertLessEqual(len(items), 1, "A record has one item at most.")
        return items

    def _get_day(self, rule, shipped, record):
        value = record[shipped.day]
        return fields.Date.to_date(
            fields.Datetime.context_timestamp(
                record.with_context(tz=rule.owner_id.tz or "UTC"), value
            )
            if record._fields[shipped.day].type == "datetime"
            else value
        )

    # === EACH RULE === #

    def test_every_shipped_rule_is_in_the_table_and_off(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "dupq_code"), ("model", "=", "dupq.evidence.rule")]
        )
        self.assertEqual(
            set(data.mapped("name")),
            {f"dupq_evidence_rule_{shipped.name}" for shipped in self._get_table()},
        )
        rules = self.env["dupq.evidence.rule"].browse(data.mapped("res_id"))
        self.assertEqual(set(rules.mapped("state")), {"off"})
        self.assertFalse(any(rule._why_no_sight(self.user_hr.id) for rule in rules))
        self.assertFalse(any(rules.mapped("blind_spots")))

    def test_what_fits_is_evidence(self):
        def check(rule, shipped):
            record = shipped.make()
            self._run(rule, "changes")
            item = self._get_item(rule, record)
            day = self._get_day(rule, shipped, record)
            self.assertEqual(
                (item.date_seen, item.service_id, item.state, item.statement_ids),
                (day, self.service, shipped.state, rule.statement_ids),
            )
            spoken = f"{day.day} {day:%B %Y}"
            self.assertEqual(item.display_name, shipped.title.format(spoken))

        self._for_each(check)

    def test_what_does_not_fit_is_no_evidence(self):
        def check(rule, shipped):
            for values in shipped.misfits:
                record = shipped.make()
                record.write(values)
                self._run(rule, "changes")
                self.assertFalse(self._get_item(rule, record), values)

        self._for_each(check)

    def test_a_change_makes_a_new_version(self):
        def check(rule, shipped):
            record = shipped.make()
            self._run(rule, "changes")
            first = self._get_item(rule, record)
            record.write(shipped.change)
            self._run(rule, "changes")
            second = self._get_item(rule, record)
            self.assertEqual(second.previous_version_id, first)
            self.assertEqual((first.state, second.state), ("superseded", shipped.state))
            self.assertEqual(second.date_seen, self._get_day(rule, shipped, record))

        self._for_each(check)

    def test_what_fits_no_more_is_withdrawn_and_comes_back(self):
        def check(rule, shipped):
            for values in shipped.misfits:
                record = shipped.make()
                before = {
                    name: record[name].id
                    if record._fields[name].relational
                    else record[name]
                    for name in (*values, shipped.day)
                }
                self._run(rule, "changes")
                first = self._get_item(rule, record)
                self.assertTrue(first)
                record.write(values)
                self._run(rule, "changes")
                self.assertFalse(self._get_item(rule, record), values)
                self.assertEqual(first.state, "withdrawn")
                record.write(before)
                self._run(rule, "changes")
                again = self._get_item(rule, record)
                self.assertEqual(again.state, shipped.state, "As if new.")
                self.assertNotEqual(again, first)

        self._for_each(check)

    def test_evidence_outlives_the_record(self):
        def check(rule, shipped):
            record = shipped.make()
            self._run(rule, "changes")
            item = self._get_item(rule, record)
            record.unlink()
            self._run(rule, "changes")
            self.assertEqual(item.state, shipped.state)
            self.assertTrue(item.source_gone)
            self._run(rule)
            self.assertEqual(item.state, shipped.state)

        self._for_each(check)

    def test_archived_records(self):
        def check(rule, shipped):
            record = shipped.make()
            if shipped.archived is None:
                self.assertNotIn("active", record._fields)
                return
            self._run(rule, "changes")
            record.active = False
            self._run(rule, "changes")
            self.assertEqual(bool(self._get_item(rule, record)), shipped.archived)

        self._for_each(check)

    def test_an_archived_employee_takes_nothing_away(self):
        def check(rule, shipped):
            record = shipped.make()
            if rule.service_path != "employee_id":
                return
            self._run(rule, "changes")
            item = self._get_item(rule, record)
            record.employee_id.active = False
            for mode in ("changes", "full"):
                self._run(rule, mode)
                self.assertEqual(self._get_item(rule, record), item)
            record.employee_id.active = True

        self._for_each(check)

    # === ONE RULE EACH === #

    def test_a_renewed_qualification_is_no_gap(self):
        rule = self.env.ref("dupq_code.dupq_evidence_rule_qualification_ran_out")
        self._switch_on(rule)
        expired = self._create_expired()
        self._run(rule)
        self.assertTrue(self._get_item(rule, expired))
        renewed = self._create_certificate(
            valid_to=self.today + timedelta(days=300),
            employee_id=expired.employee_id.id,
        )
        self.assertTrue(expired.dupq_is_renewed)
        self.assertFalse(renewed.dupq_is_renewed)
        self._run(rule, "changes")
        self.assertFalse(self._get_item(rule, expired))
        renewed.unlink()
        self.env.invalidate_all()
        self._run(rule, "changes")
        self.assertTrue(self._get_item(rule, expired))

    def test_a_qualification_runs_out_with_the_days(self):
        good = self.env.ref("dupq_code.dupq_evidence_rule_qualification_in_force")
        gap = self.env.ref("dupq_code.dupq_evidence_rule_qualification_ran_out")
        record = self._create_certificate(valid_to=self.today + timedelta(days=10))
        for rule in (good, gap):
            self._switch_on(rule)
            self._run(rule)
        self.assertTrue(self._get_item(good, record))
        self.assertFalse(self._get_item(gap, record))
        with freeze_time(self.today + timedelta(days=11)):
            for rule in (good, gap):
                self._run(rule, "changes")
            self.assertFalse(self._get_item(good, record))
            self.assertTrue(self._get_item(gap, record))

    def test_a_private_meeting_is_evidence_for_who_takes_part(self):
        rule = self.env.ref("dupq_code.dupq_evidence_rule_applicant_met")
        self._switch_on(rule)
        mine = self._create_meeting(privacy="private", user_id=self.user_hr.id)
        other = self._create_meeting(privacy="private", user_id=self.user_worker.id)
        guest = self._create_meeting(
            privacy="private",
            user_id=self.user_worker.id,
            partner_ids=[Command.link(self.user_hr.partner_id.id)],
        )
        self._run(rule)
        self.assertLedger(
            {m: (self._get_meeting_day(m), self.service) for m in (mine, guest)}, rule
        )
        # Neither is it a loss of sight when one is made private.
        other.privacy = "public"
        self._run(rule, "changes")
        self.assertTrue(self._get_item(rule, other))
        other.privacy = "private"
        self._run(rule, "changes")
        self.assertFalse(self._get_item(rule, other))
        self.assertEqual(rule.state, "on")

    def test_a_private_calendar_keeps_its_meetings(self):
        rule = self.env.ref("dupq_code.dupq_evidence_rule_applicant_met")
        self._switch_on(rule)
        meeting = self._create_meeting(user_id=self.user_worker.id)
        settings = self.env["res.users.settings"]._find_or_create_for_user(
            self.user_worker
        )
        settings.calendar_default_privacy = "private"
        meeting.privacy = False
        self._run(rule)
        self.assertFalse(self._get_item(rule, meeting))
        settings.calendar_default_privacy = "public"
        self._run(rule)
        self.assertTrue(self._get_item(rule, meeting))

    def _get_meeting_day(self, meeting):
        zoned = meeting.with_context(tz=self.user_hr.tz or "UTC")
        return fields.Datetime.context_timestamp(zoned, meeting.start).date()
