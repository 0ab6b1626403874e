from lxml import etree

from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common_person import JobCommon

RECRUITER = "hr_recruitment.group_hr_recruitment_user"
OURS = (
    "dupq_trait_ids",
    "dupq_wanted_count",
    "dupq_shared_count",
    "dupq_missing_count",
    "dupq_match",
    "dupq_final_answer",
    "dupq_choice_followed",
)


@tagged("post_install", "-at_install")
class TestRecruitmentAsItWas(JobCommon):
    """Who recruits does with applicants what Odoo lets them do, person or not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # An e-mail address, because Odoo asks for it when mail is sent.
        cls.recruiter = new_test_user(
            cls.env, "recruiter", RECRUITER, email="recruiter@example.com"
        )
        cls.cook = cls.env["hr.job"].create({"name": "Cook"})
        cls.plain = cls._create_applicant("Kim Example", job_id=cls.cook.id)
        cls.everybody = cls.walker | cls.other | cls.plain
        for number, applicant in enumerate(cls.everybody):
            applicant.email_from = f"applicant{number}@example.com"
        cls.reason = cls.env["hr.applicant.refuse.reason"].create({"name": "Distance"})
        cls.walker.write(
            {
                "dupq_first_name": "Ola",
                "dupq_own_words": "I walk slowly.",
                "dupq_photo": b"R0lGODlhAQABAAAAACw=",
                "dupq_photo_agreed": True,
                "dupq_override_reason": "We agreed to try.",
            }
        )

    def _as_recruiter(self, records):
        return records.with_user(self.recruiter)

    def _run_dialog(self, action, call, **values):
        """Fill in the dialog that a button opens, as a recruiter, and press on."""
        dialogs = self.env[action["res_model"]].with_user(self.recruiter)
        dialogs = dialogs.with_context(**action.get("context", {}))
        with Form(dialogs) as form:
            for name, value in values.items():
                if name.endswith("_ids"):
                    for record in value:
                        form[name].add(record)
                else:
                    form[name] = value
        return getattr(form.record, call)()

    # === ONE APPLICANT === #

    def test_an_applicant_for_nobody_in_particular_is_hired(self):
        with Form(self._as_recruiter(self.env["hr.applicant"])) as form:
            form.partner_name = "Robin Example"
            form.job_id = self.cook
        applicant = form.record
        applicant.stage_id = self.hired
        self.assertEqual(applicant.application_status, "hired")
        self.assertEqual(applicant.dupq_wanted_count, 0)
        self.assertFalse(applicant.dupq_match)
        applicant.with_user(self.user_hr).create_employee_from_applicant()
        self.assertEqual(applicant.sudo().employee_id.name, "Robin Example")

    def test_refused_and_opened_again(self):
        choice = self._choose(self.walker, "no")
        seen = self._as_recruiter(self.everybody)
        self._run_dialog(
            seen.archive_applicant(),
            "action_refuse_reason_apply",
            refuse_reason_id=self.reason,
        )
        self.assertEqual(set(seen.mapped("application_status")), {"refused"})
        self.assertFalse(any(seen.mapped("active")))
        seen.action_unarchive()
        self.assertEqual(set(seen.mapped("application_status")), {"ongoing"})
        self.assertFalse(any(seen.stage_id.mapped("hired_stage")))
        self.assertEqual(self.walker.dupq_shared_count, 2)
        self.assertEqual(self.walker.dupq_choice_ids, choice)
        self.assertEqual(self.walker.dupq_final_answer, "no")

    def test_a_copy_keeps_what_they_are_like_and_not_what_was_said_of_them(self):
        self._choose(self.walker, "no")
        self._assert_same_applicant_anew(self._as_recruiter(self.walker).copy())

    def _assert_same_applicant_anew(self, applicant):
        self.assertEqual(applicant.dupq_trait_ids, self.walker.dupq_trait_ids)
        self.assertEqual(applicant.dupq_own_words, "I walk slowly.")
        self.assertEqual(applicant.dupq_first_name, "Ola")
        # Odoo copies no picture, and a yes was to the one they had given.
        self.assertFalse(applicant.dupq_photo)
        self.assertFalse(applicant.dupq_photo_agreed)
        self.assertFalse(applicant.dupq_override_reason)
        self.assertFalse(applicant.dupq_choice_ids)
        self.assertFalse(applicant.dupq_final_answer)

    # === MANY === #

    def test_mail_to_many_tells_nothing_of_the_person(self):
        seen = self._as_recruiter(self.everybody)
        self._run_dialog(
            seen.action_send_email(),
            "action_send",
            subject="News",
            body="<p>We write to you all.</p>",
        )
        for applicant in self.everybody:
            message = applicant.message_ids[0]
            self.assertEqual(message.subject, "News")
            self.assertEqual(message.notified_partner_ids, applicant.partner_id)
            self.assertNotIn("Jane", message.body)
            self.assertNotIn(self.person.reference, message.body)

    def test_mail_by_template_to_many(self):
        template = self.env["mail.template"].create(
            {
                "name": "News",
                "model_id": self.env["ir.model"]._get_id("hr.applicant"),
                "subject": "News of {{ object.job_id.name }}",
                "body_html": "<p>Dear <t t-out='object.partner_name'/></p>",
                "email_to": "{{ object.email_from }}",
            }
        )
        composers = self._as_recruiter(self.env["mail.compose.message"])
        composer = composers.create(
            {
                "composition_mode": "mass_mail",
                "model": "hr.applicant",
                "res_ids": repr(self.everybody.ids),
                "template_id": template.id,
            }
        )
        composer._action_send_mail()
        messages = self.everybody.message_ids.filtered(
            lambda message: (message.subject or "").startswith("News of")
        )
        self.assertEqual(messages.mapped("res_id"), self.everybody.ids)
        self.assertIn("Dear Ola", self.walker.message_ids[0].body)

    def test_stages_become_one(self):
        """Who recruits moves everybody on, and who manages it deletes the stage."""
        stages = self.env["hr.recruitment.stage"].create(
            [{"name": "Called", "sequence": 7}, {"name": "Talked", "sequence": 8}]
        )
        self._as_recruiter(self.walker | self.plain).stage_id = stages[0]
        self._as_recruiter(self.other).stage_id = stages[1]
        choice = self._choose(self.walker, "yes")
        self._as_recruiter(self.everybody).stage_id = stages[1]
        manager = new_test_user(
            self.env, "merger", "hr_recruitment.group_hr_recruitment_manager"
        )
        stages[0].with_user(manager).unlink()
        self.assertEqual(self.everybody.stage_id, stages[1])
        self.assertEqual(self.walker.dupq_choice_ids, choice)
        self.assertEqual(self.walker.dupq_final_answer, "yes")

    def test_applicants_and_the_job_are_deleted(self):
        self._create_choice(self.walker, stage="final")
        seen = self._as_recruiter(self.walker | self.other)
        seen.unlink()
        self._as_recruiter(self.job).unlink()
        self.assertFalse((self.walker | self.other).exists())
        self.assertFalse(self.job.exists())

    # === TALENT POOL === #

    def _add_to_pool(self, applicants):
        pool = self._as_recruiter(self.env["hr.talent.pool"]).create({"name": "Later"})
        action = self._as_recruiter(applicants).action_talent_pool_add_applicants()
        self._run_dialog(action, "action_add_applicants_to_pool", talent_pool_ids=pool)
        return pool.talent_ids

    def test_a_talent_keeps_interests_and_is_matched_with_nobody(self):
        self._choose(self.walker, "no")
        (talent,) = self._add_to_pool(self.walker)
        self._assert_same_applicant_anew(talent)
        self.assertFalse(talent.job_id)
        self.assertEqual(talent.dupq_wanted_count, 0)
        self.assertFalse(talent.dupq_match)
        self.assertEqual(self.walker.dupq_final_answer, "no")

    def test_an_application_from_a_talent_is_matched_and_asked_about_anew(self):
        self._choose(self.walker, "no")
        (talent,) = self._add_to_pool(self.walker)
        later = self.env["hr.job"].create({"name": "Somebody for weekends"})
        made = self.env["dupq.job.person"].create(
            {"job_id": later.id, "person_id": self.person.id}
        )
        made.wish_ids.action_keep()
        self._run_dialog(
            talent.action_job_add_applicants(),
            "action_add_applicants_to_job",
            job_ids=later,
        )
        new = later.application_ids.with_user(self.recruiter)
        self._assert_same_applicant_anew(new)
        self.assertEqual(new.dupq_shared_count, 2)
        new.action_dupq_ask_final()
        self.assertEqual(new.dupq_choice_ids.person_id.id, self.person.id)

    def test_applicants_for_nobody_in_particular_go_to_a_pool_too(self):
        talents = self._add_to_pool(self.plain | self.other)
        self.assertEqual(
            sorted(talents.mapped("partner_name")), ["Kim Example", "Sam Sample"]
        )

    # === SPEED === #

    def test_the_kanban_costs_no_more_with_more_applicants(self):
        """Our fields cost the same, however many cards Odoo reads."""
        few = self._create_many(3)
        many = self._create_many(30)
        for applicants in (few, many):
            self.assertEqual(len(self._read_cards(applicants, with_ours=True)), 3)
        costs = [
            self._count(applicants, True) - self._count(applicants, False)
            for applicants in (few, many)
        ]
        self.assertEqual(costs[0], costs[1])
        self.assertGreaterEqual(costs[0], 0)

    def _create_many(self, number):
        """Applicants in three stages, with words, and choices of each."""
        stages = self.env["hr.recruitment.stage"].search([], limit=3)
        applicants = self.env["hr.applicant"].create(
            [
                {
                    "partner_name": "New Example",
                    "job_id": self.job.id,
                    "stage_id": stages[one % 3].id,
                    "dupq_trait_ids": [Command.set(self.hiking.ids)],
                }
                for one in range(number)
            ]
        )
        applicants.action_dupq_ask_shortlist()
        return applicants

    def _count(self, applicants, with_ours):
        return self._count_queries(lambda: self._read_cards(applicants, with_ours))

    def _read_cards(self, applicants, with_ours):
        """Read the board as its screen does, with what its cards show."""
        seen = self._as_recruiter(applicants.browse())
        view = self.env.ref("hr_recruitment.hr_kanban_view_applicant")
        arch = etree.fromstring(seen.get_view(view.id, "kanban")["arch"])
        shown = {node.get("name") for node in arch.iter("field")}
        self.assertIn("dupq_shared_count", shown)
        names = (shown | set(OURS)) if with_ours else shown - set(OURS)
        specification = {
            name: {"fields": {"display_name": {}}}
            if seen._fields[name].relational
            else {}
            for name in names & seen._fields.keys()
        }
        return seen.web_read_group(
            [("id", "in", applicants.ids)],
            ["stage_id"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification=specification,
        )["groups"]
