from odoo.tests import tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestPublicationOfRatings(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._fill(cls._create_assessment())

    def _publish_blocks(self, kind):
        for name in ("complete", "publish"):
            self.assessment._take(name)
        blocks = self.assessment.publication_ids.block_ids
        return [block.data for block in blocks if block.kind == kind]

    def test_proportions_come_out_but_not_of_a_few_people(self):
        values = {"assessment_id": self.assessment.id, "method": "We asked."}
        self.env["dupq.assessment.proportion"].create(
            [
                {**values, "area_id": area.id, "receiving": 3, "supported": supported}
                for area, supported in zip(self.areas, (4, 12), strict=True)
            ]
        )
        few, many = self._publish_blocks("proportion")
        self.assertEqual((few["receiving"], few["percentage"]), (None, None))
        self.assertNotIn("3", few["said"])
        self.assertEqual((many["receiving"], many["percentage"]), (3, 25))
        self.assertEqual(many["said"], "3 of 12 people (25 %)")

    def test_what_stops_us_comes_out_with_what_we_do_about_it(self):
        self.env["dupq.assessment.barrier"].create(
            {
                "assessment_id": self.assessment.id,
                "name": "No flat for one person",
                "kind": "housing",
                "response": "We write to the council.",
            }
        )
        (block,) = self._publish_blocks("barrier")
        self.assertEqual(block["kind_words"], "Housing")
        self.assertEqual(block["control_words"], "Outside our control")
        self.assertEqual(block["response"], "We write to the council.")

    def test_an_objection_comes_out_with_its_answer_and_without_a_name(self):
        dissent = self.env["dupq.assessment.dissent"].with_user(self.user_worker)
        values = {"rating_id": self.assessment.summary_ids[0].id}
        values["group_id"] = self.staff.id
        checked, _named = dissent.create(
            [{**values, "words": "Sundays."}, {**values, "words": "It was Tom."}]
        ).with_user(self.user_manager)
        checked.write({"is_anonymised": True, "answer": "We will ask again."})
        checked.action_answer()
        first, second = self._publish_blocks("dissent")
        self.assertEqual((first["words"], first["state"]), ("Sundays.", "answered"))
        self.assertEqual(first["answer"], "We will ask again.")
        self.assertEqual((second["words"], second["state"]), ("", "open"))
        self.assertNotIn(self.user_worker.name, str([first, second]))

    def test_who_objected_and_their_words_are_one_sentence(self):
        one = {"name": "A1", "group": "Support staff", "words": "No.", "wanted": ""}
        one |= {"answer": [], "state_words": "Answered"}
        page = self.env["ir.qweb"]._render(
            "dupq_assessment.public_report_dissents",
            {"report": {"seen": {"dissents": [one]}, "taken_back": {}}},
        )
        self.assertIn("Support staff: “No.”", page)
