from odoo import api, fields, models
from odoo.exceptions import UserError


class DupqCodeErratum(models.Model):
    """A correction kept beside a published item, which itself stays as it was."""

    _name = "dupq.code.erratum"
    _description = "Code Erratum"
    _inherit = ["dupq.code.note"]
    _order = "date desc, id desc"
    _rec_name = "new_text"

    date = fields.Date(required=True, default=fields.Date.context_today)
    old_text = fields.Text(
        string="It says",
        compute="_compute_old_text",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    new_text = fields.Text(string="It should say", required=True)
    reason = fields.Text(string="Why", required=True)

    @api.depends("area_id", "statement_id", "question_id", "example_id")
    def _compute_old_text(self):
        for erratum in self:
            item = erratum._item()
            erratum.old_text = item and item[item._text_field]

    @api.constrains("area_id", "statement_id", "question_id", "example_id")
    def _check_published(self):
        for erratum in self:
            if erratum.code_id.state == "draft":
                raise UserError(
                    self.env._("The edition is still a draft: change the item itself.")
                )

    def write(self, vals):
        if vals:
            self._refuse_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_change()

    def _refuse_change(self):
        raise UserError(
            self.env._("An erratum stays as it was recorded. Record another one.")
        )
