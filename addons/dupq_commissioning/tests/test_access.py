from odoo.tests import tagged

from .common import CommissioningCommon

# What each role may do with each model as such; rules choose the records.
ACCESS = """
internal portal public hr worker manager quality admin board panel concerns evaluator \
commissioner
dupq.tender                - - - - - - - - - - - r   crud
dupq.tender.scale.level    - - - - - - - - - - - r   crud
dupq.tender.criterion      - - - - - - - - - - - r   crud
dupq.tender.criterion.take - - - - - - - - - - - -   crud
dupq.tender.evaluator      - - - - - - - - - - - ru  crud
dupq.bid                   - - - - - - - - - - - r   cru
dupq.bid.answer            - - - - - - - - - - - r   cr
dupq.score                 - - - - - - - - - - - cru cru
dupq.score.agreed          - - - - - - - - - - - r   cru
"""


@tagged("post_install", "-at_install")
class TestAccess(CommissioningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._start_scoring()
        cls._moderate()

    def test_each_role_may_do_what_the_table_says_and_nothing_else(self):
        self.assertAccessTable("dupq_commissioning", ACCESS)

    def test_each_role_reaches_the_records_the_table_says(self):
        score = self.env["dupq.score"].search(
            [("user_id", "=", self.user_evaluator.id)], limit=1
        )
        agreed = self.env["dupq.score.agreed"].search([], limit=1)
        self.assertRecordTable(
            {
                self.tender: {"evaluator": "r", "commissioner": "rud"},
                self.tender.criterion_ids[0]: {
                    "evaluator": "r",
                    "commissioner": "rud",
                },
                self._seat(self.user_evaluator): {
                    "evaluator": "ru",
                    "commissioner": "rud",
                },
                self._seat(self.user_evaluator2): {
                    "evaluator": "r",
                    "commissioner": "rud",
                },
                self.bids[0]: {"evaluator": "r"},
                self.bids[0].answer_ids[0]: {"evaluator": "r"},
                score: {"evaluator": "ru"},
                agreed: {},
            }
        )
