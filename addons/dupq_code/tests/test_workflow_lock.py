import io
import json
from datetime import timedelta
from xmlrpc.client import Fault

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, get_db_name, tagged
from odoo.tools import mute_logger
from odoo.tools.convert import ParseError, convert_xml_import

from ..workflow import GIVEN_REASON, STATE_GRANT
from .common_workflow import WorkflowCommon

# What each refusal says: it depends on whether the record is there already.
BORN = "starts as “Draft”"
LIVING = "changes only by its own steps"
GUESSES = (True, 1, "running", {"state": "running"}, [1], str(STATE_GRANT))


def _guess_context():
    """Every name that somebody who read the code could think of."""
    names = ("dupq_state", "dupq_workflow", "state", "STATE_GRANT", "sudo", "su")
    names += (str(STATE_GRANT), "dupq.workflow", "default_workflow")
    return [dict.fromkeys(names, guess) for guess in GUESSES]


@tagged("post_install", "-at_install")
class TestWorkflowLock(WorkflowCommon):
    """Every door but the engine's is shut, for every user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house = cls.env["dupq.fake.house"].create(
            {"life_ids": [Command.create({"name": "In a house"})]}
        )
        cls.running = {"state": "running"}
        cls.env["ir.model.data"].create(
            {
                "module": "dupq_code",
                "name": "fake_life",
                "model": "dupq.fake.life",
                "res_id": cls.life.id,
            }
        )

    # === THE DOORS === #

    def _door_create(self, lives):
        lives.create(self.running)

    def _door_create_among_good_ones(self, lives):
        lives.create([{}, {"state": "draft"}, self.running])

    def _door_create_without_any_state(self, lives):
        lives.create({"state": False})

    def _door_default_in_context(self, lives):
        lives.with_context(default_state="running").create({})

    def _door_ir_default(self, lives):
        self.env["ir.default"].set("dupq.fake.life", "state", "running")
        lives.create({})

    def _door_ir_default_of_a_user(self, lives):
        self.env["ir.default"].set(
            "dupq.fake.life", "state", "running", user_id=lives.env.uid
        )
        lives.create({})

    def _door_copy_with_a_default(self, lives):
        lives.browse(self.life.id).copy(self.running)

    def _door_command_create_from_a_parent(self, lives):
        house = lives.env["dupq.fake.house"].browse(self.house.id)
        house.write({"life_ids": [Command.create(self.running)]})

    def _door_create_with_a_new_parent(self, lives):
        lives.env["dupq.fake.house"].create(
            {"life_ids": [Command.create(self.running)]}
        )

    def _door_command_update_from_a_parent(self, lives):
        house = lives.env["dupq.fake.house"].browse(self.house.id)
        house.write({"life_ids": [Command.update(house.life_ids.id, self.running)]})

    def _door_write(self, lives):
        lives.browse(self.life.id).write(self.running)

    def _door_write_of_the_same_state(self, lives):
        lives.browse(self.life.id).write({"state": "draft", "name": "Other"})

    def _door_assignment(self, lives):
        lives.browse(self.life.id).state = "running"

    def _door_load_new(self, lives):
        result = lives.load(["name", "state"], [["New", "Running"]])
        raise UserError(result["messages"][0]["message"])

    def _door_load_existing(self, lives):
        result = lives.load(["id", "state"], [["dupq_code.fake_life", "Running"]])
        raise UserError(result["messages"][0]["message"])

    def _door_data_file_new(self, lives):
        self._import_xml(lives, "another_fake_life")

    def _door_data_file_existing(self, lives):
        self._import_xml(lives, "fake_life")

    def _door_server_action(self, lives):
        self._create_server_action().with_env(lives.env).with_context(
            active_model="dupq.fake.life",
            active_ids=self.life.ids,
            active_id=self.life.id,
        ).run()

    def _door_server_action_with_code(self, lives):
        self._create_server_action(
            state="code", code="record.sudo().write({'state': 'running'})"
        ).with_context(active_model="dupq.fake.life", active_id=self.life.id).run()

    def _door_automation_rule(self, lives):
        """What an automation rule does: its action, as sudo, on the record.

        With the module there, a real rule; without it, what such a rule runs.
        """
        action = self._create_server_action()
        if "base.automation" in self.env:
            self.env["base.automation"].create(
                {
                    "name": "Set the state",
                    "model_id": action.model_id.id,
                    "trigger": "on_create_or_write",
                    "action_server_ids": action.ids,
                }
            )
            lives.browse(self.life.id).name = "Touched"
        action.sudo().with_context(
            active_model="dupq.fake.life",
            active_ids=self.life.ids,
            active_id=self.life.id,
            domain_post=None,
            __action_done={},
        ).run()

    def _door_web_save_new(self, lives):
        lives.web_save(self.running, {"state": {}})

    def _door_web_save_existing(self, lives):
        lives.browse(self.life.id).web_save(self.running, {"state": {}})

    def _door_onchange_then_save(self, lives):
        values = lives.with_context(default_state="running").onchange(
            {}, [], {"name": {}, "state": {}}
        )["value"]
        self.assertEqual(values["state"], "running", "The form shows it...")
        lives.web_save(values, {"state": {}})

    def _door_form_with_a_default(self, lives):
        Form(lives.with_context(default_state="running")).save()

    def _door_related_field(self, lives):
        echo = lives.env["dupq.fake.echo"].create({"life_id": self.life.id})
        echo.life_state = "running"

    def _door_related_field_on_create(self, lives):
        lives.env["dupq.fake.echo"].create(
            {"life_id": self.life.id, "life_state": "running"}
        )

    def _door_inverse_of_a_computed_field(self, lives):
        echo = lives.env["dupq.fake.echo"].create({"life_id": self.life.id})
        echo.life_state_inverse = "running"

    def _door_inherits_create(self, lives):
        lives.env["dupq.fake.echo"].create(self.running)

    def _door_inherits_write(self, lives):
        lives.env["dupq.fake.echo"].create({"life_id": self.life.id}).write(
            self.running
        )

    def _create_server_action(self, **values):
        return self.env["ir.actions.server"].create(
            {
                "name": "Set the state",
                "model_id": self.env["ir.model"]._get_id("dupq.fake.life"),
                "state": "object_write",
                "update_path": "state",
                "evaluation_type": "value",
                "selection_value": self.env["ir.model.fields.selection"]
                .search(
                    [
                        ("field_id.model", "=", "dupq.fake.life"),
                        ("value", "=", "running"),
                    ]
                )
                .id,
                "value": "running",
                **values,
            }
        )

    def _import_xml(self, lives, name):
        data = io.BytesIO(
            f"""<odoo><record id="{name}" model="dupq.fake.life">
                <field name="state">running</field></record></odoo>""".encode()
        )
        data.name = "fake.xml"
        convert_xml_import(lives.env, "dupq_code", data, mode="init")

    # === THE TABLE === #

    DOORS = (
        (_door_create, BORN),
        (_door_create_among_good_ones, BORN),
        (_door_create_without_any_state, BORN),
        (_door_default_in_context, BORN),
        (_door_ir_default, BORN),
        (_door_ir_default_of_a_user, BORN),
        (_door_copy_with_a_default, BORN),
        (_door_command_create_from_a_parent, BORN),
        (_door_create_with_a_new_parent, BORN),
        (_door_command_update_from_a_parent, LIVING),
        (_door_write, LIVING),
        (_door_write_of_the_same_state, LIVING),
        (_door_assignment, LIVING),
        (_door_load_new, BORN),
        (_door_load_existing, LIVING),
        (_door_data_file_new, BORN),
        (_door_data_file_existing, LIVING),
        (_door_server_action, LIVING),
        (_door_server_action_with_code, LIVING),
        (_door_automation_rule, LIVING),
        (_door_web_save_new, BORN),
        (_door_web_save_existing, LIVING),
        (_door_onchange_then_save, BORN),
        (_door_form_with_a_default, BORN),
        # Odoo gives such a field no inverse, as the state is readonly.
        (_door_related_field, ""),
        (_door_related_field_on_create, ""),
        (_door_inverse_of_a_computed_field, LIVING),
        (_door_inherits_create, BORN),
        (_door_inherits_write, LIVING),
    )

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
        for context in _guess_context():
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


@tagged("post_install", "-at_install")
class TestWorkflowLockRemote(WorkflowCommon, HttpCase):
    """The same through the two interfaces for other programs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls.user_worker
        cls.key = (
            cls.env["res.users.apikeys"]
            .with_user(cls.worker)
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(days=0.5))
        )

    # Odoo warns in its log of each refusal; these are the ones we want.
    @mute_logger("odoo.http")
    def _call_xmlrpc(self, method, *args, **kwargs):
        return self.xmlrpc_object.execute_kw(
            get_db_name(),
            self.worker.id,
            self.key,
            "dupq.fake.life",
            method,
            args,
            kwargs,
        )

    @mute_logger("odoo.http")
    def _call_json(self, method, **body):
        return self.url_open(
            f"/json/2/dupq.fake.life/{method}",
            data=json.dumps(body),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self.key}",
            },
        )

    def _assert_still_draft(self):
        self.env.invalidate_all()
        self.assertEqual(self.life.state, "draft")

    def test_no_guessed_context_opens_a_door_through_xmlrpc(self):
        for context in _guess_context():
            with self.subTest(guess=context["state"]):
                for method, args in (
                    ("write", (self.life.ids, {"state": "running"})),
                    ("web_save", (self.life.ids, {"state": "running"}, {})),
                    ("create", ([{"state": "running"}],)),
                ):
                    with self.assertRaises(Fault) as caught:
                        self._call_xmlrpc(method, *args, context=context)
                    self.assertRegex(caught.exception.faultString, f"{BORN}|{LIVING}")
                self._assert_still_draft()

    def test_no_guessed_context_opens_a_door_through_json(self):
        for context in _guess_context():
            with self.subTest(guess=context["state"]):
                response = self._call_json(
                    "write",
                    ids=self.life.ids,
                    vals={"state": "running"},
                    context=context,
                )
                self.assertEqual(response.status_code, 422, response.text)
                self.assertIn(LIVING, response.json()["message"])
                self._assert_still_draft()

    def test_private_verbs_cannot_be_called(self):
        calls = {
            "_take": ("open",),
            "_record_past": ("running", "2020-01-01", "A file"),
            "_write_state": ("running",),
            "_move": (),
            "_take_with_reason": ("open", "x"),
        }
        for method, args in calls.items():
            with self.subTest(method=method):
                with self.assertRaises(Fault) as caught:
                    self._call_xmlrpc(method, self.life.ids, *args)
                self.assertIn("private", caught.exception.faultString.lower())
                self._assert_still_draft()

    def test_the_step_itself_can_be_taken_by_both(self):
        self._call_xmlrpc("action_open", self.life.ids)
        self.env.invalidate_all()
        self.assertEqual(self.life.state, "running")
        other = self._create_life()
        response = self._call_json("action_open", ids=other.ids)
        self.assertEqual(response.status_code, 200, response.text)
        self.env.invalidate_all()
        self.assertEqual(other.state, "running")

    def test_other_programs_are_told_that_a_reason_is_missing(self):
        self.life._take("open")
        with self.assertRaises(Fault) as caught:
            self._call_xmlrpc("action_pause", self.life.ids)
        self.assertIn("needs a reason", caught.exception.faultString)

    def test_pressed_button_opens_the_dialog_and_its_button_takes_the_step(self):
        self.life._take("open")
        self.authenticate("worker", "worker")
        dialog = self._press("dupq.fake.life", "action_pause", self.life.ids)
        self.assertEqual(dialog["res_model"], "dupq.workflow.reason")
        reason = (
            self.env["dupq.workflow.reason"]
            .with_user(self.worker)
            .with_context(**dialog["context"])
            .create({"reason": "On holiday"})
        )
        self._press("dupq.workflow.reason", "action_confirm", reason.ids)
        self.env.invalidate_all()
        self.assertEqual(self.life.state, "paused")
        self.assertEqual(self._get_log(self.life)[0].reason, "On holiday")

    def _press(self, model, method, ids):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_button/{model}/{method}",
            {"model": model, "method": method, "args": [ids], "kwargs": {}},
        )
