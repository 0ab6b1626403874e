from odoo.addons.dupq_code.hooks import leave


def uninstall_hook(env):
    """Leave nothing of this addon behind."""
    leave(env, "dupq_commissioning")
