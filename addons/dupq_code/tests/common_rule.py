from datetime import timedelta

from odoo.fields import Command

from .common_evidence import EvidenceCommon


class RuleCommon(EvidenceCommon):
    """Departments with their services, and a rule over the courses of their staff."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.department = cls._create_department("Orchard", cls.service)
        cls.other_department = cls._create_department("Beeches", cls.other_service)
        cls.employee.department_id = cls.department
        cls.employee.version_id.date_version = "2020-01-01"
        cls.training = cls.env.ref("hr_skills.resume_type_training")
        cls.education = cls.env.ref("hr_skills.resume_type_education")
        # Nothing is evidence before a test says so.
        cls.env["hr.resume.line"].search([]).unlink()
        cls.rule = cls._create_rule()

    @classmethod
    def _create_department(cls, name, service):
        department = cls.env["hr.department"].create({"name": name})
        service.department_id = department
        return department

    @classmethod
    def _create_rule(cls, **values):
        return cls.env["dupq.evidence.rule"].create(
            {
                "name": "Course finished",
                "model": "hr.resume.line",
                "domain": "[('line_type_id.is_course', '=', True)]",
                "date_path": "date_end",
                "service_path": "employee_id",
                "statement_ids": [Command.set(cls.good.ids)],
                "source_type": "training",
                "title_template": "{line_type_id} finished on {date_end}",
                **values,
            }
        )

    @classmethod
    def _create_course(cls, days_ago=10, **values):
        return cls.env["hr.resume.line"].create(
            {
                "employee_id": cls.employee.id,
                "name": "Being heard",
                "line_type_id": cls.training.id,
                "date_start": cls.today - timedelta(days=days_ago + 5),
                "date_end": cls.today - timedelta(days=days_ago),
                **values,
            }
        )

    @classmethod
    def _create_job_rule(cls):
        """Every job is evidence of one service, which the rule names."""
        return cls._create_rule(
            model="hr.job",
            domain="[]",
            date_path="create_date",
            service_path=False,
            service_id=cls.service.id,
            title_template="A job",
        )

    def _switch_on(self, rule=None, user=None):
        rule = rule or self.rule
        rule.with_user(user or self.user_hr).action_switch_on()
        return rule

    def _run(self, rule=None, mode="full"):
        """One run, all of whose steps are in the transaction of the test."""
        return (rule or self.rule)._run(mode, lambda _done: float("inf"))

    def _items(self, rule=None, states=("proposed", "accepted", "disputed")):
        return self.env["dupq.evidence"].search(
            [("rule_id", "=", (rule or self.rule).id), ("state", "in", states)]
        )

    def assertLedger(self, expected, rule=None):
        """What the ledger has of a rule: {source: (day, service)}."""
        items = self._items(rule)
        found = {item.res_id: (item.date_seen, item.service_id) for item in items}
        self.assertEqual(len(found), len(items), "A source has one item at most.")
        self.assertEqual(
            found, {source.id: values for source, values in expected.items()}
        )
