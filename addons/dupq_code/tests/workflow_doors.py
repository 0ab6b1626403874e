import io

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form
from odoo.tools.convert import convert_xml_import

from ..workflow import STATE_GRANT
from .common_workflow import WorkflowCommon

# What each refusal says: it depends on whether the record is there already.
BORN = "starts as “Draft”"
LIVING = "changes only by its own steps"
GUESSES = (True, 1, "running", {"state": "running"}, [1], str(STATE_GRANT))


def guess_context():
    """Every name that somebody who read the code could think of."""
    names = ("dupq_state", "dupq_workflow", "state", "STATE_GRANT", "sudo", "su")
    names += (str(STATE_GRANT), "dupq.workflow", "default_workflow")
    return [dict.fromkeys(names, guess) for guess in GUESSES]


class WorkflowDoors(WorkflowCommon):
    """Every way to set a state that Odoo offers, each as a method, and the table.

    A door takes the fake model with the user and context that try it.
    """

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

        With the module there, a real rule; without it, what such a rule runs. In
        tests/cross/test_automation_rule.py the module is always there.
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
