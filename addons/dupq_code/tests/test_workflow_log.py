from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_workflow import WorkflowCommon


@tagged("post_install", "-at_install")
class TestWorkflowLog(WorkflowCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hidden = cls._create_life(name="Hidden")
        cls.env["ir.rule"].create(
            {
                "name": "Fake life: not those that are hidden",
                "model_id": cls.env["ir.model"]._get_id("dupq.fake.life"),
                "domain_force": "[('name', '!=', 'Hidden')]",
            }
        )
        (cls.life | cls.hidden)._take("open")
        cls.logs = cls.env["dupq.workflow.log"]
        cls.log = cls.life.workflow_log_ids
        cls.hidden_log = cls.hidden.workflow_log_ids

    # === APPEND-ONLY === #

    def test_nobody_adds_changes_or_deletes_a_row(self):
        values = {"model": "dupq.fake.life", "res_id": 1, "state_to": "running"}
        for logs in (
            self.log,
            self.log.sudo(),
            self.log.with_user(self.user_administrator),
            self.log.with_user(self.user_administrator).sudo(),
            self.log.with_user(self.env.ref("base.user_admin")),
        ):
            for call, args in (
                (logs.create, ([values],)),
                (logs.create, ([{**values, "model_id": self.log.model_id.id}],)),
                (logs.write, ({"reason": "Other"},)),
                (logs.copy, ()),
                (logs.unlink, ()),
                (logs.web_save, ({"reason": "Other"}, {})),
            ):
                with self.subTest(user=logs.env.user, call=call.__name__):
                    self.assertRefused(call, "", *args, error=AccessError)
        result = self.logs.load(["id", "reason"], [[f"{self.log.id}", "Other"]])
        self.assertTrue(result["messages"])
        self.env.invalidate_all()
        self.assertEqual(self.log.exists(), self.log)
        self.assertFalse(self.log.reason)

    def test_nobody_changes_it_through_its_record(self):
        for command in (
            Command.create({"state_to": "closed"}),
            Command.update(self.log.id, {"reason": "Other"}),
            Command.delete(self.log.id),
            Command.unlink(self.log.id),
            Command.clear(),
            Command.link(self.hidden_log.id),
        ):
            with self.subTest(command=command):
                self.assertRefused(
                    self.life.write,
                    "",
                    {"workflow_log_ids": [command]},
                    error=AccessError,
                )
                self.env.invalidate_all()
                self.assertEqual(self.life.workflow_log_ids, self.log)

    def test_log_stays_when_the_record_goes_and_nobody_opens_it(self):
        self.life.unlink()
        self.assertTrue(self.log.exists())
        self.assertEqual(self.log.res_name, "Deleted")
        administrator = self.log.with_user(self.user_administrator)
        self.assertNotIn(self.log, administrator.search([]))
        with self.assertRaises(AccessError):
            administrator.read(["reason"])

    # === READING === #

    def test_whoever_reads_the_record_reads_its_log_and_nobody_else(self):
        logs = self.logs.with_user(self.user_worker)
        self.assertEqual(logs.search([("model", "=", "dupq.fake.life")]), self.log)
        self.assertEqual(self.log.with_user(self.user_worker).to_label, "Running")
        with self.assertRaises(AccessError):
            self.hidden_log.with_user(self.user_worker).read(["to_label"])
        for user in (self.user_board, self.user_internal, self.user_hr):
            with self.subTest(user=user.login):
                found = self.logs.with_user(user).search([])
                self.assertFalse((self.log | self.hidden_log) & found)
                with self.assertRaises(AccessError):
                    self.log.with_user(user).read(["to_label"])

    def test_groups_and_counts_are_of_what_one_may_read(self):
        logs = self.logs.with_user(self.user_worker)
        domain = [("model", "=", "dupq.fake.life")]
        self.assertEqual(logs.search_count(domain), 1)
        [(_model, count)] = logs._read_group(domain, ["model"], ["__count"])
        self.assertEqual(count, 1)

    def test_history_of_a_record_opens_its_own_moves(self):
        action = self.life.with_user(self.user_worker).action_open_workflow_history()
        self.assertEqual(action["res_model"], "dupq.workflow.log")
        found = self.logs.with_user(self.user_worker).search(action["domain"])
        self.assertEqual(found, self.log)
        with self.assertRaises(AccessError):
            self.hidden.with_user(self.user_worker).action_open_workflow_history()

    def test_reading_costs_the_same_for_one_and_for_many(self):
        lives = self.lives.create([{"name": f"Life {i}"} for i in range(60)])
        lives._take("open")
        logs = self._get_log(lives).with_user(self.user_worker)

        names = ["res_name", "step", "remark"]

        def count(some):
            return self._count_queries(
                lambda: some.search([("id", "in", some.ids)]).read(names)
            )

        self.assertEqual(count(logs[:1]), count(logs))

    def test_user_who_leaves_does_not_take_the_move_along(self):
        user = self._create_user("leaver", "support_worker")
        life = self._create_life()
        life.with_user(user).action_open()
        user.unlink()
        self.env.invalidate_all()
        self.assertRecordValues(
            self._get_log(life), [{"user_id": False, "state_to": "running"}]
        )
