from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.convert import ParseError

from ..workflow import GIVEN_REASON, STATE_GRANT
from .workflow_doors import WorkflowDoors, guess_context


@tagged("post_install", "-at_install")
class TestWorkflowLock(WorkflowDoors):
    """Every door but the engine's is shut, for every user."""

    def _assert_shut(self, door, words, lives):
        before = self.lives.search_count([])
        message = "It is open!"
        try:
            with self.env.cr.savepoint():
                door(self, lives)
        except (UserError, ParseError) as error:
            # A data file wraps the refusal into an error of its own.
            message = f"{error} {error.__cause__}"
        self.assertIn(words, message)
        self.env.invalidate_all()
        self.assertEqual(self.lives.search_count([]), before)
        self.assertFalse(self.lives.search([("state", "!=", "draft")]))

    def test_every_door_is_shut_for_superuser_and_sudo(self):
        for door, words in self.DOORS:
            with self.subTest(door=door.__name__):
                self._assert_shut(door, words, self.lives)

    def test_every_door_is_shut_for_a_user(self):
        lives = self.lives.with_user(self.user_administrator)
        for door, words in self.DOORS:
            with self.subTest(door=door.__name__):
                self._assert_shut(door, words, lives)

    def test_no_guessed_context_opens_a_door(self):
        for context in guess_context():
            for door, words in self.DOORS:
                with self.subTest(door=door.__name__, guess=context["state"]):
                    self._assert_shut(door, words, self.lives.with_context(**context))

    # === POSITIVE CONTROLS === #

    def test_the_engine_opens_it_and_the_initial_state_may_be_named(self):
        life = self.lives.with_user(self.user_worker).create({"state": "draft"})
        life.action_open()
        self.assertEqual(life.state, "running")
        copy = life.copy()
        self.assertEqual(copy.state, "draft")

    def test_other_fields_go_through_every_door(self):
        self.house.write(
            {"life_ids": [Command.update(self.house.life_ids.id, {"name": "B"})]}
        )
        self.assertEqual(self.house.life_ids.name, "B")
        result = self.lives.load(["id", "name"], [["dupq_code.fake_life", "C"]])
        self.assertEqual(result["ids"], self.life.ids)
        self.assertEqual(self.life.name, "C")

    # === THE ENGINE'S OWN LEAVE === #

    def test_leave_to_write_is_nowhere_to_be_found_while_other_code_runs(self):
        """Neither in the context, nor usable on another record or twice."""
        other = self._create_life(name="Other")
        self.life.name = f"Spies on {other.id}"
        self.life._take("open")
        self.assertEqual(
            self.life.spied, "before refused, before clean, after refused, after clean"
        )
        self.assertEqual(other.state, "draft")
        self.assertNotIn(STATE_GRANT, self.env.cr.cache)
        self.assertNotIn(GIVEN_REASON, self.env.cr.cache)

    def test_leave_to_write_is_gone_after_a_failure(self):
        self.life._take("open")
        self.life.name = "Breaks in _took"
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.life._take("close")
        self.assertNotIn(STATE_GRANT, self.env.cr.cache)
        self.assertEqual(self.life.state, "running")
