from odoo import fields
from odoo.tests import tagged

from .common_person import JobCommon

# What the match may look at; every other field of an applicant changes nothing.
LOOKED_AT = {"job_id", "dupq_trait_ids", "skill_ids", "applicant_skill_ids"}
MEANINGLESS = {"char": "Zqx", "text": "Zqx", "html": "<p>Zqx</p>"}


@tagged("post_install", "-at_install")
class TestApplicantMatch(JobCommon):
    def test_the_match_says_what_is_shared_and_what_is_not_known(self):
        self.assertEqual(self.walker.dupq_wanted_count, 3)
        self.assertEqual(self.walker.dupq_shared_count, 2)
        self.assertEqual(self.walker.dupq_missing_count, 0)
        self.assertEqual(self.other.dupq_missing_count, 1)
        words = str(self.other.with_user(self.user_hr).dupq_match)
        self.assertIn("Shared: Photographs of birds", " ".join(words.split()))
        self.assertIn("not known yet: Takes time", " ".join(words.split()))
        self.assertIn(self.person.reference, words)
        self.assertNotIn("Jane", words)

    def test_a_skill_of_odoo_counts_as_the_interest_it_stands_for(self):
        skill_type = self.env["hr.skill.type"].create(
            {
                "name": "Outdoors",
                "skill_ids": [fields.Command.create({"name": "Mountain leader"})],
                "skill_level_ids": [
                    fields.Command.create({"name": "Good", "level_progress": 100})
                ],
            }
        )
        skill = skill_type.skill_ids
        self.hiking.skill_ids = skill
        applicant = self._create_applicant("New Example")
        self.assertEqual(applicant.dupq_shared_count, 0)
        self.env["hr.applicant.skill"].create(
            {
                "applicant_id": applicant.id,
                "skill_id": skill.id,
                "skill_type_id": skill_type.id,
                "skill_level_id": skill_type.skill_level_ids.id,
            }
        )
        self.assertEqual(applicant.dupq_shared_count, 1)

    def test_a_word_that_is_archived_takes_nothing_from_who_said_it(self):
        self.hiking.active = False
        self.env.invalidate_all()
        self.assertIn(self.hiking, self.walker.dupq_trait_ids)
        late = self._create_applicant("New Example", self.hiking)
        self.assertEqual(late.dupq_shared_count, 1)

    def test_it_follows_the_wishes_of_the_job(self):
        wish = self.made_for.wish_ids.filtered(lambda w: w.trait_id == self.hiking)
        wish.action_leave_out()
        self.assertEqual(self.walker.dupq_shared_count, 1)

    def test_it_turns_nobody_away(self):
        self.other.with_user(self.user_hr).write({"stage_id": self.hired.id})
        self.assertTrue(self.other.date_closed)

    def test_applicants_without_a_person_are_as_they_were(self):
        job = self.env["hr.job"].create({"name": "Cook"})
        applicant = self.env["hr.applicant"].create(
            {"partner_name": "New Example", "job_id": job.id}
        )
        self.assertEqual(applicant.dupq_wanted_count, 0)
        self.assertFalse(applicant.dupq_match)

    def test_nothing_else_of_an_applicant_takes_part(self):
        """Whatever is changed but the words brought, the match stays the same."""
        before = self._get_match()
        changed = set()
        for name, value in self._get_other_values():
            self.walker.write({name: value})
            self.env.invalidate_all()
            changed.add(name)
            self.assertEqual(self._get_match(), before, name)
        self.assertGreater(len(changed), 15)
        partner = self.env["res.partner"].create(
            {"name": "Zqx", "country_id": self.env.ref("base.fr").id, "lang": "en_US"}
        )
        self.walker.partner_id = partner
        self.assertEqual(self._get_match(), before)

    def _get_match(self):
        return self.walker._get_dupq_matches()[self.walker]

    def _get_other_values(self):
        """A changed value for each plain field of an applicant that is writable."""
        for name, field in self.walker._fields.items():
            if name in LOOKED_AT or not field.store or field.readonly or field.related:
                continue
            if name.startswith(("message_", "activity_", "stage", "company")):
                continue
            if field.type in MEANINGLESS:
                yield name, MEANINGLESS[field.type]
            elif field.type in ("integer", "float"):
                yield name, 7
            elif field.type == "boolean" and name != "active":
                yield name, not self.walker[name]
            elif field.type == "date":
                yield name, fields.Date.today()

    def test_number_of_queries_does_not_grow_with_the_applicants(self):
        def read(applicants):
            self.env.invalidate_all()
            applicants.with_user(self.user_hr).mapped("dupq_match")

        many = self.env["hr.applicant"].create(
            [
                {"partner_name": "Example", "job_id": self.job.id}
                for _number in range(30)
            ]
        )
        read(many)
        before = self.env.cr.sql_log_count
        read(many[0])
        one = self.env.cr.sql_log_count - before
        with self.assertQueryCount(one + 1):
            read(many)
