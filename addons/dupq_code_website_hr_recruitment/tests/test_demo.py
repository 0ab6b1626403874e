from odoo.tests import tagged
from odoo.tools import convert_file

from odoo.addons.dupq_code.tests.common_person import JobCommon

MODULE = "dupq_code_website_hr_recruitment"


@tagged("post_install", "-at_install")
class TestDemo(JobCommon):
    def test_the_demo_publishes_the_job_and_brings_an_applicant(self):
        self.env["ir.model.data"].search([("name", "=", "dupq_job_jane_demo")]).unlink()
        self.env["ir.model.data"].create(
            {
                "module": "dupq_code",
                "name": "dupq_job_jane_demo",
                "model": "hr.job",
                "res_id": self.job.id,
            }
        )
        convert_file(self.env, MODULE, "demo/hr_applicant_demo.xml", {}, mode="init")
        self.assertTrue(self.job.is_published)
        applicant = self.env.ref(f"{MODULE}.hr_applicant_page_demo")
        self.assertEqual(applicant.job_id, self.job)
        self.assertEqual(len(applicant.dupq_trait_ids), 2)
