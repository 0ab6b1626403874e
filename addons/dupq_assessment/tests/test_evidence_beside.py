from datetime import timedelta

from odoo.tests import tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestEvidenceBeside(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_assessment(
            date_to=cls.today - timedelta(days=30),
            date_from=cls.today - timedelta(days=394),
        )
        cls.day = cls.assessment.date_to
        cls.statement = cls.areas[0].good_ids
        cls.beside = cls.env["dupq.assessment.evidence"].with_user(cls.user_manager)

    @classmethod
    def _see(cls, number=1, **values):
        evidence = cls.env["dupq.evidence"].create(
            [
                {
                    "title": "Seen on a visit",
                    "service_id": cls.service.id,
                    "statement_ids": cls.statement.ids,
                    "date_seen": cls.day,
                    **values,
                }
            ]
            * number
        )
        evidence._take("accept")
        return evidence

    def _get(self, user=None):
        beside = self.beside.with_user(user or self.user_manager)
        areas = beside.get_statements(self.assessment.id)["areas"]
        (found,) = [
            one
            for area in areas
            for one in area["statements"]
            if one["id"] == self.statement.id
        ]
        return found

    def test_each_statement_says_in_a_word_what_can_be_shown(self):
        self.assertEqual(self._get()["state"], "nothing")
        self._see(date_seen=self.day - timedelta(days=366))
        self.assertEqual(self._get()["state"], "stale")
        self._see(date_seen=self.day + timedelta(days=1))
        self.assertEqual(self._get()["state"], "stale")
        self._see()
        self.assertEqual((self._get()["state"], self._get()["count"]), ("single", 1))
        self._see(source_type="training", polarity="not_yet")
        found = self._get()
        self.assertEqual((found["state"], found["is_contradictory"]), ("fresh", True))
        self.assertEqual((found["good"], found["not_yet"]), (1, 1))

    def test_a_figure_opens_as_many_rows_for_every_reader(self):
        self._see(3)
        self._see(6, sensitivity="confidential")
        for user, confidential in (
            (self.user_manager, 0),
            (self.user_quality, 0),
            (self.user_worker, 5),
            (self.user_board, 5),
        ):
            with self.subTest(user.login):
                found = self._get(user)
                self.assertEqual(found["confidential"], confidential)
                beside = self.beside.with_user(user)
                opened = beside.get_items(self.assessment.id, self.statement.id)
                rows = len(opened["items"]) + opened["confidential"] + opened["more"]
                self.assertEqual(rows, found["count"])
                listed = self.env["dupq.evidence"].with_user(user)
                listed = listed.search_count(opened["domain"])
                self.assertEqual(listed, found["count"] - confidential)

    def test_what_is_too_old_opens_by_itself(self):
        old = self._see(date_seen=self.day - timedelta(days=400))
        opened = self.beside.get_items(self.assessment.id, self.statement.id, True)
        self.assertEqual([one["id"] for one in opened["items"]], old.ids)
        opened = self.beside.get_items(self.assessment.id, self.statement.id)
        self.assertFalse(opened["items"])

    def test_two_services_with_a_source_each_are_two_sources_together(self):
        other = self._create_service(name="Next door", parent_id=self.region.id)
        self.assessment.write({"scope": "region", "service_id": self.region.id})
        self._see()
        self._see(service_id=other.id, source_type="training")
        self.assertEqual(self._get(self.user_quality)["state"], "fresh")
        self.assertEqual(self._get(self.user_quality)["count"], 2)

    def test_counting_costs_the_same_for_much_of_it(self):
        def queries():
            return self._count_queries(
                lambda: self.beside.get_statements(self.assessment.id)
            )

        self._see()
        few = queries()
        self._see(20)
        self.assertEqual(queries(), few)

    def _look_at(self, user=None, **values):
        rating = self.env["dupq.assessment.rating"].search(
            [
                ("assessment_id", "=", self.assessment.id),
                *((name, "=", value) for name, value in values.items()),
            ]
        )
        rating.invalidate_recordset(["evidence_warning"])
        return rating.with_user(user or self.user_manager).evidence_warning

    def test_plain_lists_say_what_to_look_at(self):
        self.assessment._take("start")
        self.env["dupq.assessment.rating"].create(
            {"assessment_id": self.assessment.id, "statement_id": self.statement.id}
        )
        of_it = {"statement_id": self.statement.id}
        of_area = {"area_id": self.areas[0].id, "statement_id": False}
        self.assertEqual(self._look_at(**of_it), "no evidence")
        self._see(date_seen=self.day - timedelta(days=366))
        self.assertEqual(self._look_at(**of_it), "nothing from the last twelve months")
        self._see()
        self.assertEqual(self._look_at(**of_it), "one kind of source only")
        self.assertEqual(
            self._look_at(**of_area),
            "one kind of source only: A1.G1",
        )
        self._see(source_type="training", polarity="not_yet")
        self.assertEqual(self._look_at(**of_it), "speaks for and against")

    def test_the_list_of_grounds_opens_for_its_readers(self):
        self.assessment._take("start")
        for user in (self.user_worker, self.user_manager, self.user_board):
            opened = self.assessment.with_user(user).action_view_grounds()
            ratings = self.env["dupq.assessment.rating"].with_user(user)
            self.assertEqual(
                ratings.search(opened["domain"]), self.assessment.summary_ids
            )
