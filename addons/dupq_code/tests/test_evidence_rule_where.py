from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleWhere(RuleCommon):
    """In which service it was, on its day."""

    def setUp(self):
        super().setUp()
        self._switch_on()

    def test_the_department_of_the_day_counts(self):
        """A transfer does not move last year's course; correcting the past does."""
        course = self._create_course(days_ago=100)
        self._run()
        self.employee.create_version(
            {
                "date_version": self.today - timedelta(days=50),
                "department_id": self.other_department.id,
            }
        )
        recent = self._create_course(days_ago=20)
        self._run(mode="changes")
        self.assertLedger(
            {
                course: (course.date_end, self.service),
                recent: (recent.date_end, self.other_service),
            }
        )
        versions = self.employee.version_ids.sorted("date_version")
        versions[0].department_id = self.other_department
        self._run(mode="changes")
        self.assertLedger(
            {
                course: (course.date_end, self.other_service),
                recent: (recent.date_end, self.other_service),
            }
        )

    def test_a_membership_counts_where_no_department_does(self):
        self.employee.version_id.department_id = False
        member = self.env["dupq.service.member"].create(
            {
                "service_id": self.other_service.id,
                "employee_id": self.employee.id,
                "date_from": self.today - timedelta(days=50),
            }
        )
        early = self._create_course(days_ago=60)
        course = self._create_course(days_ago=20)
        self._run()
        self.assertLedger({course: (course.date_end, self.other_service)})
        member.date_from = self.today - timedelta(days=70)
        self._run(mode="changes")
        self.assertEqual(len(self._items()), 2)
        self.assertTrue(early)

    def test_a_department_below_belongs_to_the_service_above(self):
        below = self.env["hr.department"].create(
            {"name": "Night", "parent_id": self.department.id}
        )
        self.employee.version_id.department_id = below
        course = self._create_course()
        self._run()
        self.assertLedger({course: (course.date_end, self.service)})

    def test_a_service_linked_later_is_noticed(self):
        self.service.department_id = False
        course = self._create_course()
        self._run()
        self.assertLedger({})
        self.service.department_id = self.department
        self._run(mode="changes")
        self.assertLedger({course: (course.date_end, self.service)})

    def test_another_company_is_nobodys_evidence(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.user_hr.company_ids += company
        job = self.env["hr.job"].create({"name": "Cook", "company_id": company.id})
        rule = self._create_job_rule()
        self._switch_on(rule)
        self._run(rule)
        self.assertTrue(self._items(rule))
        self.assertNotIn(job.id, self._items(rule).mapped("res_id"))


@tagged("post_install", "-at_install")
class TestEvidenceRuleOfAPerson(RuleCommon):
    """Where a person supported was on the day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["dupq.person"].create(
            {
                "preferred_name": "Jane Example",
                "stay_ids": [
                    Command.create(
                        {
                            "service_id": cls.service.id,
                            "date_from": cls.today - timedelta(days=200),
                        }
                    )
                ],
            }
        )
        cls.job = cls.env["hr.job"].create({"name": "Somebody to go out with"})
        cls.rule.write(
            {
                "model": "dupq.choice",
                "domain": "[]",
                "date_path": "date",
                "service_path": "person_id",
                "title_template": "Asked on {date}",
            }
        )

    def setUp(self):
        super().setUp()
        self._switch_on()

    def _create_choice(self, days_ago):
        return self.env["dupq.choice"].create(
            {
                "applicant_id": self.env["hr.applicant"]
                .create({"job_id": self.job.id})
                .id,
                "person_id": self.person.id,
                "date": self.today - timedelta(days=days_ago),
            }
        )

    def test_evidence_stays_in_the_service_of_its_day(self):
        old, recent = self._create_choice(100), self._create_choice(10)
        self._create_choice(300)
        self._run()
        self.assertLedger(
            {old: (old.date, self.service), recent: (recent.date, self.service)}
        )
        self.person.stay_ids.date_to = self.today - timedelta(days=50)
        self.env["dupq.person.stay"].create(
            {
                "person_id": self.person.id,
                "service_id": self.other_service.id,
                "date_from": self.today - timedelta(days=49),
            }
        )
        self._run(mode="changes")
        self.assertLedger(
            {old: (old.date, self.service), recent: (recent.date, self.other_service)}
        )

    def test_why_a_day_before_any_stay_is_no_evidence(self):
        """The owner of the rule is told by the reference, whatever they may read."""
        why = self.rule._explain_record(self._create_choice(300))
        self.assertIn("Nobody wrote down where", why)
        self.assertIn(self.person.reference, why)

    def test_a_stay_that_is_deleted_is_noticed(self):
        choice = self._create_choice(10)
        self._run()
        self.assertLedger({choice: (choice.date, self.service)})
        self.person.stay_ids.unlink()
        self._run(mode="changes")
        self.assertLedger({})
