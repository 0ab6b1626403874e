import sys

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common_person import JobCommon


@tagged("post_install", "-at_install")
class TestChoice(JobCommon):
    def test_a_supporter_records_it_with_the_person_and_says_so(self):
        choice = self._create_choice().with_user(self.user_worker)
        choice.write({"answer": "yes", "words": "She listened."})
        self.assertRefused(choice.action_answer, "who recorded it")
        choice.supporter_name = "Key worker"
        choice.action_answer()
        self.assertEqual(choice.state, "answered")

    def test_nothing_is_kept_without_an_answer(self):
        choice = self._create_choice(supporter_name="Key worker")
        self.assertRefused(choice.action_answer, "yes, not sure or no")

    def test_nothing_is_kept_without_the_persons_consent(self):
        self.person.consent_ids.filtered(
            lambda c: c.purpose == "choosing"
        ).action_withdraw()
        choice = self._create_choice(supporter_name="Key worker", answer="yes")
        self.assertRefused(choice.action_answer, "has not agreed")

    def test_family_speaks_only_when_the_person_wants_it(self):
        values = {
            "answer": "yes",
            "taken_by": "circle",
            "circle_member_id": self.sister.id,
        }
        self.assertRefused(self._create_choice()._answer, "does not want them", values)
        self._agree(self.sister)
        self._create_choice()._answer(values)
        self.sister.action_withdraw()
        self.assertRefused(self._create_choice()._answer, "does not want them", values)

    def test_a_circle_member_of_somebody_else_does_not_speak(self):
        other = self._create_person()
        stranger = self.sister.copy({"person_id": other.id})
        self._agree(stranger)
        self.assertRefused(
            self._create_choice()._answer,
            "Say who of",
            {"answer": "no", "taken_by": "circle", "circle_member_id": stranger.id},
        )

    def test_an_answer_stays_as_it_was_given(self):
        choice = self._choose(self.walker, "no", words="Too loud.")
        for values in ({"answer": "yes"}, {"words": "Nice."}, {"person_id": 1}):
            self.assertRefused(choice.write, "answered already", values)
        self.assertRefused(choice.unlink, "not deleted")

    def test_somebody_who_changes_their_mind_is_asked_again(self):
        first = self._choose(self.walker, "no")
        self.assertEqual(self.walker.dupq_final_answer, "no")
        again = self.env["dupq.choice"].browse(first.action_ask_again()["res_id"])
        self.assertFalse(again.answer)
        again._answer({"answer": "yes", "taken_by": "person"})
        self.assertEqual(self.walker.dupq_final_answer, "yes")
        self.assertEqual(first.answer, "no")

    def test_the_one_door_takes_an_answer_and_nothing_else(self):
        choice = self._create_choice()
        self.assertRefused(
            choice._answer,
            "Only the answer",
            {"answer": "yes", "person_id": self._create_person().id},
            error=AccessError,
        )

    def test_who_recruits_asks_all_the_people_of_the_job_once(self):
        second = self._create_person()
        self.env["dupq.job.person"].create(
            {"job_id": self.job.id, "person_id": second.id}
        )
        applicants = (self.walker | self.other).with_user(self.user_hr)
        applicants.action_dupq_ask_meeting()
        applicants.action_dupq_ask_meeting()
        choices = applicants.dupq_choice_ids
        self.assertEqual(len(choices), 4)
        self.assertEqual(set(choices.mapped("stage")), {"meeting"})
        applicants.action_dupq_ask_final()
        self.assertEqual(len(applicants.dupq_choice_ids), 8)

    def test_for_nobody_nobody_can_be_asked(self):
        job = self.env["hr.job"].create({"name": "Cook"})
        self.walker.job_id = job
        self.assertRefused(
            self.walker.with_user(self.user_hr).action_dupq_ask_final,
            "nobody in particular",
        )
        self.assertRefused(
            self.walker.with_user(self.user_manager).action_dupq_ask_final,
            "",
            error=AccessError,
        )

    def test_who_may_do_what(self):
        choice = self._create_choice()
        self.assertRecordTable({choice: {"hr": "rud", "worker": "ru", "manager": "ru"}})

    def test_members_see_the_first_name_of_an_applicant_and_no_more(self):
        choice = self._create_choice().with_user(self.user_worker)
        self.assertEqual(choice.candidate, "Ola")
        self.assertRefused(
            choice.applicant_id.read, "access", ["partner_name"], error=AccessError
        )

    def test_what_was_said_outlives_the_applicant(self):
        choice = self._choose(self.walker, "yes", words="The one.")
        self.walker.with_user(self.user_hr).unlink()
        self.assertEqual((choice.answer, choice.words), ("yes", "The one."))
        self.assertEqual(choice.job_id, self.job)
        self.assertFalse(choice.candidate)

    def test_it_is_about_somebody(self):
        self.assertRefused(
            self.env["dupq.choice"].create,
            "which applicant",
            {"person_id": self.person.id},
        )

    def test_it_belongs_to_the_service_of_its_day(self):
        choice = self._create_choice(date=fields.Date.today())
        self.assertEqual(choice.service_id, self.service)
        before = self.person.stay_ids.date_from.replace(year=2001)
        self.assertFalse(self._create_choice(date=before).service_id)

    def test_who_recruits_sees_no_name_of_person_or_family(self):
        self._agree(self.sister)
        choice = self._choose(
            self.walker, "yes", taken_by="circle", circle_member_id=self.sister.id
        )
        seen = choice.with_user(self.user_hr)
        self.assertEqual(seen.person_id.display_name, self.person.reference)
        self.assertEqual(seen.circle_member_id.display_name, "Brother or sister")


@tagged("post_install", "-at_install")
class TestChoiceFollowed(JobCommon):
    def _hire(self, applicant):
        applicant.with_user(self.user_hr).stage_id = self.hired

    def test_a_choice_that_is_followed(self):
        self._choose(self.walker, "yes")
        self._hire(self.walker)
        self.assertEqual(self.walker.dupq_choice_followed, "followed")

    def test_hiring_against_the_choice_needs_a_reason_and_counts(self):
        self._choose(self.walker, "no")
        self.assertRefused(
            self._hire, "chose otherwise", self.walker, error=ValidationError
        )
        self.walker.dupq_override_reason = "   "
        self.assertRefused(
            self._hire, "chose otherwise", self.walker, error=ValidationError
        )
        self.walker.dupq_override_reason = "Agreed with the person to try."
        self._hire(self.walker)
        self.assertEqual(self.walker.dupq_choice_followed, "overridden")

    def test_hiring_another_than_the_chosen_one_needs_a_reason(self):
        self._choose(self.walker, "yes")
        self.assertRefused(
            self._hire, self.person.reference, self.other, error=ValidationError
        )

    def test_the_person_decides_and_not_their_family(self):
        self._agree(self.sister)
        self._choose(
            self.walker, "yes", taken_by="circle", circle_member_id=self.sister.id
        )
        self.assertFalse(self.walker.dupq_final_answer)
        self._choose(self.walker, "no")
        self._choose(
            self.walker, "yes", taken_by="circle", circle_member_id=self.sister.id
        )
        self.assertEqual(self.walker.dupq_final_answer, "no")
        self.assertRefused(
            self._hire, "chose otherwise", self.walker, error=ValidationError
        )

    def test_not_sure_is_no_choice(self):
        self._choose(self.walker, "not_sure")
        self.assertRefused(
            self._hire, "chose otherwise", self.walker, error=ValidationError
        )

    def test_a_no_at_the_shortlist_is_no_final_choice(self):
        self._choose(self.walker, "no", stage="shortlist")
        self._hire(self.walker)
        self.assertEqual(self.walker.dupq_choice_followed, "not_asked")

    def test_the_last_answer_counts(self):
        self._choose(self.walker, "no")
        self._choose(self.walker, "yes")
        self._hire(self.walker)
        self.assertEqual(self.walker.dupq_choice_followed, "followed")

    def test_a_choice_for_another_job_does_not_matter(self):
        job = self.env["hr.job"].create({"name": "Cook"})
        applicant = self.env["hr.applicant"].create(
            {"partner_name": "New Example", "job_id": job.id}
        )
        self._choose(self.walker, "yes")
        self._hire(applicant)
        self.assertEqual(applicant.dupq_choice_followed, "not_asked")

    def test_the_work_grows_with_the_choices_and_not_with_their_square(self):
        """Four times as many people and applicants, each pair once, is 16 times."""
        small, large = (self._count_calls(number) for number in (3, 12))
        self.assertLess(large, small * 16 * 1.5)

    def _count_calls(self, number):
        """How often anything is called to look at so many applicants and people."""
        job = self.env["hr.job"].create({"name": "Somebody"})
        people = self.env["dupq.person"].concat(
            *(self._create_person() for _number in range(number))
        )
        applicants = self.env["hr.applicant"].create(
            [{"partner_name": "New Example", "job_id": job.id}] * number
        )
        choices = self.env["dupq.choice"].create(
            [
                {
                    "applicant_id": applicant.id,
                    "person_id": person.id,
                    "stage": "final",
                    "answer": "no",
                    "taken_by": "recorded_with",
                    "supporter_name": "Key worker",
                }
                for applicant in applicants
                for person in people
            ]
        )
        for person in people:
            self._consent(person, "choosing")
        choices.action_answer()
        self.env.flush_all()
        calls = 0

        def count(_frame, event, _argument):
            nonlocal calls
            calls += event == "call"

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            found = applicants._get_dupq_chosen_otherwise()
        finally:
            sys.setprofile(before)
        self.assertEqual([len(theirs) for theirs in found.values()], [number] * number)
        return calls


@tagged("post_install", "-at_install")
class TestValueScore(JobCommon):
    def _score(self, **values):
        return (
            self.env["dupq.value.score"]
            .with_user(self.user_hr)
            .create(
                {
                    "applicant_id": self.walker.id,
                    "trait_id": self.patient.id,
                    "score": "2",
                    "example": "Waited for an answer.",
                    **values,
                }
            )
        )

    def test_values_stand_apart_from_qualifications(self):
        before = self.walker.dupq_shared_count, self.walker.matching_score
        self._score()
        after = self.walker.dupq_shared_count, self.walker.matching_score
        self.assertEqual(before, after)

    def test_an_interest_is_no_value(self):
        self.assertRefused(self._score, "only qualities", trait_id=self.hiking.id)
