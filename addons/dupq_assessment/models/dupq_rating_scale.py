from odoo import api, fields, models
from odoo.exceptions import UserError


class DupqRatingScale(models.Model):
    """A scale of the provider's choice, such as 1 to 10 or four words.

    Once a rating uses it, it stays as it is, so that last year's rating keeps its
    meaning. A changed mind is a new scale.
    """

    _name = "dupq.rating.scale"
    _description = "Rating Scale"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("numbers", "Numbers"),
            ("traffic_light", "Traffic light"),
            ("words", "Words"),
            ("custom", "A scale of our own"),
        ],
        required=True,
        default="words",
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty for every company."
    )
    level_ids = fields.One2many("dupq.rating.scale.level", "scale_id", copy=True)
    level_names = fields.Char(string="Levels", compute="_compute_level_names")
    is_used = fields.Boolean(compute="_compute_is_used")

    # === COMPUTE METHODS === #

    @api.depends("level_ids.name", "level_ids.sequence")
    def _compute_level_names(self):
        for scale in self:
            scale.level_names = ", ".join(scale.level_ids.mapped("name"))

    def _compute_is_used(self):
        # Whether any rating uses the scale, whoever may see that rating.
        used_sudo = (
            self.env["dupq.assessment.rating"]
            .sudo()
            ._read_group([("level_id.scale_id", "in", self.ids)], ["scale_id"])
        )
        used_ids = {scale_sudo.id for (scale_sudo,) in used_sudo}
        for scale in self:
            scale.is_used = scale.id in used_ids

    # === CRUD METHODS === #

    def write(self, vals):
        self.check_access("write")
        if vals.keys() & {"kind", "company_id"}:
            self._check_not_used()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_not_used()

    def _check_not_used(self):
        """Refuse, for everyone, to change a scale that a rating uses."""
        self.invalidate_recordset(["is_used"])
        if used := self.filtered("is_used"):
            raise UserError(
                self.env._(
                    "“%(scale)s” is used by a rating and stays as it is. "
                    "Make a copy of it and change the copy.",
                    scale=used[0].display_name,
                )
            )
