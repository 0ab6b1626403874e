from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_workflow import WorkflowCommon
from .workflow_fakes import TOOK


@tagged("post_install", "-at_install")
class TestWorkflow(WorkflowCommon):
    def test_taking_a_step_moves_logs_and_calls_the_hook(self):
        life = self.life.with_user(self.user_worker)
        self.assertIs(life.action_open(), True)
        self.assertEqual(life.state, "running")
        self.assertEqual(TOOK, [("open", life.ids)])
        log = self._get_log(life)
        self.assertRecordValues(
            log,
            [
                {
                    "transition": "open",
                    "state_from": "draft",
                    "state_to": "running",
                    "user_id": self.user_worker.id,
                    "step": "Open",
                    "from_label": "Draft",
                    "to_label": "Running",
                    "res_name": "A life",
                    "is_automatic": False,
                    "is_recorded_later": False,
                }
            ],
        )
        self.assertEqual(life.workflow_log_ids, log.with_env(life.env))

    def test_state_is_in_the_database_at_once(self):
        self.life._take("open")
        self.env.invalidate_all(flush=False)
        self.assertEqual(self.life.state, "running")
        self.assertEqual(self.life.write_uid, self.env.user)

    def test_one_refused_record_stops_all_and_is_named(self):
        lives = self._create_life(name="Fit") | self._create_life(
            name="Unfit", is_ready=False
        )
        self.assertRefused(lives._take, "Unfit is not ready.", "open")
        self.assertEqual(lives.mapped("state"), ["draft", "draft"])
        self.assertFalse(self._get_log(lives))

    def test_message_names_the_first_refused_and_their_number(self):
        lives = self.lives.create(
            [
                {"name": f"Life {number}", "is_ready": number == 1}
                for number in range(1, 7)
            ]
        )
        with self.assertRaisesRegex(Exception, "5 of 6") as caught:
            lives._take("open")
        self.assertIn("Life 2 is not ready.", str(caught.exception))
        self.assertIn("2 more", str(caught.exception))
        self.assertNotIn("Life 6", str(caught.exception))

    def test_record_already_there_is_left_alone_and_not_logged_again(self):
        self.life._take("open")
        other = self._create_life(name="Other")
        (self.life | other)._take("open")
        self.assertEqual(other.state, "running")
        self.assertEqual(len(self._get_log(self.life)), 1)
        self.assertIs(self.life._take("open"), True)
        self.assertEqual(len(self._get_log(self.life)), 1)

    def test_step_from_a_wrong_state_is_refused_with_words_people_know(self):
        self.assertRefused(
            self.life._take, "“Close” is not possible from “Draft”", "close"
        )

    def test_role_is_asked_in_the_method(self):
        self.life._take("open")
        self.life._take("pause", reason="Holiday")
        worker = self.life.with_user(self.user_worker)
        self.assertRefused(worker.action_resume, "Your role may not")
        self.assertNotIn("resume", worker._available())
        manager = self.life.with_user(self.user_manager)
        self.assertIn("resume", manager._available())
        manager.action_resume()
        self.assertEqual(self.life.state, "running")

    def test_available_names_what_can_be_taken_now(self):
        self.assertEqual(self.life._available(), ["open"])
        self.life.is_ready = False
        self.assertEqual(self.life._available(), [])

    def test_nothing_is_available_without_the_right_to_write(self):
        self.assertEqual(self.life.with_user(self.user_board)._available(), [])
        with self.assertRaises(AccessError):
            self.life.with_user(self.user_board)._take("open")

    def test_take_possible_moves_the_fit_and_says_why_not_the_others(self):
        fit, unfit = self._create_life(), self._create_life(name="B", is_ready=False)
        moved, refused = (fit | unfit)._take_possible("open")
        self.assertEqual(moved, fit)
        self.assertEqual(refused, {unfit: "B is not ready."})
        self.assertEqual((fit | unfit).mapped("state"), ["running", "draft"])

    def test_take_possible_refuses_records_one_may_not_change(self):
        moved, refused = self.life.with_user(self.user_board)._take_possible("open")
        self.assertFalse(moved)
        self.assertIn("may not change", refused[self.life])

    def test_unknown_step_is_a_mistake_in_the_code(self):
        with self.assertRaises(ValueError):
            self.life._take("fly")
