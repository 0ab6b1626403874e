from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from .common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleTraces(RuleCommon):
    """What leaves no mark on the record is noticed all the same."""

    def setUp(self):
        super().setUp()
        self._switch_on()

    def test_a_deleted_membership_is_noticed(self):
        self.employee.version_id.department_id = False
        member = self.env["dupq.service.member"].create(
            {
                "service_id": self.service.id,
                "employee_id": self.employee.id,
                "date_from": self.today - timedelta(days=50),
            }
        )
        self._create_course()
        self._run()
        self._run(mode="changes")
        self.assertEqual(len(self._items()), 1)
        self._delete_in_sql(member)
        self._run(mode="changes")
        self.assertLedger({})

    def test_a_deleted_version_is_noticed(self):
        course = self._create_course()
        version = self.employee.create_version(
            {
                "date_version": self.today - timedelta(days=50),
                "department_id": self.other_department.id,
            }
        )
        self._run()
        self.assertLedger({course: (course.date_end, self.other_service)})
        version.active = False
        self._delete_in_sql(version)
        self._run(mode="changes")
        self.assertLedger({course: (course.date_end, self.service)})

    def test_a_deleted_record_on_the_way_is_noticed(self):
        self._create_course()
        self._run()
        self.assertEqual(len(self._items()), 1)
        # Links to it are emptied by the database, without a mark on the courses.
        line_type = self.training.copy({"name": "Another", "is_course": True})
        course = self._create_course(line_type_id=line_type.id)
        self._run(mode="changes")
        self.assertEqual(len(self._items()), 2)
        self.env.cr.execute(
            "UPDATE hr_resume_line SET line_type_id = NULL WHERE id = %s", (course.id,)
        )
        self._delete_in_sql(line_type)
        self._run(mode="changes")
        self.assertEqual(len(self._items()), 1)
        self.assertEqual(self.rule.last_run_id.mode, "full")

    def _delete_in_sql(self, record):
        """As a cascade of the database does; long after it was made."""
        self.env.flush_all()
        last = self.rule.last_run_id
        self.env.cr.execute(
            "UPDATE dupq_evidence_rule_run SET watermark = %s WHERE id = %s",
            (last.watermark + timedelta(seconds=2), last.id),
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )
        self.env.invalidate_all()

    def test_a_border_that_leaps_is_looked_after(self):
        """“Since the first day of last month” leaves a whole month at once."""
        with freeze_time("2025-03-31 12:00:00"):
            rule = self._create_rule(domain="[('date_end', '>=', '=1d -1m')]")
            self._switch_on(rule)
            course = self._create_course(date_start="2025-02-01", date_end="2025-02-02")
            self._run(rule)
            self.assertLedger({course: (course.date_end, self.service)}, rule)
        self._age(rule, "2025-03-31 12:00:00")
        with freeze_time("2025-04-01 12:00:00"):
            self._run(rule, mode="changes")
            self.assertEqual(rule.last_run_id.mode, "changes")
            self.assertLedger({}, rule)

    def _age(self, rule, moment):
        """As if all that is there had been written, and read, before a moment."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dupq_evidence_rule_run SET watermark = %s WHERE rule_id = %s",
            (moment, rule.id),
        )
        self.env.cr.execute(
            "UPDATE hr_resume_line SET write_date = '2025-01-01', "
            "create_date = '2025-01-01'"
        )
        self.env.cr.execute("UPDATE hr_version SET write_date = '2025-01-01'")
        self.env.cr.execute("UPDATE hr_resume_line_type SET write_date = '2025-01-01'")
        self.env.invalidate_all()

    def test_a_condition_that_is_worked_out_follows_its_fields(self):
        """“Course” of a line is its type's: no mark on the line when that changes."""
        rule = self._create_rule(domain="[('is_course', '=', True)]")
        self.assertIn("line_type_id", dict(rule._get_watched()))
        course, other = self._create_course(), self._create_course(days_ago=20)
        other.line_type_id = self.education
        self.env.flush_all()
        for table in (
            "hr_resume_line",
            "hr_resume_line_type",
            "hr_version",
            "hr_employee",
        ):
            self.env.cr.execute(
                SQL("UPDATE %s SET write_date = '2025-01-01'", SQL.identifier(table))
            )
        since = fields.Datetime.now() - timedelta(days=1)
        self.training.name = "Taught"
        self.env.flush_all()
        rule._find_changed(since, 100)
        self.env.cr.execute("SELECT id FROM dupq_rule_changed")
        changed = [row[0] for row in self.env.cr.fetchall()]
        self.assertIn(course.id, changed)
        self.assertNotIn(other.id, changed)
