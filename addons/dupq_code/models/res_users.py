from odoo import fields, models

from .dupq_code_note import ITEM_FIELD_OF
from .dupq_code_wording import KINDS


class ResUsers(models.Model):
    """A user chooses which wording of the Code the screens show."""

    _inherit = "res.users"

    dupq_wording_kind = fields.Selection(
        KINDS,
        string="Wording of the Code",
        default="plain",
        help="Where this wording is missing, the plain one is shown.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "dupq_wording_kind"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "dupq_wording_kind"]

    def write(self, vals):
        res = super().write(vals)
        if "dupq_wording_kind" in vals:
            for model in ITEM_FIELD_OF:
                self.env[model].invalidate_model(["shown_text", "display_name"])
            self.env["dupq.code.area"].invalidate_model(["shown_name", "reading"])
            self.env["dupq.code"].invalidate_model(["reading"])
        return res
