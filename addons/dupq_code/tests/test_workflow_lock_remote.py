import json
from datetime import timedelta
from xmlrpc.client import Fault

from odoo import fields
from odoo.tests import HttpCase, get_db_name, tagged
from odoo.tools import mute_logger

from .common_workflow import WorkflowCommon
from .workflow_doors import BORN, LIVING, guess_context


@tagged("post_install", "-at_install")
class TestWorkflowLockRemote(WorkflowCommon, HttpCase):
    """Every door is shut through the two interfaces for other programs, too."""

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
        for context in guess_context():
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
        for context in guess_context():
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
