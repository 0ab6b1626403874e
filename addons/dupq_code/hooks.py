"""What has to happen around an uninstall, so that a guest leaves nothing behind."""

from odoo.fields import Domain
from odoo.tools import SQL

# Models of Odoo that name another model in a plain text field: Odoo keeps their
# records when that model goes.
NAMED_IN = {
    "base_import.mapping": "res_model",
    "ir.attachment": "res_model",
    "ir.exports": "resource",
    "ir.filters": "model_id",
    "mail.message": "model",
}


def uninstall_hook(env):
    """Leave nothing of this addon behind."""
    leave(env, "dupq_code")
    env["ir.config_parameter"].search([("key", "=like", "dupq\\_code.%")]).unlink()


def leave(env, module):
    """Prepare the uninstall of one of our addons; the models are still there.

    :param module: the technical name of the addon that goes
    """
    models = _own_models(env, module)
    if models:
        _forget_inherited_names(env, module, models)
        _forget_what_names(env, models)
        _let_go_of_each_other(env, module, models)
    _forget_host_constraints(env, module, models)


def _own_models(env, module):
    """The models that the addon brought, by their names."""
    names = env["ir.model.data"].search_fetch(
        [("module", "=", module), ("model", "=", "ir.model")], ["res_id"]
    )
    models = env["ir.model"].browse(names.mapped("res_id")).exists().mapped("model")
    return [name for name in models if name.startswith("dupq.")]


def _forget_inherited_names(env, module, models):
    """Delete the XML ids that other modules gave to parts of our models.

    A model of ours that inherits a mixin has its inheritance, and the selection
    values it inherits, named by the module that touched the mixin last
    (``mail.selection__dupq_service__...``). Odoo deletes these with the model
    and leaves their names behind.
    """
    domain = Domain.OR(
        Domain("name", "=like", f"{prefix}__{name.replace('.', '_')}__%")
        for name in models
        for prefix in ("field", "model_inherit", "selection")
    )
    env["ir.model.data"].search(domain & Domain("module", "!=", module)).unlink()


def _forget_what_names(env, models):
    """Delete saved filters, exports, files and messages about our models."""
    for model, field in NAMED_IN.items():
        if model in env:
            domain = Domain(field, "in", models)
            env[model].with_context(active_test=False).search(domain).unlink()


def _let_go_of_each_other(env, module, models):
    """Drop the foreign keys among the tables that are about to be dropped.

    Odoo deletes shipped records one model after the other before it drops the
    tables. Where people's records point to shipped ones, each attempt would end
    in an error in the log. The tables go in this same transaction.
    """
    relations = env["ir.model.relation"].search([("module.name", "=", module)])
    tables = [env[name]._table for name in models if name in env]
    keys = env.execute_query(
        SQL(
            "SELECT c.conrelid::regclass::text, c.conname"
            "  FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid"
            " WHERE c.contype = 'f' AND t.relname = ANY(%s)",
            [*tables, *relations.mapped("name")],
        )
    )
    for table, name in keys:
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT %s",
                SQL.identifier(table),
                SQL.identifier(name),
            )
        )


def _forget_host_constraints(env, module, models):
    """Delete what Odoo noted of our foreign keys on tables of the host.

    The keys themselves go with our columns.
    """
    constraints = env["ir.model.constraint"].search(
        [("module.name", "=", module), ("type", "=", "f")]
    )
    constraints.filtered(lambda one: one.model.model not in models).unlink()
