from odoo.addons.dupq_code.tests.common_race import RaceCommon


class AssessmentRaceCommon(RaceCommon):
    """A self-assessment of a service, which two people work on at once."""

    def _make(self, env):
        service = env["dupq.service"].create({"name": "Race House"})
        assessment = env["dupq.assessment"].create({"service_id": service.id})
        self.service_id, self.assessment_id = service.id, assessment.id
        return assessment

    def _remove(self, env):
        env["dupq.assessment"].browse(self.assessment_id).unlink()
        env["dupq.service"].browse(self.service_id).unlink()
