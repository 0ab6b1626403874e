from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import SQL

from ..const import WORKER
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

    def test_nobody_makes_up_where_it_was(self):
        elsewhere = self.service.copy({"name": "Elsewhere"})
        for asked, needed, _answer in self._get_asked():
            where = asked.service_id
            for vals in ({"service_id": elsewhere.id}, {"company_id": 1}):
                for user in self.asking:
                    mine = asked.with_user(user)
                    self.assertRefused(mine.write, "by hand", vals)
                    model = mine.browse().with_context(default_job_id=1)
                    self.assertEqual(model.create(needed | vals).service_id, where)
            self.assertEqual(asked.service_id, where)
        choice = self._create_choice().with_user(self.user_hr)
        self.assertRefused(choice.write, "by hand", {"job_id": False})

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

    def test_a_desk_adds_no_file_in_their_name(self):
        file = self.env["ir.attachment"].create({"name": "voice.ogg", "raw": b"OggS"})
        for asked, _needed, _answer in self._get_asked():
            for user in self.answering:
                values = {"attachment_id": file.id}
                self.assertRefused(asked.with_user(user).write, NOT_YOURS, values)

    def test_who_wrote_it_down_is_known_and_stays(self):
        by_hand = self._create_choice(answer="yes", supporter_name="Key worker")
        by_hand.with_user(self.user_worker).action_answer()
        self.assertEqual(by_hand.recorded_by_id, self.user_worker)
        self.assertFalse(self._choose(self.walker, "yes").recorded_by_id)
        said = self._say()
        self.assertFalse(said.recorded_by_id)
        for one in (by_hand, said):
            values = {"recorded_by_id": self.user_manager.id}
            self.assertRefused(one.write, "answered already", values)

    def test_a_desk_has_no_login_of_a_person(self):
        mine = self.person.with_user(self.user_manager)
        for user in (self.user_worker, self.user_manager, self.user_quality):
            self.assertRefused(
                mine.write,
                "would speak as this person",
                {"user_id": user.id},
                error=ValidationError,
            )
        self.person.user_id = self.user_internal
        seats = self.env["dupq.person"]._get_seats
        self.assertTrue(seats(self.user_internal, "choosing"))
        self.user_internal.group_ids += self.env.ref(WORKER)
        self.assertFalse(seats(self.user_internal, "choosing"))

    def test_a_desk_is_sent_no_link_of_a_person(self):
        self.user_manager.email = "Boss@Example.com"
        invite = self.env["dupq.invitation"].with_user(self.user_manager)._invite
        for member in (None, self.sister):
            self.assertRefused(
                invite,
                "would answer for them",
                self.person,
                "choosing",
                "boss@example.com",
                circle_member=member,
            )
        invite(self.person, "choosing", "boss@example.com", kind="group")


@tagged("post_install", "-at_install")
class TestServiceOfTheDay(FeedbackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.moved = cls.today - timedelta(days=400)
        cls.mover = cls._create_person()
        cls.mover.stay_ids = [
            Command.clear(),
            Command.create(
                {
                    "service_id": cls.other_service.id,
                    "date_from": cls.moved - timedelta(days=30),
                    "date_to": cls.moved - timedelta(days=1),
                }
            ),
            Command.create({"service_id": cls.service.id, "date_from": cls.moved}),
        ]

    def test_each_belongs_to_the_service_of_its_own_day(self):
        last = self.moved - timedelta(days=1)
        never = self.moved - timedelta(days=31)
        days = {last: self.other_service.id, self.moved: self.service.id, never: False}
        pairs = [(self.mover.id, day) for day in days]
        found = self.env["dupq.person.stay"]._get_services_on(
            [*pairs, (self.mover.id, False), (False, last)]
        )
        self.assertEqual(found, {pair: days[pair[1]] for pair in pairs[:2]})
        choices = self.env["dupq.choice"].create(
            [
                {"applicant_id": self.walker.id, "person_id": person_id, "date": day}
                for person_id, day in pairs
            ]
        )
        self.assertEqual(
            [choice.service_id.id for choice in choices], list(days.values())
        )

    def test_what_is_not_said_yet_counts_from_the_day_it_was_asked(self):
        last = self.moved - timedelta(days=1)
        asked = self._create_feedback(person_id=self.mover.id, date_asked=last)
        self.assertEqual(asked.service_id, self.other_service)
        asked.date = self.today
        self.assertEqual(asked.service_id, self.service)

    def test_many_days_take_one_query(self):
        stays = self.env["dupq.person.stay"]
        people = self.mover | self.env["dupq.person"].concat(
            *(self._create_person() for _one in range(5))
        )
        self.env.flush_all()
        days = [
            (p.id, self.today - timedelta(days=n)) for p in people for n in range(9)
        ]
        with self.assertQueryCount(1):
            self.assertEqual(len(stays._get_services_on(days)), len(days))

    def test_asking_many_people_takes_no_more_queries(self):
        def ask(number):
            values = [
                {"person_id": person.id, "applicant_id": self.walker.id}
                for person in people[:number]
            ]
            return self._count_queries(lambda: self.env["dupq.choice"].create(values))

        people = [self._create_person() for _one in range(20)]
        few = ask(2)
        self.assertLessEqual(ask(20), few)
