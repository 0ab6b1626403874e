from odoo.exceptions import UserError
from odoo.tests import tagged

from .assessment_common import AssessmentCommon

HEADINGS = [
    "place",
    "date_to",
    "code_id/.id",
    "scale_id/.id",
    "report_url",
    "area",
    "group",
    "level",
    "action",
    "date_done",
    "did_it_work",
]


@tagged("post_install", "-at_install")
class TestAssessmentPast(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env["dupq.assessment.past"].with_user(cls.user_administrator)

    def _row(self, **cells):
        cells = {
            "place": "12 Orchard Road",
            "date_to": "2021-12-31",
            "code_id/.id": str(self.code.id),
            "scale_id/.id": str(self.scale.id),
            **cells,
        }
        return [cells.get(name, "") for name in HEADINGS]

    def _get_rows(self):
        return [
            self._row(report_url="https://example.com/2021.pdf"),
            self._row(area="A1", level="low"),
            self._row(area="Area 2", level="High"),
            self._row(area="A1", group=self.families.name, level="Middle"),
            self._row(action="Ask", date_done="2022-03-01", did_it_work="partly"),
        ]

    def _load(self, rows):
        result = self.model.load(HEADINGS, rows)
        self.env.flush_all()
        return result

    def _find(self):
        return self.env["dupq.assessment"].search(
            [("service_id", "=", self.service.id), ("date_to", "=", "2021-12-31")]
        )

    def test_a_file_brings_in_a_year_with_ratings_actions_and_its_report(self):
        result = self._load(self._get_rows())
        self.assertFalse(result["messages"])
        year = self._find()
        self.assertEqual((len(year), year.state), (1, "completed"))
        self.assertEqual(str(year.date_from), "2021-01-01")
        self.assertEqual(
            [(r.area_id.reference, r.level_id.name) for r in year.summary_ids],
            [("A1", "Low"), ("A2", "High")],
        )
        self.assertEqual(year.perspective_rating_ids.perspective_id, self.families)
        self.assertEqual(year.document_ids.url, "https://example.com/2021.pdf")
        action = year.action_ids
        self.assertEqual((action.state, action.did_it_work), ("done", "partly"))
        self.assertEqual(str(action.date_done), "2022-03-01")
        log = year.workflow_log_ids[:1]
        self.assertTrue(log.is_recorded_later)
        self.assertFalse(year.activity_ids | action.activity_ids)

    def test_the_same_file_twice_changes_nothing(self):
        first = self._load(self._get_rows())
        log_count = len(self._find().workflow_log_ids)
        again = self._load(self._get_rows())
        self.assertEqual(first["ids"], again["ids"])
        year = self._find()
        self.assertEqual(len(year), 1)
        self.assertEqual((len(year.action_ids), len(year.area_rating_ids)), (1, 3))
        self.assertEqual(len(year.workflow_log_ids), log_count)

    def test_a_line_more_is_added_to_the_year_that_came_before(self):
        self._load(self._get_rows())
        self._load([self._row(action="Paint the hall")])
        year = self._find()
        self.assertEqual(len(year.action_ids), 2)
        self.assertEqual(year.state, "completed")

    def test_what_is_wrong_is_said_for_its_line_and_nothing_is_taken(self):
        cases = (
            ({"place": "Nowhere"}, "0 services are called “Nowhere”"),
            ({"area": "A7", "level": "Low"}, "“A7” is none of these"),
            ({"area": "A1", "level": "Splendid"}, "“Splendid” is none of these"),
            ({"level": "Low"}, "A rating needs its area"),
            ({"date_to": "2999-12-31"}, "lie in the past"),
        )
        for cells, words in cases:
            with self.subTest(words):
                result = self._load([*self._get_rows(), self._row(**cells)])
                self.assertFalse(result["ids"])
                self.assertIn(words, str(result["messages"]))
                self.assertFalse(self._find())

    def test_a_line_that_says_otherwise_is_refused(self):
        self._load(self._get_rows())
        result = self._load([self._row(area="A1", level="High")])
        self.assertIn("Something else is said already", str(result["messages"]))

    def test_what_was_made_here_is_not_changed_by_a_file(self):
        assessment = self._create_assessment(
            date_from="2021-01-01", date_to="2021-12-31"
        )
        result = self._load(self._get_rows())
        self.assertIn("was made here", str(result["messages"]))
        self.assertEqual(assessment.state, "planned")

    def test_many_places_ask_as_often_as_a_few(self):
        for number in range(14):
            self._create_service(name=f"House {number}")

        def make(year, places):
            lines = [
                {
                    "place": f"House {number}",
                    "date_to": f"{year}-12-31",
                    "code_id": self.code.id,
                    "scale_id": self.scale.id,
                    **values,
                }
                for number in range(places)
                for values in (
                    {"area": "A1", "level": "Low"},
                    {"area": "A1", "group": self.families.name, "level": "High"},
                    {"report_url": f"https://example.com/{year}/{number}.pdf"},
                    {"action": "Ask", "date_done": f"{year + 1}-03-01"},
                )
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            made = self.model.create(lines)
            self.env.flush_all()
            self.assertEqual(len(made.assessment_id), places)
            return self.env.cr.sql_log_count - before

        few = min(make(year, 2) for year in (2001, 2002, 2003))
        many = min(make(year, 14) for year in (2004, 2005, 2006))
        self.assertLessEqual(many, few + 10)

    def test_only_the_report_of_a_year_is_enough(self):
        line = self.model.create(
            {
                "date_to": "2020-12-31",
                "code_id": self.code.id,
                "report_url": "https://example.com/2020.pdf",
            }
        )
        self.assertEqual(line.assessment_id.scope, "organisation")
        self.assertEqual(line.assessment_id.state, "completed")
        self.assertEqual(line.assessment_id.document_ids.url, line.report_url)
        self.assertRefused(line.write, "stays as it came", {"area": "A1"})

    def test_an_earlier_year_is_what_this_one_is_compared_with(self):
        self._load(self._get_rows())
        now = self._fill(self._create_assessment())
        changes = [row["change"] for row in now.comparison["rows"]]
        self.assertEqual(changes, ["better", "worse"])

    def test_only_administrators_bring_earlier_years_in(self):
        for user in (self.user_quality, self.user_manager, self.user_board):
            with self.subTest(user.login), self.assertRaises(UserError):
                self.model.with_user(user).create({"date_to": "2020-12-31"})
