from odoo import fields

from .common import DupqCommon


class EvidenceCommon(DupqCommon):
    """Records of the provider's Odoo, and evidence to be made from them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.good = cls.env.ref("dupq_code.dupq_code_statement_a1_g4")
        cls.other_good = cls.env.ref("dupq_code.dupq_code_statement_a3_g4")
        cls.bad = cls.env.ref("dupq_code.dupq_code_statement_a3_b2")
        cls.families = cls.env.ref("dupq_code.dupq_stakeholder_group_families")
        cls.job = cls.env["hr.job"].create({"name": "Support worker"})
        cls.applicant = cls.env["hr.applicant"].create(
            {"partner_name": "Quillon Abernethy", "job_id": cls.job.id}
        )
        cls.employee = cls.env["hr.employee"].create({"name": "Tamsin Okonjo"})
        cls.course = cls.env["hr.resume.line"].create(
            {
                "employee_id": cls.employee.id,
                "name": "Being heard",
                "date_start": "2025-03-01",
                "date_end": "2025-03-02",
            }
        )
        cls.skill_type = cls.env["hr.skill.type"].create(
            {
                "name": "Care",
                "skill_ids": [fields.Command.create({"name": "Makaton"})],
                "skill_level_ids": [
                    fields.Command.create({"name": "Able", "level_progress": 50})
                ],
            }
        )
        cls.skill = cls.env["hr.employee.skill"].create(
            {
                "employee_id": cls.employee.id,
                "skill_type_id": cls.skill_type.id,
                "skill_id": cls.skill_type.skill_ids.id,
                "skill_level_id": cls.skill_type.skill_level_ids.id,
                "valid_from": "2025-02-03",
            }
        )
        cls.hosts = (cls.job, cls.applicant, cls.course, cls.skill)

    @classmethod
    def _create_evidence(cls, user=None, **values):
        """Evidence proposed by ``user``, by default by the quality lead."""
        values = {
            "service_id": cls.service.id,
            "statement_ids": cls.good.ids,
            "date_seen": cls.today,
            **values,
        }
        evidence = cls.env["dupq.evidence"].with_user(user or cls.user_quality)
        return evidence.create(values)

    @classmethod
    def _create_accepted(cls, **values):
        evidence = cls._create_evidence(**values)
        evidence.action_accept()
        return evidence
