from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_person import JobCommon

RECRUITER = "hr_recruitment.group_hr_recruitment_user"


@tagged("post_install", "-at_install")
class TestJobAsking(JobCommon):
    """Who recruits asks the service for wishes that are missing (C28)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recruiter = new_test_user(cls.env, "recruiter", RECRUITER)
        cls.new_job = cls._create_job(cls.person)

    @classmethod
    def _create_job(cls, *people):
        job = cls.env["hr.job"].create({"name": "Somebody for weekends"})
        cls.env["dupq.job.person"].create(
            [{"job_id": job.id, "person_id": person.id} for person in people]
        )
        return job

    def _ask(self, job=None, user=None):
        seen = (job or self.new_job).with_user(user or self.recruiter)
        return seen.action_dupq_ask_service()

    def _get_asked(self, job=None):
        return (job or self.new_job).activity_ids

    def test_who_manages_the_service_gets_a_thing_to_do(self):
        self.assertTrue(self.new_job.with_user(self.recruiter).dupq_is_wish_missing)
        self._ask()
        activity = self._get_asked()
        self.assertEqual(activity.user_id, self.user_manager)
        self.assertIn("wishes", activity.with_user(self.user_manager).summary)
        self.assertTrue(self.new_job.with_user(self.recruiter).dupq_is_service_asked)

    def test_it_tells_nothing_of_the_person(self):
        self._ask()
        activity = self._get_asked()
        told = f"{activity.summary} {activity.note} {activity.res_name}"
        for word in ("Jane", self.person.reference, "Long walks", self.service.name):
            self.assertNotIn(word, told)

    def test_they_do_not_follow_the_job_nor_are_they_written_to(self):
        before = self.new_job.message_ids
        self._ask()
        manager = self.user_manager.partner_id
        self.assertNotIn(manager, self.new_job.message_partner_ids)
        self.assertEqual(self.new_job.message_ids, before)
        self.assertFalse(
            self.env["mail.mail"].search([("recipient_ids", "in", manager.ids)])
        )

    def test_asking_again_doubles_nothing(self):
        self._ask()
        self._ask()
        self.assertEqual(len(self._get_asked()), 1)

    def test_a_wish_that_is_kept_ends_it(self):
        self._ask()
        wish = self.new_job.dupq_wish_ids[0].with_user(self.user_manager)
        wish.action_keep()
        self.assertFalse(self._get_asked())
        self.assertFalse(self.new_job.with_user(self.recruiter).dupq_is_wish_missing)
        self.assertRefused(self._ask, "nothing to ask")

    def test_consent_that_is_taken_back_is_asked_about_too(self):
        self.assertFalse(self.job.with_user(self.recruiter).dupq_is_wish_missing)
        self.consent.with_user(self.user_manager).action_withdraw()
        self.assertTrue(self.job.with_user(self.recruiter).dupq_is_wish_missing)
        self._ask(self.job)
        self.assertEqual(self._get_asked(self.job).user_id, self.user_manager)

    def test_who_has_done_it_without_a_wish_can_be_asked_again(self):
        self._ask()
        self._get_asked().with_user(self.user_manager).action_feedback()
        self.assertFalse(self.new_job.with_user(self.recruiter).dupq_is_service_asked)
        self._ask()
        self.assertEqual(len(self._get_asked()), 1)

    def test_each_service_is_asked_of_its_own(self):
        elsewhere = self._create_user("beeches", "service_manager")
        self._create_member(self.other_service, elsewhere, role="manager")
        other = self._create_person(self.other_service)
        job = self._create_job(self.person, other, self._create_person())
        self._ask(job)
        self.assertEqual(
            sorted(self._get_asked(job).user_id.mapped("login")),
            ["beeches", "manager"],
        )

    def test_where_nobody_manages_the_one_above_is_asked(self):
        above = self._create_user("above", "service_manager")
        self._create_member(self.region, above, role="manager")
        self.service.member_ids.filtered(lambda m: m.role == "manager").unlink()
        self._ask()
        self.assertEqual(self._get_asked().user_id, above)

    def test_where_nobody_can_be_asked_it_is_said(self):
        job = self._create_job(self._create_person(self.other_service))
        self.assertRefused(self._ask, "Tell the quality lead", job)

    def test_who_may_ask(self):
        plain_hr = new_test_user(self.env, "plainhr", "hr.group_hr_user")
        interviewer = new_test_user(
            self.env, "talks", "hr_recruitment.group_hr_recruitment_interviewer"
        )
        for user in (
            self.user_internal,
            self.user_worker,
            self.user_manager,
            self.user_quality,
            self.user_administrator,
            self.user_board,
            self.user_portal,
            plain_hr,
            interviewer,
        ):
            self.assertRefused(self._ask, "", user=user, error=AccessError)
            self.assertFalse(self._get_asked())
        self._ask(user=self.user_hr)
        self.assertTrue(self._get_asked())

    def test_the_button_is_for_who_may_ask(self):
        view = self.env.ref("hr.view_hr_job_form")
        for user, shown in ((self.recruiter, True), (self.user_manager, False)):
            arch = self.new_job.with_user(user).get_view(view.id, "form")["arch"]
            self.assertEqual("action_dupq_ask_service" in arch, shown)

    def test_a_job_can_be_deleted_with_what_was_asked(self):
        self._ask()
        self.new_job.with_user(self.recruiter).unlink()
        self.assertFalse(self.new_job.exists())

    def test_number_of_queries_does_not_grow_with_the_jobs(self):
        def count(number):
            jobs = self.env["hr.job"].concat(
                *(self._create_job(self.person) for _number in range(number))
            )
            jobs = jobs.with_user(self.recruiter)
            return self._count_queries(lambda: jobs.mapped("dupq_is_wish_missing"))

        self.assertEqual(count(1), count(12))
