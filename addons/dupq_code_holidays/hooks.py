from odoo.addons.dupq_code.hooks import leave


def uninstall_hook(env):
    """Leave nothing behind but rules that have made evidence, which pause next time."""
    names = env["ir.model.data"].search(
        [("module", "=", "dupq_code_holidays"), ("model", "=", "dupq.evidence.rule")]
    )
    rules = env["dupq.evidence.rule"].browse(names.mapped("res_id")).exists()
    used = rules.filtered("evidence_ids")
    # Else Odoo tries to delete them, as it deletes all that an addon brought.
    names.filtered(lambda name: name.res_id in used.ids).unlink()
    leave(env, "dupq_code_holidays")
