import random
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common_rule import RuleCommon

SHIPPED = (
    "course_done",
    "qualification_gained",
    "qualification_ran_out",
    "applicant_met",
    "applicant_hired",
    "interview",
    "appraisal_met",
    "shortlist_by_people",
    "met_by_people",
    "chosen_by_people",
    "job_for_person",
    "hired_against_choice",
)


@tagged("post_install", "-at_install")
class TestEvidenceRuleNames(RuleCommon):
    """Names of the people at the source reach nobody through the ledger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tokens = []
        cls.employee.name = cls._plant()
        cls.worker = new_test_user(cls.env, "planted", name=cls._plant())
        cls.employee.user_id = cls.worker
        cls.applicant.write(
            {
                # The applicant is called as the contact is.
                "partner_id": cls.env["res.partner"].create({"name": cls._plant()}).id,
                "department_id": cls.department.id,
                "stage_id": cls.env["hr.recruitment.stage"]
                .create({"name": "Contract", "hired_stage": True})
                .id,
                "date_closed": fields.Datetime.now() - timedelta(days=3),
            }
        )
        cls._create_course(name=cls._plant(), description=cls._plant())
        cls._create_certificates()
        cls._create_meetings()
        cls._create_choices()
        export = cls.env.ref("base.group_allow_export")
        cls.readers = (
            cls.user_worker + cls.user_manager + cls.user_quality + cls.user_board
        )
        cls.readers.group_ids += export

    @classmethod
    def _create_meetings(cls):
        start = fields.Datetime.now() - timedelta(days=2)
        guest = cls.env["res.partner"].create({"name": cls._plant()})
        tag = cls.env["calendar.event.type"].create({"name": "Appraisal"})
        about = {"applicant_id": cls.applicant.id}
        met, interview, _appraisal = cls.env["calendar.event"].create(
            [
                {
                    "name": cls._plant(),
                    "user_id": cls.worker.id,
                    "start": start,
                    "stop": start,
                    **values,
                }
                for values in (
                    about,
                    {**about, "partner_ids": [Command.set(guest.ids)]},
                    {
                        "res_model_id": cls.env["ir.model"]._get_id("hr.employee"),
                        "res_id": cls.employee.id,
                        "categ_ids": [Command.set(tag.ids)],
                    },
                )
            ]
        )
        interview.attendee_ids.state = "accepted"
        met.attendee_ids.state = "tentative"

    @classmethod
    def _create_choices(cls):
        """A person with a circle, for whom a job is made, and all they said."""
        sister = cls.env["res.partner"].create({"name": cls._plant()})
        stay = {"service_id": cls.service.id, "date_from": "2020-01-01"}
        cls.person = cls.env["dupq.person"].create(
            {
                "preferred_name": cls._plant(),
                "matters_to_me": cls._plant(),
                "stay_ids": [Command.create(stay)],
                "circle_ids": [Command.create({"partner_id": sister.id})],
            }
        )
        cls.env["dupq.person.consent"].create(
            {"person_id": cls.person.id, "purpose": "choosing", "how": cls._plant()}
        ).action_give()
        cls.env["dupq.job.person"].create(
            {"job_id": cls.applicant.job_id.id, "person_id": cls.person.id}
        )
        cls.applicant.dupq_override_reason = cls._plant()
        for stage in ("shortlist", "meeting", "final"):
            cls.env["dupq.choice"].create(
                {
                    "applicant_id": cls.applicant.id,
                    "person_id": cls.person.id,
                    "stage": stage,
                }
            )._answer(
                {"answer": "no", "words": cls._plant(), "taken_by": "person"},
            )

    @classmethod
    def _plant(cls):
        """A name that is nowhere else."""
        chance = random.Random(f"names {len(cls.tokens)}")
        cls.tokens.append("Zq" + "".join(chance.choices("bcdfghjklmnp", k=12)))
        return cls.tokens[-1]

    @classmethod
    def _create_certificates(cls):
        kind = cls.env["hr.skill.type"].create(
            {
                "name": "Certificates",
                "is_certification": True,
                "skill_ids": [Command.create({"name": n}) for n in ("One", "Two")],
                "skill_level_ids": [
                    Command.create({"name": "Passed", "level_progress": 100})
                ],
            }
        )
        for skill, ends in zip(kind.skill_ids, (False, 5), strict=True):
            cls.env["hr.employee.skill"].create(
                {
                    "employee_id": cls.employee.id,
                    "skill_type_id": kind.id,
                    "skill_id": skill.id,
                    "skill_level_id": kind.skill_level_ids.id,
                    "valid_from": cls.today - timedelta(days=40),
                    "valid_to": ends and cls.today - timedelta(days=ends),
                }
            )

    def _run_all(self):
        rules = self.env["dupq.evidence.rule"]
        for name in SHIPPED:
            rule = self.env.ref(f"dupq_code.dupq_evidence_rule_{name}")
            self._switch_on(rule)
            self._run(rule)
            self.assertTrue(self._items(rule), name)
            rules += rule
        # The life of an item goes on: changed, withdrawn, replaced, deleted.
        self.applicant.date_closed -= timedelta(days=1)
        self.env["hr.resume.line"].search([("name", "in", self.tokens)]).unlink()
        self._items(rules[1]).with_user(self.user_manager)._take("dispute", "Was it?")
        for rule in rules:
            self._run(rule, "changes")
        return rules

    def assertNoToken(self, text, where):
        found = [token for token in self.tokens if token.lower() in text.lower()]
        self.assertFalse(found, where)

    def test_the_tokens_are_where_they_can_be_found(self):
        """Else this test could not fail."""
        seen = str(self.env["hr.resume.line"].search([]).read())
        seen += str(self.applicant.read()) + str(self.employee.read())
        seen += str(self.env["calendar.event"].search([]).read())
        seen += str(self.person.read()) + str(self.person.circle_ids.read())
        seen += str(self.person.consent_ids.read())
        seen += str(self.env["dupq.choice"].search([]).read())
        self.assertEqual([t for t in self.tokens if t not in seen], [])

    def test_no_name_reaches_a_reader(self):
        rules = self._run_all()
        for user in self.readers:
            with self.subTest(user.login):
                self.env.invalidate_all()
                items = self.env["dupq.evidence"].with_user(user).search([])
                items = items.filtered("why_here")
                self.assertTrue(items)
                self.assertNoToken(" ".join(items.mapped("display_name")), "titles")
                self.assertNoToken(" ".join(items.mapped("why_here")), "why_here")
                self.assertNoToken(str(items.read()), "reading all fields")
                self.assertNoToken(str(self._export(items)), "exporting all fields")
                for model, domain in (
                    ("dupq.workflow.log", self._get_log_domain(user)),
                    ("dupq.evidence.rule", [("id", "in", rules.ids)]),
                    ("dupq.evidence.rule.run", []),
                    ("mail.message", [("model", "like", "dupq.evidence%")]),
                    ("mail.activity", [("res_model", "like", "dupq.evidence%")]),
                ):
                    self.assertNoToken(self._read(model, domain, user), model)

    def _get_log_domain(self, user):
        """All that is logged; the life of what people said is for who supports them."""
        supports = self.person.with_user(user).has_access("read")
        return [("model", "like", "dupq.evidence%")] if supports else []

    def _read(self, model, domain, user):
        try:
            return str(self.env[model].with_user(user).search_read(domain))
        except AccessError:
            return ""

    def _export(self, items):
        """The file that the list writes, with every field that can be chosen."""
        names = [
            name
            for name, field in items.fields_get().items()
            if field.get("exportable", True) and field["type"] != "binary"
        ]
        self.assertIn("display_name", names)
        return items.export_data(names)["datas"]

    def test_no_name_is_stored_in_the_ledger(self):
        """Whoever reads it: it is not there."""
        self._run_all()
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT table_name FROM information_schema.tables
                WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
                  AND (table_name LIKE 'dupq\\_evidence%'
                       OR table_name LIKE 'dupq\\_workflow%')"""
        )
        tables = [row[0] for row in self.env.cr.fetchall()]
        self.assertIn("dupq_evidence_rule_run", tables)
        for table in tables:
            self.env.cr.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')  # noqa: S608
            rows = " ".join(row[0] for row in self.env.cr.fetchall())
            self.assertNoToken(rows, table)

    def test_the_way_to_the_source_names_nobody_to_who_may_not_open_it(self):
        self._run_all()
        rule = self.env.ref("dupq_code.dupq_evidence_rule_applicant_hired")
        for user in self.user_worker + self.user_manager + self.user_quality:
            item = self._items(rule).with_user(user)
            # A sentence of ours, and Odoo's own to who may not read the item.
            with self.assertRaises(UserError) as caught:
                item.action_open_source()
            self.assertNoToken(str(caught.exception), user.login)
