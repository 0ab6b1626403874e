from odoo.tests import tagged

from odoo.addons.dupq_code.tests.common_person import JobCommon

from ..hooks import post_init_hook


@tagged("post_install", "-at_install")
class TestHrJob(JobCommon):
    """The page on the website is part of the advert (C29)."""

    def test_a_wish_on_the_page_makes_the_advert_no_longer_generic(self):
        self.assertTrue(self.job.dupq_is_generic)
        self.job.website_description = "<p>We go for <b>long walks</b>.</p>"
        self.assertFalse(self.job.dupq_is_generic)
        self.assertEqual(self.job.dupq_advert_count, 1)
        self.job.description = "<p>Photographs of birds</p>"
        self.assertEqual(self.job.dupq_advert_count, 2)
        self.job.website_description = False
        self.assertEqual(self.job.dupq_advert_count, 1)

    def test_the_words_a_page_begins_with_say_nothing_of_anybody(self):
        """Odoo's own text speaks of creative people, whoever the job is for."""
        self.person.quality_ids = self._create_trait("Creative", kind="quality")
        self.made_for.action_draw_wishes()
        self.made_for.wish_ids.filtered(lambda w: w.state == "proposed").action_keep()
        self.job.website_description = self.job._get_default_website_description()
        self.assertIn("creative", self.job.website_description)
        self.assertTrue(self.job.dupq_is_generic)
        self.job.website_description += "<p>Are you creative?</p>"
        self.assertFalse(self.job.dupq_is_generic)

    def test_hr_sees_it_on_the_job(self):
        self.job.with_user(self.user_hr).website_description = "<p>Long walks</p>"
        self.assertIn("1 of 3", self.job.with_user(self.user_hr).dupq_advert_remark)

    def test_pages_that_were_there_before_are_looked_at_on_install(self):
        self.job.website_description = "<p>Long walks</p>"
        other = self.env["hr.job"].create({"name": "Cook"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_job SET dupq_is_generic = TRUE, dupq_advert_count = 0"
        )
        self.env.invalidate_all()
        self.assertTrue(self.job.dupq_is_generic)
        before = (self.job.write_date, other.write_date)
        post_init_hook(self.env)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.job.dupq_is_generic)
        self.assertTrue(other.dupq_is_generic)
        self.assertEqual((self.job.write_date, other.write_date), before)

    def test_number_of_queries_does_not_grow_with_the_jobs(self):
        def count(number):
            jobs = self.env["hr.job"].create(
                [
                    {"name": "Somebody", "website_description": "<p>Walks</p>"}
                    for _number in range(number)
                ]
            )
            self.env["dupq.job.person"].create(
                [{"job_id": job.id, "person_id": self.person.id} for job in jobs]
            )
            self.env.flush_all()
            counts = []
            for _try in range(3):
                self.env.add_to_compute(jobs._fields["dupq_is_generic"], jobs)
                self.env.invalidate_all(flush=False)
                before = self.env.cr.sql_log_count
                jobs.mapped("dupq_is_generic")
                counts.append(self.env.cr.sql_log_count - before)
                self.env.flush_all()
            return min(counts)

        self.assertEqual(count(1), count(12))

    def test_it_brings_no_model_of_its_own(self):
        names = self._get_model_names("dupq_code_website_hr_recruitment")
        self.assertEqual(names, [])
