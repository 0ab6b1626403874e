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
# What anyone can read on the web, the panel may read beside an answer.
PUBLISHED = {"dupq.publication": "r"}


@tagged("post_install", "-at_install")
class TestAccess(CommissioningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._start_scoring()
        cls._moderate()

    def test_each_role_may_do_what_the_table_says_and_nothing_else(self):
        self.assertAccessTable("dupq_commissioning", ACCESS)

    def test_the_panel_gets_nothing_of_the_other_addons(self):
        """But published reports, which anyone can read."""
        wrong = []
        for module in ("dupq_code", "dupq_assessment"):
            for name in self._get_model_names(module):
                of_anyone = self._get_letters(name, self.user_internal)
                expected = PUBLISHED.get(name, of_anyone)
                for user in (self.user_evaluator, self.user_commissioner):
                    found = self._get_letters(name, user)
                    if found != expected:
                        wrong.append(f"{name}, {user.login}: {found}, not {expected}")
        self.assertFalse(wrong, "\n".join(wrong))

    def _get_letters(self, name, user):
        return self._get_access_letters(self.env[name].with_user(user))

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
