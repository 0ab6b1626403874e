from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from ..models.dupq_asked import TOGETHER
from .test_staff_feedback import FeedbackCommon

NOT_YOURS = "Only they themselves"


@tagged("post_install", "-at_install")
class TestWhoSpeaks(FeedbackCommon):
    """Nobody speaks for the person or their family by hand, whatever their role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._agree(cls.sister)
        cls.claims = (
            {"taken_by": "person"},
            {"taken_by": "circle", "circle_member_id": cls.sister.id},
            {"circle_member_id": cls.sister.id},
            {"taken_by": False},
        )
        # Who may answer at all, and who may also ask.
        cls.answering = cls.user_worker | cls.user_manager | cls.user_hr
        cls.asking = cls.user_manager | cls.user_hr

    def _get_asked(self):
        """Both kinds of question, with what is needed to ask and to answer them."""
        about = {"person_id": self.person.id}
        review = {"employee_id": self.employee.id, "date_due": self.today, **about}
        return (
            (
                self._create_choice(),
                {"applicant_id": self.walker.id, **about},
                "answer",
            ),
            (self._create_feedback(), review, "go_on"),
        )

    def test_nobody_claims_it_by_changing_a_question(self):
        for asked, _needed, _answer in self._get_asked():
            for user in self.answering | self.env.user:
                mine = asked.with_user(user)
                for claim in self.claims:
                    self.assertRefused(mine.write, NOT_YOURS, claim)
                    self.assertRefused(mine.web_save, NOT_YOURS, claim, {})

    def test_nobody_claims_it_by_asking_anew(self):
        for asked, needed, _answer in self._get_asked():
            for user in self.asking | self.env.user:
                model = asked.with_user(user).browse()
                for claim in self.claims:
                    self.assertRefused(model.create, NOT_YOURS, {**needed, **claim})
                    self.assertRefused(model.web_save, NOT_YOURS, needed | claim, {})
                    by_default = {f"default_{k}": v for k, v in claim.items()}
                    self.assertRefused(
                        model.with_context(**by_default).create, NOT_YOURS, needed
                    )

    def test_nobody_claims_it_by_defaults_of_their_own(self):
        for asked, needed, _answer in self._get_asked():
            for user in self.asking:
                model = asked.with_user(user).browse()
                defaults = self.env["ir.default"].with_user(user)
                defaults.set(asked._name, "taken_by", "person", user_id=True)
                self.assertRefused(model.create, NOT_YOURS, needed)

    def test_nobody_claims_it_by_an_import(self):
        for asked, needed, _answer in self._get_asked():
            names = [f"{name}/.id" if "_id" in name else name for name in needed]
            line = [str(value) for value in needed.values()]
            for user in self.asking:
                model = asked.with_user(user).browse()
                result = model.load([*names, "taken_by"], [[*line, "The person"]])
                self.assertFalse(result["ids"])
                self.assertIn(NOT_YOURS, result["messages"][0]["message"])
                result = model.load([".id", "taken_by"], [[str(asked.id), "person"]])
                self.assertFalse(result["ids"])

    def test_nobody_claims_it_by_copying_an_answer(self):
        choice, said = self._choose(self.walker, "yes"), self._say()
        for answered in (choice, said):
            for user in self.asking:
                copied = answered.with_user(user).copy({"supporter_name": "Me"})
                self.assertEqual((copied.taken_by, copied.state), (TOGETHER, "asked"))
                self.assertRefused(
                    answered.with_user(user).copy, NOT_YOURS, {"taken_by": "person"}
                )
        again = choice.with_user(self.user_hr).action_ask_again()["res_id"]
        again = self.env["dupq.choice"].browse(again)
        again.answer = "no"
        self.assertRefused(again.action_answer, "who recorded it")

    def test_nobody_claims_it_through_the_applicant_or_the_employee(self):
        for owner, name, needed in (
            (self.walker, "dupq_choice_ids", {"person_id": self.person.id}),
            (
                self.employee,
                "dupq_feedback_ids",
                {"person_id": self.person.id, "date_due": self.today},
            ),
        ):
            values = {name: [(0, 0, {**needed, "taken_by": "person"})]}
            self.assertRefused(owner.with_user(self.user_hr).write, NOT_YOURS, values)

    def test_a_claim_that_stands_there_already_is_not_kept(self):
        """Whatever way it came in, the step that keeps an answer asks again."""
        for asked, _needed, answer in self._get_asked():
            asked.write({answer: "yes", "supporter_name": "Key worker"})
            if "works" in asked._fields:
                asked.works = "Sings."
            self.env.flush_all()
            for taken_by in ("person", "circle"):
                # In SQL, because there is no other way to it.
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET taken_by = %s, circle_member_id = %s",
                        SQL.identifier(asked._table),
                        taken_by,
                        self.sister.id,
                    )
                )
                self.env.invalidate_all()
                for user in self.answering:
                    mine = asked.with_user(user)
                    self.assertNotIn("answer", mine._available())
                    self.assertRefused(mine.action_answer, NOT_YOURS)

    def test_the_door_of_the_pages_is_shut_to_people_at_a_desk(self):
        for asked, _needed, answer in self._get_asked():
            for user in self.answering:
                self.assertRefused(
                    asked.with_user(user)._answer,
                    "Only the answer itself",
                    {answer: "yes", "taken_by": "person"},
                    error=AccessError,
                )

    def test_the_door_is_open_for_one_answer_only(self):
        first, second = self._create_choice(), self._create_choice(self.other)
        first._answer({"answer": "yes", "taken_by": "person"})
        self.assertRefused(second.write, NOT_YOURS, {"taken_by": "person"})
        self.assertRefused(first._answer, "answered already", {"taken_by": "person"})

    def test_whoever_may_answer_records_it_together_and_says_who_helped(self):
        for user in self.answering:
            for asked, _needed, answer in self._get_asked():
                mine = asked.with_user(user)
                mine.write({answer: "yes", "supporter_name": "  "})
                if "works" in mine._fields:
                    mine.works = "Sings."
                self.assertRefused(mine.action_answer, "who recorded it")
                mine.supporter_name = "Key worker"
                mine.action_answer()
                self.assertEqual((asked.taken_by, asked.state), (TOGETHER, "answered"))

    def test_screens_do_not_offer_what_is_refused(self):
        for asked, _needed, _answer in self._get_asked():
            for user in self.answering:
                with Form(asked.with_user(user)) as form:
                    self.assertTrue(form._get_modifier("taken_by", "readonly"))
                    # Family is shown to those who support the person only.
                    if user != self.user_hr:
                        self.assertTrue(
                            form._get_modifier("circle_member_id", "readonly")
                        )
