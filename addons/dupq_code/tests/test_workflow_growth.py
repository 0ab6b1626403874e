from odoo.tests import tagged

from ..models.dupq_workflow_clock import BATCH
from .common_workflow import WorkflowCommon

SIZES = (1, 50, 2000)


@tagged("post_install", "-at_install")
class TestWorkflowGrowth(WorkflowCommon):
    """The engine asks the database as often for one record as for thousands.

    With a guard, two gates (one of them a warning) and a deadline.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_gate("close", domain="[('name', '!=', 'Unnamed')]")
        cls._create_gate(
            "close",
            domain="[('user_id', '!=', False)]",
            severity="warn",
            message="Who?",
        )
        cls.env["ir.rule"].create(
            {
                "name": "Fake life: of my companies",
                "model_id": cls.env["ir.model"]._get_id("dupq.fake.life"),
                "domain_force": "[('company_id', 'in', company_ids)]",
            }
        )

    def _count(self, size, call, user=None):
        """The number of queries of a call on so many running lives."""
        lives = self.lives.create(
            [
                {"name": f"Life {i}", "company_id": self.env.company.id}
                for i in range(size)
            ]
        )
        lives._take("open")
        self.env.flush_all()
        self.env.invalidate_all()
        lives = lives.with_user(user or self.user_worker)
        # What every request knows of its user, whatever it then does.
        self.assertTrue(lives.env.companies and lives.env.company)
        before = self.env.cr.sql_log_count
        call(lives)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _assert_constant(self, call, user=None, sizes=SIZES):
        self._count(1, call, user)  # Fills the caches of groups, rules, names...
        counts = {size: self._count(size, call, user) for size in sizes}
        self.assertEqual(len(set(counts.values())), 1, counts)

    def test_taking_a_step(self):
        self._assert_constant(lambda lives: lives._take("close", reason="All done"))
        self.assertEqual(self.lives.search_count([("state", "=", "closed")]), 2052)

    def test_taking_a_step_where_possible(self):
        def take(lives):
            moved, refused = lives._take_possible("close", reason="All done")
            self.assertEqual((moved, refused), (lives, {}))

        self._assert_constant(take)

    def test_asking_why_not(self):
        self._assert_constant(lambda lives: lives._why_not("close"))

    def test_asking_what_is_available(self):
        self._assert_constant(lambda lives: lives._available())

    def test_taking_a_step_by_date(self):
        transition = self.lives._get_transition("close")
        self._assert_constant(
            lambda lives: lives._take_by_date(transition),
            user=self.env.ref("base.user_root"),
        )

    def test_finding_whom_to_tell_of_a_deadline(self):
        transition = self.lives._get_transition("close")
        clock = self.env["dupq.workflow.clock"]

        def find(lives):
            told = clock._get_users_to_tell(list(lives), transition)
            self.assertEqual(set(told), set(lives))
            self.assertIn(self.user_administrator, told[lives[0]])

        root = self.env.ref("base.user_root")
        self._assert_constant(find, user=root, sizes=(1, 50, BATCH))

    def test_recording_the_past(self):
        self._assert_constant(
            lambda lives: lives._record_past("paused", "2020-01-01", "A file"),
            user=self.user_administrator,
        )

    def test_refusing_all(self):
        self.env["dupq.workflow.gate"].search([]).domain = "[('id', '<', 0)]"

        def take(lives):
            self.assertRefused(lives._take, "A gate is in the way.", "close")

        self._assert_constant(take)
