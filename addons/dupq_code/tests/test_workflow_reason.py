from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_workflow import WorkflowCommon


@tagged("post_install", "-at_install")
class TestWorkflowReason(WorkflowCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.life._take("open")

    def _create_dialog(self, user, **values):
        return (
            self.env["dupq.workflow.reason"]
            .with_user(user)
            .create(
                {
                    "model": "dupq.fake.life",
                    "res_ids": self.life.ids,
                    "transition": "pause",
                    "reason": "On holiday",
                    **values,
                }
            )
        )

    def test_reason_is_asked_and_kept(self):
        self.assertRefused(self.life._take, "needs a reason", "pause")
        for blank in ("", "  ", "\n\t", False):
            self.assertRefused(self.life._take, "is empty", "pause", reason=blank)
        self.life._take("pause", reason="  On holiday ")
        self.assertEqual(self._get_log(self.life)[0].reason, "On holiday")

    def test_dialog_takes_the_step_for_those_who_may(self):
        action = self._create_dialog(self.user_worker).action_confirm()
        self.assertEqual(action, {"type": "ir.actions.act_window_close"})
        self.assertEqual(self.life.state, "paused")
        self.assertEqual(self._get_log(self.life)[0].user_id, self.user_worker)

    def test_dialog_gives_nobody_a_right(self):
        with self.assertRaises(AccessError):
            self._create_dialog(self.user_board).action_confirm()
        self.life._take("pause", reason="x")
        dialog = self._create_dialog(self.user_worker, transition="resume")
        self.assertRefused(dialog.action_confirm, "Your role may not")
        self.assertEqual(self.life.state, "paused")

    def test_dialog_presses_the_button_so_that_its_checks_hold(self):
        dialog = self._create_dialog(self.user_worker)
        with patch.object(
            type(self.life), "action_pause", side_effect=UserError("Not on a Sunday.")
        ):
            self.assertRefused(dialog.action_confirm, "Not on a Sunday.")
        self.assertEqual(self.life.state, "running")

    def test_dialog_refuses_blank_reasons(self):
        dialog = self._create_dialog(self.user_worker, reason="   ")
        self.assertRefused(dialog.action_confirm, "is empty")

    def test_dialog_refuses_what_has_no_life(self):
        for values in (
            {"model": "res.users", "res_ids": self.user_worker.ids},
            {"model": "dupq.workflow"},
            {"model": "no.such.model"},
            {"transition": "fly"},
            {"transition": "__class__"},
            {"res_ids": ["1 OR 1=1"]},
        ):
            with self.subTest(values=values):
                dialog = self._create_dialog(self.user_worker, **values)
                self.assertRefused(dialog.action_confirm, "There is no such step.")

    def test_dialog_of_another_person_cannot_be_used(self):
        dialog = self._create_dialog(self.user_worker)
        with self.assertRaises(AccessError):
            dialog.with_user(self.user_manager).action_confirm()

    def test_dialog_shows_what_the_gates_warn_of(self):
        self._create_gate(
            "pause",
            domain="[('name', '=', 'x')]",
            severity="warn",
            message="Mind the cat.",
        )
        self.assertEqual(
            self._create_dialog(self.user_worker).warnings, "Mind the cat."
        )

    def test_reason_is_not_handed_on_to_another_step(self):
        """Only the step of the dialog gets it, not one that its hook takes."""
        other = self._create_life()
        other._take("open")
        taken = []

        def take_other(life, name):
            taken.append(name)
            if life == self.life:
                other.with_env(life.env)._take("close")

        with patch.object(type(self.life), "_took", take_other):
            self._create_dialog(self.user_worker).action_confirm()
        self.assertEqual(taken, ["pause", "close"])
        self.assertFalse(self._get_log(other)[0].reason)
