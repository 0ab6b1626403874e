from odoo.tests import new_test_user

from .common_rule import RuleCommon


class ExplainsCommon(RuleCommon):
    """People who ask what a rule does, and why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_recruiter = new_test_user(
            cls.env, "recruiter", "hr_recruitment.group_hr_recruitment_user"
        )
        cls.of_applicants = {
            "model": "hr.applicant",
            "domain": "[]",
            "date_path": "create_date",
            "service_path": False,
            "service_id": cls.service.id,
            "title_template": "Applied for {job_id}",
        }

    def _ask(self, record, rule=None, user=None):
        """What somebody reads who asks about a record in “Try it”."""
        return self._try(rule, user, res_id=record.id).answer

    def _try(self, rule=None, user=None, **values):
        previews = self.env["dupq.evidence.rule.preview"].with_user(
            user or self.user_hr
        )
        return previews.create({"rule_id": (rule or self.rule).id, **values})

    def _create_employee(self, department, **values):
        return self.env["hr.employee"].create(
            {
                "name": "Tamsin Okonjo",
                "department_id": department and department.id,
                "date_version": "2020-01-01",
                **values,
            }
        )
