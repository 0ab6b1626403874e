from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_person import JobCommon


@tagged("post_install", "-at_install")
class TestJobPerson(JobCommon):
    def test_wishes_are_drawn_from_the_profile(self):
        self.person.write(
            {"matters_to_me": "My camera. My sister.", "best_support": "Slowly."}
        )
        self.made_for.action_draw_wishes()
        self.assertEqual(
            sorted(self.made_for.wish_ids.mapped("text")),
            [
                "Long walks",
                "My camera.",
                "My sister.",
                "Photographs of birds",
                "Slowly.",
                "Takes time",
            ],
        )
        self.assertEqual(
            self.made_for.wish_ids.filtered("must_have").mapped("text"), ["Takes time"]
        )

    def test_drawing_again_doubles_nothing(self):
        before = self.made_for.wish_ids
        before[0].action_leave_out()
        self.made_for.action_draw_wishes()
        self.assertEqual(self.made_for.wish_ids, before)

    def test_who_recruits_reads_only_what_was_kept_and_no_name(self):
        self.person.matters_to_me = "Something between us"
        self.made_for.action_draw_wishes()
        job = self.job.with_user(self.user_hr)
        self.assertEqual(
            sorted(job.dupq_wish_ids.mapped("text")),
            ["Long walks", "Photographs of birds", "Takes time"],
        )
        self.assertEqual(
            job.dupq_job_person_ids.mapped("display_name"), [self.person.reference]
        )
        wish = self.made_for.wish_ids.filtered(lambda w: w.state == "proposed")
        self.assertRefused(
            wish.with_user(self.user_hr).read, "access", ["text"], error=AccessError
        )

    def test_no_wish_is_kept_without_the_persons_consent(self):
        self.consent.action_withdraw()
        wish = self.made_for.wish_ids[0]
        self.assertRefused(
            wish.with_user(self.user_manager).action_keep, "has not agreed"
        )

    def test_taking_consent_back_empties_the_specification_at_once(self):
        self.assertEqual(self.job.dupq_wish_count, 3)
        self.consent.with_user(self.user_manager).action_withdraw()
        self.assertEqual(set(self.made_for.wish_ids.mapped("state")), {"left_out"})
        self.assertFalse(self.job.with_user(self.user_hr).dupq_wish_ids)
        self.assertEqual(self.job.dupq_wish_count, 0)

    def test_a_kept_wish_is_looked_at_again_when_it_changes(self):
        wish = self.made_for.wish_ids[0]
        self.assertRefused(wish.write, "Leave it out first", {"text": "Other"})
        wish.action_leave_out()
        wish.text = "Other"
        wish.action_keep()

    def test_hr_and_other_managers_make_no_job_for_a_person(self):
        elsewhere = self._create_user("beeches", "service_manager")
        self._create_member(self.other_service, elsewhere, role="manager")
        job = self.env["hr.job"].create({"name": "Another"})
        for user in (self.user_hr, self.user_worker, elsewhere):
            self.assertRefused(
                self.env["dupq.job.person"].with_user(user).create,
                "",
                {"job_id": job.id, "person_id": self.person.id},
                error=AccessError,
            )
        made = (
            self.env["dupq.job.person"]
            .with_user(self.user_manager)
            .create({"job_id": job.id, "person_id": self.person.id})
        )
        made.wish_ids.action_keep()
        self.assertEqual(job.dupq_made_for, "person")


@tagged("post_install", "-at_install")
class TestAdvert(JobCommon):
    def test_an_advert_with_nothing_of_the_person_is_generic(self):
        self.job.description = "<p>Experience and a diploma are needed.</p>"
        self.assertTrue(self.job.dupq_is_generic)
        self.assertIn("could be for anybody", self.job.dupq_advert_remark)

    def test_an_advert_that_takes_up_a_wish_is_not(self):
        self.job.description = "<p>We look for somebody for <b>long walks</b>.</p>"
        self.assertFalse(self.job.dupq_is_generic)
        self.assertIn("1 of 3", self.job.dupq_advert_remark)

    def test_each_wish_says_whether_the_advert_takes_it_up(self):
        self.job.description = "<p>We look for somebody for <b>long walks</b>.</p>"
        wishes = self.job.with_user(self.user_hr).dupq_wish_ids
        taken_up = wishes.filtered("is_in_advert")
        self.assertEqual(taken_up.mapped("text"), ["Long walks"])
        self.assertEqual(len(taken_up), self.job.dupq_advert_count)
        self.job.description = "<p>Photographs of birds.</p>"
        taken_up = wishes.filtered("is_in_advert")
        self.assertEqual(taken_up.mapped("text"), ["Photographs of birds"])

    def test_other_words_for_an_interest_count(self):
        self.job.description = "<p>Bring your camera!</p>"
        self.assertTrue(self.job.dupq_is_generic)
        self.photography.words = "camera, lens"
        self.assertFalse(self.job.dupq_is_generic)

    def test_a_wish_that_is_taken_out_no_longer_counts(self):
        self.job.description = "<p>Long walks</p>"
        wish = self.made_for.wish_ids.filtered(lambda w: w.trait_id == self.hiking)
        wish.action_leave_out()
        self.assertTrue(self.job.dupq_is_generic)

    def test_a_job_for_nobody_says_so(self):
        job = self.env["hr.job"].create({"name": "Support worker"})
        self.assertEqual(job.dupq_made_for, "nobody")
        self.assertIn("nobody in particular", job.dupq_advert_remark)
        job.dupq_service_id = self.service
        self.assertEqual(job.dupq_made_for, "service")
        self.assertIn("No wish of theirs", job.dupq_advert_remark)

    def test_jobs_are_found_by_it(self):
        jobs = self.env["hr.job"].with_user(self.user_hr)
        self.assertIn(self.job, jobs.search([("dupq_is_generic", "=", True)]))
        found = jobs.search([("dupq_made_for", "=", "person")])
        self.assertIn(self.job, found)
