from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common_workflow import WorkflowCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestWorkflowStateField(WorkflowCommon):
    """The engine guards the field that the class names, whatever it is called."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.errand = cls.env["dupq.fake.errand"].create({"state": "Kent"})

    def test_the_named_field_is_shut_for_everyone(self):
        stage = {"stage": "over"}
        errands = self.env["dupq.fake.errand"]
        for errand in (self.errand, self.errand.with_user(self.user_worker)):
            for door in (
                lambda errand=errand: errand.write(stage),
                lambda errand=errand: errand.web_save(stage, {}),
                lambda errand=errand: errand.create(stage),
                lambda errand=errand: errand.copy(stage),
                lambda errand=errand: errand.with_context(default_stage="over").create(
                    {}
                ),
            ):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    door()
        self.env.invalidate_all()
        self.assertEqual(errands.search([]), self.errand)
        self.assertEqual(self.errand.stage, "waiting")

    def test_a_field_that_happens_to_be_called_state_is_free(self):
        self.errand.with_user(self.user_worker).write({"state": "Essex"})
        self.assertEqual(self.errand.state, "Essex")

    def test_steps_log_and_past_speak_of_the_named_field(self):
        errand = self.errand.with_user(self.user_worker)
        self.assertEqual(errand._available(), ["start"])
        errand.action_start()
        self.assertEqual((errand.stage, errand.state), ("under_way", "Kent"))
        log = self._get_log(errand)
        self.assertEqual((log.state_from, log.state_to), ("waiting", "under_way"))
        self.errand._record_past("over", "2026-02-01", "The old register")
        self.assertEqual(self.errand.stage, "over")

    def test_a_gate_and_the_clock_follow_the_named_field(self):
        gate = self._create_gate(
            "start",
            model_id=self.env["ir.model"]._get_id("dupq.fake.errand"),
            domain="[('date_end', '!=', False)]",
        )
        self.assertRefused(self.errand.action_start, gate.message)
        self.errand.date_end = date(2026, 3, 9)
        self.errand.action_start()
        with self.enter_registry_test_mode():
            self.env.ref("dupq_code.dupq_workflow_clock_cron").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.errand.stage, "over")
