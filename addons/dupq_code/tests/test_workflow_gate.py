from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common_workflow import WorkflowCommon

UNNAMED = "[('name', '!=', 'Unnamed')]"


@tagged("post_install", "-at_install")
class TestWorkflowGate(WorkflowCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unnamed = cls._create_life(name="Unnamed")

    def test_blocking_gate_stops_with_its_own_message_only(self):
        self._create_gate(domain=UNNAMED, message="Give it a name first.")
        with self.assertRaises(Exception) as caught:
            self.unnamed.with_user(self.user_worker).action_open()
        self.assertEqual(str(caught.exception), "Give it a name first.")
        self.life.with_user(self.user_worker).action_open()

    def test_all_gates_of_the_step_speak_and_no_others(self):
        self._create_gate(domain=UNNAMED, message="First.")
        self._create_gate(domain="[('user_id', '!=', False)]", message="Second.")
        self._create_gate("close", domain=UNNAMED, message="Third.")
        self._create_gate(domain=UNNAMED, message="Fourth.", active=False)
        self.assertEqual(
            self.unnamed._why_not("open"), {self.unnamed: "First. Second."}
        )

    def test_gate_of_another_company_does_not_count(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self._create_gate(domain=UNNAMED, company_id=company.id)
        self.assertFalse(self.unnamed._why_not("open"))
        self.unnamed.company_id = company
        self.assertTrue(self.unnamed._why_not("open"))

    def test_gate_finds_archived_and_invisible_records_too(self):
        """The answer depends on the record, not on who asks."""
        self.env["ir.rule"].create(
            {
                "name": "See nothing of a house",
                "model_id": self.env["ir.model"]._get_id("dupq.fake.house"),
                "domain_force": "[(0, '=', 1)]",
            }
        )
        house = self.env["dupq.fake.house"].create({"name": "Hidden"})
        self.life.house_id = house
        self._create_gate(domain="[('house_id.name', '=', 'Hidden')]")
        self.life.with_user(self.user_worker).action_open()
        self.assertEqual(self.life.state, "running")

    def test_warning_asks_for_a_reason_and_both_are_kept(self):
        self._create_gate(domain=UNNAMED, severity="warn", message="It has no name.")
        self.assertRefused(self.unnamed._take, "It has no name.", "open")
        self.assertRefused(
            self.unnamed._take, "the reason is empty", "open", reason=" "
        )
        (self.unnamed | self.life)._take("open", reason=" The family chose none. ")
        log = self._get_log(self.unnamed)
        self.assertEqual(log.reason, "The family chose none.")
        self.assertEqual(log.warnings, "It has no name.")
        self.assertFalse(self._get_log(self.life).warnings)

    def test_take_possible_leaves_those_with_a_warning_and_no_reason(self):
        self._create_gate(domain=UNNAMED, severity="warn", message="It has no name.")
        moved, refused = (self.unnamed | self.life)._take_possible("open")
        self.assertEqual(moved, self.life)
        self.assertIn("It has no name.", refused[self.unnamed])

    def test_gate_is_refused_when_its_condition_makes_no_sense(self):
        for values in (
            {"domain": "[('no_such_field', '=', 1)]"},
            {"domain": "[('name', '=', "},
            {"domain": "open('/etc/passwd')"},
            {"transition": "fly"},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self._create_gate(**values)

    def test_editor_cannot_ask_what_they_may_not_see(self):
        """A gate is no window: its editor must be able to search so themselves."""
        gate = self._create_gate().with_user(self.user_administrator)
        gate.domain = "[('user_id.login', '!=', 'x')]"
        with self.assertRaises(ValidationError):
            gate.domain = "[('user_id.partner_id.signup_type', '!=', 'x')]"

    def test_only_administrators_edit_gates(self):
        gate = self._create_gate()
        for user in (self.user_quality, self.user_manager, self.user_hr):
            with self.assertRaises(AccessError):
                gate.with_user(user).message = "Mine"
        gate.with_user(self.user_administrator).message = "Mine"

    # === BROKEN GATES === #

    def _break(self, gate):
        """As if the field of the condition had gone with its module."""
        self.env.cr.execute(
            "UPDATE dupq_workflow_gate SET domain = %s WHERE id = %s",
            ["[('field_that_has_gone', '=', 1)]", gate.id],
        )
        gate.invalidate_recordset()

    def _get_activities(self):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "dupq.workflow.gate"),
                ("user_id", "=", self.user_administrator.id),
            ]
        )

    def test_broken_gate_blocks_and_tells_the_administrators_once(self):
        gate = self._create_gate(severity="warn")
        self._break(gate)
        for _attempt in range(2):
            self.assertRefused(self.life._take, "administrators have been told", "open")
            # What a request does when its transaction has been rolled back.
            with self.enter_registry_test_mode():
                self.env.cr.postrollback.run()
            self.env.invalidate_all()
        self.assertEqual(len(self._get_activities()), 1)
        self.assertIn("field_that_has_gone", gate.broken)
        self.assertEqual(self.life.state, "draft")

    def test_mended_gate_is_asked_again(self):
        gate = self._create_gate()
        self._break(gate)
        gate._tell_administrators("It is broken.")
        gate.domain = "[]"
        self.assertFalse(gate.broken)
        self.life._take("open")

    # === ON THE SCREEN === #

    def test_step_is_chosen_in_one_list(self):
        gate = self.env["dupq.workflow.gate"].create(
            {"move": "dupq.fake.life,close", "message": "No."}
        )
        self.assertEqual((gate.model, gate.transition), ("dupq.fake.life", "close"))
        self.assertIn(
            ("dupq.fake.life,close", "Fake life: Close"), gate._selection_move()
        )
