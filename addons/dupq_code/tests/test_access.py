from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import DupqCommon

# What each role may do with each model as such; rules choose the records.
ACCESS = """
internal portal public hr worker manager quality admin board panel concerns
dupq.board.coverage      -    -    -    r    -    -    r    r    r    -    -
dupq.board.matrix        -    -    -    crud -    -    crud crud crud -    -
dupq.board.seat          -    -    -    crud -    -    crud crud r    -    -
dupq.board.skill         -    -    -    r    -    -    r    crud r    -    -
dupq.board.training      -    -    -    crud -    -    crud crud r    -    -
dupq.choice              -    -    -    crud ru   cru  cru  cru  -    -    -
dupq.circle.member       -    -    -    -    r    cru  cru  cru  -    -    -
dupq.code                r    -    -    r    r    r    r    crud r    r    r
dupq.code.area           r    -    -    r    r    r    r    crud r    r    r
dupq.code.crosswalk       r    -    -    r    r    r    crud crud r    r    r
dupq.code.crosswalk.coverage r -    -    r    r    r    r    r    r    r    r
dupq.code.erratum        r    -    -    r    r    r    r    cr   r    r    r
dupq.code.example        r    -    -    r    r    r    crud crud r    r    r
dupq.code.focus          r    -    -    r    r    r    r    crud r    r    r
dupq.code.load           -    -    -    -    -    -    -    crud -    -    -
dupq.code.load.line      -    -    -    -    -    -    -    crud -    -    -
dupq.code.purpose        r    -    -    r    r    r    r    crud r    r    r
dupq.code.question       r    -    -    r    r    r    crud crud r    r    r
dupq.code.statement      r    -    -    r    r    r    r    crud r    r    r
dupq.code.wording        r    -    -    r    r    r    r    crud r    r    r
dupq.erasure             -    -    -    -    -    -    -    r    -    -    -
dupq.evidence            -    -    -    crud crud crud crud crud r    r    -
dupq.evidence.coverage   -    -    -    -    r    r    r    r    r    r    -
dupq.evidence.delta      -    -    -    -    -    -    -    r    -    -    -
dupq.evidence.rule       -    -    -    ru   -    r    crud crud -    -    -
dupq.evidence.rule.preview - -    -    crud -    -    crud crud -    -    -
dupq.evidence.rule.run   -    -    -    r    -    -    r    r    -    -    -
dupq.evidence.summary    -    -    -    -    -    -    -    r    -    -    -
dupq.evidence.tag        r    -    -    r    r    r    r    crud r    r    r
dupq.information.source  r    -    -    r    r    r    r    crud r    r    r
dupq.invitation          -    -    -    r    -    ru   ru   ru   -    -    -
dupq.invitation.send     -    -    -    -    -    crud crud crud -    -    -
dupq.job.person          -    -    -    r    r    crud crud crud -    -    -
dupq.job.wish            -    -    -    r    r    crud crud crud -    -    -
dupq.person              -    r    -    -    r    cru  cru  cru  -    -    -
dupq.person.consent      -    -    -    -    r    cru  cru  cru  -    -    -
dupq.person.erase        -    -    -    -    -    crud crud crud -    -    -
dupq.person.stay         -    -    -    -    r    crud crud crud -    -    -
dupq.rota.change         -    -    -    -    -    -    -    r    -    -    -
dupq.rota.indicator      -    -    -    r    -    r    r    r    r    -    -
dupq.rota.month          -    -    -    -    -    r    r    r    -    -    -
dupq.rota.shift.shown    -    -    -    crud -    crud crud crud crud -    -
dupq.rota.source         -    -    -    -    -    -    crud crud -    -    -
dupq.practice.coverage   -    -    -    -    -    r    r    r    r    -    -
dupq.practice.observation -   -    -    -    cru  cru  cru  crud -    -    -
dupq.service             -    -    -    r    r    ru   cru  crud r    r    r
dupq.service.member      -    -    -    -    r    cru  crud crud r    -    -
dupq.service.tag         r    -    -    r    r    r    r    crud r    r    r
dupq.shift               -    -    -    r    r    crud crud crud -    -    -
dupq.spend.year          -    -    -    -    -    -    r    r    r    -    -
dupq.staff.fact          -    -    -    r    -    r    r    r    r    -    -
dupq.staff.feedback      -    -    -    cru  ru   cru  cru  cru  -    -    -
dupq.staff.feedback.shared r  -    -    r    r    r    r    r    r    r    r
dupq.staff.figures       -    -    -    crud -    crud crud crud crud -    -
dupq.staff.retention     -    -    -    r    -    -    r    r    -    -    -
dupq.stakeholder.group   r    -    -    r    r    r    r    crud r    r    r
dupq.training.about      -    -    -    r    r    crud crud crud -    -    -
dupq.training.chase      -    -    -    r    -    -    -    r    -    -    -
dupq.training.coverage   -    -    -    r    r    r    r    r    r    -    -
dupq.training.effect     -    -    -    crud r    crud crud crud r    -    -
dupq.training.fact       -    -    -    r    r    r    r    r    r    -    -
dupq.training.figures    -    -    -    crud -    crud crud crud crud -    -
dupq.training.import     -    -    -    crud -    -    -    -    -    -    -
dupq.training.import.line -   -    -    crud -    -    -    -    -    -    -
dupq.training.kind       r    -    -    crud r    r    r    crud r    r    r
dupq.training.staff      -    -    -    r    -    r    r    r    r    -    -
dupq.trait               r    -    -    cru  r    cru  cru  crud r    r    r
dupq.value.score         -    -    -    crud -    -    -    -    -    -    -
dupq.workflow.gate       -    -    -    -    -    -    -    crud -    -    -
dupq.workflow.log        r    -    -    r    r    r    r    r    r    r    r
dupq.workflow.reminder   -    -    -    -    -    -    -    r    -    -    -
dupq.workflow.reason     crud -    -    crud crud crud crud crud crud crud crud
"""


@tagged("post_install", "-at_install")
class TestAccess(DupqCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        edition = cls.env.ref("dupq_code.dupq_code_duq")
        cls.env["dupq.workflow.log"]._append(
            edition, {edition.id: "draft"}, {"transition": "x", "state_to": "draft"}
        )
        cls.env["dupq.evidence"].create({"service_id": cls.service.id})
        cls.env.ref("dupq_code.dupq_evidence_rule_course_done")._run("full")
        for _number in range(2):
            # Figures that are folded, and some that are not yet.
            cls.env["dupq.evidence.summary"]._fold()
            cls.env["dupq.evidence"].create(
                {
                    "service_id": cls.service.id,
                    "statement_ids": edition.statement_ids[0].ids,
                }
            ).action_accept()
        statement = edition.statement_ids[0]
        cls.env["dupq.code.wording"].create(
            {"statement_id": statement.id, "kind": "official", "text": "As published."}
        )
        cls.env["dupq.code.erratum"].create(
            {"statement_id": statement.id, "new_text": "So.", "reason": "A slip."}
        )
        person = cls.env["dupq.person"].create(
            {
                "preferred_name": "Somebody Example",
                "stay_ids": [Command.create({"service_id": cls.service.id})],
                "circle_ids": [
                    Command.create({"partner_id": cls.user_portal.partner_id.id})
                ],
            }
        )
        cls.env["dupq.person.consent"].create(
            {"person_id": person.id, "purpose": "choosing"}
        )
        cls.env["dupq.invitation"]._invite(person, "choosing", "a@example.com")
        person.interest_ids = cls.env["dupq.trait"].create({"name": "Long walks"})
        job = cls.env["hr.job"].create({"name": "Support worker"})
        cls.env["dupq.job.person"].create({"job_id": job.id, "person_id": person.id})
        applicant = cls.env["hr.applicant"].create({"job_id": job.id})
        cls.env["dupq.choice"].create(
            {"applicant_id": applicant.id, "person_id": person.id}
        )
        cls.env["dupq.person.consent"].create(
            {"person_id": person.id, "purpose": "feedback", "how": "Nodded."}
        ).action_give()
        employee = cls.env["hr.employee"].create({"name": "A worker"})
        applicant.write({"employee_id": employee.id, "date_closed": "2025-01-01"})
        feedback = cls.env["dupq.staff.feedback"].create(
            {
                "employee_id": employee.id,
                "person_id": person.id,
                "date_due": "2030-01-01",
            }
        )
        feedback._answer({"works": "Listens.", "taken_by": "person"})
        feedback.action_share()
        cls.env["dupq.value.score"].create(
            {
                "applicant_id": applicant.id,
                "trait_id": cls.env.ref("dupq_code.dupq_trait_patient").id,
                "score": "1",
                "example": "Waited.",
            }
        )
        course = cls.env["hr.resume.line"].create(
            {"employee_id": employee.id, "name": "Being heard"}
        )
        kind = cls.env.ref("dupq_code.dupq_training_kind_safeguarding")
        cls.env["dupq.training.chase"].create(
            {"employee_id": employee.id, "kind_id": kind.id}
        )
        course.dupq_kind_id = kind
        cls.env["dupq.practice.observation"].create(
            {"service_id": cls.service.id, "seen": "Waited."}
        )
        file = cls.env["dupq.training.import"].create({})
        cls.env["dupq.training.import.line"].create({"import_id": file.id})
        seat = cls.env["dupq.board.seat"].create(
            {"partner_id": cls.user_portal.partner_id.id}
        )
        cls.env["dupq.board.training"].create({"seat_id": seat.id, "kind_id": kind.id})
        cls.env.flush_all()
        for model, values in (
            ("dupq.training.about", {"person_id": person.id}),
            ("dupq.training.effect", {"statement_id": statement.id}),
        ):
            cls.env[model].create({"resume_line_id": course.id, **values})
        cls.env["dupq.shift"].create(
            {
                "employee_id": employee.id,
                "person_id": person.id,
                "start": "2025-03-03 09:00:00",
                "stop": "2025-03-03 17:00:00",
                "service_id": cls.service.id,
            }
        )
        march = fields.Date.to_date("2025-03-01")
        cls.env["dupq.rota.month"]._count(march, march)
        cls.env["dupq.rota.source"].create(
            {
                "name": "Calendar",
                "model": "hr.applicant",
                "start_path": "date_open",
                "end_path": "date_closed",
                "employee_path": "employee_id",
                "service_path": "department_id",
            }
        )
        cls.env["dupq.spend.year"].create(
            {"date_from": "2025-04-01", "total_spend": 100}
        )
        cls.env["dupq.erasure"]._note(person, "person", "asked", 1, 1, 0)
        cls.env["dupq.workflow.reminder"].create(
            {
                "model_id": cls.env["ir.model"]._get_id("dupq.code"),
                "res_id": edition.id,
                "transition": "supersede",
                "date": "2030-01-01",
                "kind": "30",
            }
        )
        cls.env["dupq.workflow.gate"].create(
            {
                "model_id": cls.env["ir.model"]._get_id("dupq.code"),
                "transition": "publish",
                "message": "No.",
            }
        )

    def test_each_role_may_do_what_the_table_says_and_nothing_else(self):
        self.assertAccessTable("dupq_code", ACCESS)

    def test_each_role_reaches_the_services_the_table_says(self):
        everywhere = {
            "hr": "r",
            "quality": "ru",
            "admin": "rud",
            "board": "r",
            "panel": "r",
            "concerns": "r",
        }
        self.assertRecordTable(
            {
                self.service: {**everywhere, "worker": "r", "manager": "ru"},
                self.other_service: everywhere,
            }
        )
