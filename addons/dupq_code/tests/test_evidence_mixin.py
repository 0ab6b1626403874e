from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common_evidence import EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidenceMixin(EvidenceCommon):
    def _link(self, host, user=None, **values):
        """Link as the smart button does, from the defaults it gives."""
        user = user or self.user_hr
        context = host.with_user(user).action_dupq_evidence_link()["context"]
        model = self.env["dupq.evidence"].with_user(user).with_context(**context)
        return model.create({"service_id": self.service.id, **values})

    def test_each_host_gives_what_it_already_says(self):
        rows = (
            (self.job, "job", self.today, ["A3.G4"], "human_resources"),
            (
                self.applicant,
                "recruitment",
                self.today,
                ["A1.G4", "A3.G4"],
                "human_resources",
            ),
            (self.course, "training", "2025-03-02", ["A1.G2", "A3.G8"], "training"),
            (self.skill, "skill", "2025-02-03", ["A3.G6"], "training"),
        )
        for host, source_type, day, references, group in rows:
            evidence = self._link(host)
            self.assertEqual(evidence.source_type, source_type)
            self.assertEqual(evidence.date_seen, fields.Date.to_date(day))
            self.assertEqual(evidence.statement_ids.mapped("reference"), references)
            self.assertEqual(
                evidence.perspective_id,
                self.env.ref(f"dupq_code.dupq_stakeholder_group_{group}"),
            )
            self.assertEqual(
                (evidence.res_model, evidence.res_id), (host._name, host.id)
            )
            self.assertEqual(host.with_user(self.user_hr).dupq_evidence_count, 1)

    def test_the_service_is_that_of_the_department_or_of_the_one_above(self):
        top = self.env["hr.department"].create({"name": "All homes"})
        below = self.env["hr.department"].create(
            {"name": "Nights", "parent_id": top.id}
        )
        self.other_service.department_id = top
        for host in (self.applicant, self.job):
            host.department_id = below
            self.assertEqual(self._get_offered_service(host), self.other_service.id)
        self.service.department_id = below
        self.assertEqual(self._get_offered_service(self.applicant), self.service.id)
        self.applicant.department_id = False
        self.assertFalse(self._get_offered_service(self.applicant))
        self.assertFalse(self._get_offered_service(self.course))

    def _get_offered_service(self, host):
        context = host.with_user(self.user_hr).action_dupq_evidence_link()["context"]
        return context.get("default_service_id")

    def test_the_button_offers_a_first_item_and_then_opens_the_list(self):
        host = self.applicant.with_user(self.user_hr)
        self.assertEqual(host.action_dupq_evidence_open()["target"], "new")
        evidence = self._link(self.applicant)
        host.invalidate_recordset()
        action = host.action_dupq_evidence_open()
        found = self.env["dupq.evidence"].search(action["domain"])
        self.assertEqual(found, evidence)
        self.assertEqual(host.dupq_evidence_count, len(found))

    def test_the_count_is_what_the_user_may_read(self):
        self._link(self.applicant)
        self._link(self.applicant, sensitivity="confidential")
        counts = {
            self.user_hr: 2,
            self.user_quality: 2,
            self.user_board: 1,
            self.user_worker: 1,
            self.user_internal: 0,
            self.user_portal: 0,
            self.env.ref("base.public_user"): 0,
        }
        for user, count in counts.items():
            self.env.invalidate_all()
            host = self.applicant.with_user(user)
            self.assertEqual(host.dupq_evidence_count, count, user.login)

    def test_counting_costs_the_same_for_one_and_for_fifty(self):
        jobs = self.env["hr.job"].create([{"name": f"Job {n}"} for n in range(50)])
        for job in jobs:
            self._link(job)

        def count(some):
            some = some.with_user(self.user_hr)
            return self._count_queries(lambda: some.mapped("dupq_evidence_count"))

        self.assertEqual(count(jobs[:1]), count(jobs))

    def test_a_new_record_has_no_evidence_yet(self):
        job = self.env["hr.job"].with_user(self.user_hr).new({"name": "Driver"})
        self.assertEqual(job.dupq_evidence_count, 0)

    def test_only_what_the_user_can_open_is_linked(self):
        defaults = {"res_model": "hr.applicant", "res_id": self.applicant.id}
        with self.assertRaises(AccessError):
            self._create_evidence(self.user_worker, **defaults)
        self._create_evidence(self.user_hr, **defaults)
        with self.assertRaises(AccessError):
            self._create_evidence(self.user_hr, res_model="hr.applicant", res_id=2**30)

    def test_only_some_kinds_of_record_are_linked(self):
        for model in ("res.users", "no.such.model", "dupq.evidence.mixin", False):
            with self.assertRaises(ValidationError):
                self._create_evidence(res_model=model, res_id=1)
        with self.assertRaises(ValidationError):
            self._create_evidence(res_model="hr.job", res_id=False)

    def test_record_and_service_are_of_one_company(self):
        company = self.env["res.company"].create({"name": "Another provider"})
        user = new_test_user(
            self.env,
            "bothcompanies",
            "hr.group_hr_user,hr_recruitment.group_hr_recruitment_user",
            company_ids=[*self.env.company.ids, company.id],
        )
        foreign = self._create_service(name="Foreign", company_id=company.id)
        with self.assertRaises(ValidationError):
            self._link(self.job, user, service_id=foreign.id)
        self.assertTrue(self._link(self.job, user))

    def test_opening_the_source_asks_its_own_rules(self):
        evidence = self._link(self.applicant)
        action = evidence.with_user(self.user_hr).action_open_source()
        self.assertEqual(action["res_model"], "hr.applicant")
        self.assertEqual(action["res_id"], self.applicant.id)
        for user in (self.user_manager, self.user_board):
            self.assertRefused(
                evidence.with_user(user).action_open_source, "your role does not open"
            )
        by_hand = self._create_evidence()
        self.assertRefused(by_hand.action_open_source, "is gone")

    def test_evidence_outlives_its_source(self):
        evidence = self.env["dupq.evidence"]
        for host in self.hosts:
            evidence |= self._link(host)
        for host in (self.applicant, self.job, self.course, self.skill):
            host.unlink()
        self.assertEqual(evidence.exists(), evidence)
        self.assertEqual(evidence.mapped("source_gone"), [True] * 4)
        self.assertRefused(evidence[0].action_open_source, "is gone")

    def test_deleting_many_costs_no_more_for_their_evidence_than_one(self):
        lines = self.env["hr.resume.line"].create(
            [
                {"employee_id": self.employee.id, "name": f"Course {n}"}
                for n in range(22)
            ]
        )
        for line in lines:
            self._link(line)
        counts = []
        for some in (lines[:1], lines[1:2], lines[2:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.unlink()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_what_a_database_cascade_deleted_is_found_later(self):
        course, skill = self._link(self.course), self._link(self.skill)
        job = self._link(self.job)
        self.employee.unlink()
        self.assertFalse(self.course.exists() or self.skill.exists())
        self.assertFalse(course.source_gone or skill.source_gone)
        # The nightly cleaning asks every model, this one without a table too.
        self.env["dupq.evidence.source"]._gc_vanished_sources()
        self.env["dupq.evidence"]._gc_vanished_sources()
        self.assertTrue(course.source_gone and skill.source_gone)
        self.assertFalse(job.source_gone)

    def test_a_copy_of_a_host_has_no_evidence(self):
        self._link(self.job)
        copy = self.job.copy().with_user(self.user_hr)
        self.assertEqual(copy.dupq_evidence_count, 0)

    def test_hosts_work_as_before_for_people_without_evidence(self):
        evidence = self._link(self.course)
        self.user_internal.group_ids += self.env.ref("base.group_allow_export")
        employee = self.env["hr.employee"].create(
            {"name": "Ilse Varga", "user_id": self.user_internal.id}
        )
        lines = self.env["hr.resume.line"].with_user(self.user_internal)
        line = lines.create({"employee_id": employee.id, "name": "First aid"})
        line.name = "First aid at work"
        values = line.read()[0]
        self.assertEqual(values["dupq_evidence_count"], 0)
        copy = line.copy()
        exported = line.export_data(["name", "dupq_evidence_count"])[
            "datas"
        ]  # codespell:ignore
        self.assertEqual(exported, [["First aid at work", 0]])
        result = lines.load(["name", ".id"], [["First aid, day 2", str(line.id)]])
        self.assertEqual(result["ids"], line.ids)
        (line | copy).unlink()
        self.assertEqual(
            self.course.with_user(self.user_internal).read(["name"])[0]["name"],
            "Being heard",
        )
        for action in ("action_dupq_evidence_open", "action_dupq_evidence_link"):
            getattr(self.course.with_user(self.user_internal), action)()
        self.assertRaises(
            AccessError, evidence.with_user(self.user_internal).read, ["title"]
        )

    def test_screens_of_others_are_untouched(self):
        views = {
            "hr.job": "hr.view_hr_job_form",
            "hr.applicant": "hr_recruitment.hr_applicant_view_form",
            "hr.resume.line": "hr_skills.resume_line_view_form",
            "hr.employee.skill": "hr_skills.employee_skill_view_form",
        }
        interviewer = new_test_user(
            self.env,
            "interviewer",
            "hr_recruitment.group_hr_recruitment_interviewer",
        )
        # Whom Odoo itself lets open an application form.
        recruiting = (self.user_hr, interviewer)
        for model, xmlid in views.items():
            view_id = self.env.ref(xmlid).id
            for user, shown in (
                (self.user_hr, True),
                (self.user_manager, True),
                (self.user_internal, False),
                (interviewer, False),
            ):
                if model == "hr.applicant" and user not in recruiting:
                    continue
                arch = self.env[model].with_user(user)
                arch = arch.get_view(view_id, "form")["arch"]
                self.assertEqual("dupq_evidence" in arch, shown, (model, user.login))

    def test_evidence_is_not_stored_on_hosts(self):
        """It knows its source, and the source does not know it."""
        for host in self.hosts:
            self.env.cr.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s AND column_name LIKE 'dupq%%evidence%%'",
                [host._table],
            )
            self.assertFalse(self.env.cr.fetchall(), host._name)
