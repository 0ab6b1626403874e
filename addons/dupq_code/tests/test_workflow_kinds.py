from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DupqCommon


@tagged("post_install", "-at_install")
class TestWorkflowKinds(DupqCommon):
    """Every model with a life keeps the rules of the engine, whoever made it.

    Run on the models of all addons that are installed.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = cls.env["dupq.workflow.log"]._get_workflow_models()
        cls.kinds = [cls.env[name] for name in names]

    def _for_each_transition(self, check):
        for model in self.kinds:
            for transition in model._get_transitions():
                with self.subTest(model=model._name, transition=transition.name):
                    check(model, transition)

    def test_there_is_something_to_check(self):
        self.assertIn("dupq.code", [model._name for model in self.kinds])

    def test_state_is_the_engines(self):
        for model in self.kinds:
            with self.subTest(model=model._name):
                field = model._fields[model._state_field]
                self.assertEqual(field.type, "selection")
                self.assertTrue(field.readonly and field.required and field.store)
                self.assertFalse(field.copy or field.related or field.compute)
                initial = model._get_initial_state()
                self.assertIn(initial, field.get_values(self.env))

    def test_no_field_elsewhere_writes_a_state(self):
        states = {(model._name, model._state_field) for model in self.kinds}
        for model in self.env.values():
            for field in model._fields.values():
                if not field.related or field.inherited:
                    continue
                target = field.related_field
                if (target.model_name, target.name) in states:
                    with self.subTest(field=str(field)):
                        self.assertTrue(field.readonly, "An editable related state")

    def test_states_groups_fields_and_methods_exist(self):
        self._for_each_transition(self._check_states_and_groups)
        self._for_each_transition(self._check_fields_and_methods)

    def _check_states_and_groups(self, model, transition):
        values = model._fields[model._state_field].get_values(self.env)
        self.assertLessEqual({*transition.sources, transition.target}, {*values})
        for group in transition.groups:
            self.assertEqual(self.env.ref(group)._name, "res.groups")

    def _check_fields_and_methods(self, model, transition):
        if transition.guard:
            self.assertTrue(transition.guard.startswith("_why_not_"))
            self.assertTrue(callable(getattr(model, transition.guard)))
        if transition.deadline:
            deadline = model._fields[transition.deadline]
            self.assertIn(deadline.type, ("date", "datetime"))
            self.assertTrue(deadline.store)
        if transition.tell and "." not in transition.tell:
            field = model._fields[transition.tell]
            self.assertEqual(field.comodel_name, "res.users")

    def test_each_step_has_its_button_or_its_date(self):
        """Or says that only other code takes it."""
        self._for_each_transition(
            lambda model, transition: self.assertTrue(
                transition.deadline
                or transition.internal
                or hasattr(model, f"action_{transition.name}")
            )
        )

    def test_names_are_unique_and_every_state_can_be_reached(self):
        for model in self.kinds:
            with self.subTest(model=model._name):
                transitions = model._get_transitions()
                names = [transition.name for transition in transitions]
                self.assertEqual(len(names), len(set(names)))
                reached = {t.target for t in transitions} | {model._get_initial_state()}
                values = model._fields[model._state_field].get_values(self.env)
                self.assertEqual(set(values) - reached, set())

    def test_guards_take_a_whole_set_even_an_empty_one(self):
        self._for_each_transition(
            lambda model, transition: self.assertFalse(
                transition.guard and getattr(model.browse(), transition.guard)()
            )
        )

    def test_nobody_sets_a_state_not_even_sudo(self):
        for model in self.kinds:
            field = model._state_field
            for state in model._fields[field].get_values(self.env):
                with self.subTest(model=model._name, state=state):
                    # No record is needed: the state is refused before it is read.
                    with self.assertRaises(UserError):
                        model.sudo().browse(1).write({field: state})
                    if state != model._get_initial_state():
                        with self.assertRaises(UserError), self.env.cr.savepoint():
                            model.sudo()._prepare_create_values([{field: state}])
