from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..workflow import kept_with_cursor

# Key of the leave to add one row; kept with the cursor, never in a context.
NOTING = object()

REASONS = [
    ("asked", "The person asked for it"),
    ("asked_for", "Somebody who may speak for the person asked for it"),
    ("time_over", "The time for which it was kept is over"),
    ("mistake", "It should never have been recorded"),
    ("order", "A court or an authority ordered it"),
]


class DupqErasure(models.Model):
    """That something was erased: when, by whom, why, and how much; never what.

    Append-only, ``sudo`` included. It neither names nor links whom it was about.
    """

    _name = "dupq.erasure"
    _description = "Erasure"
    _inherit = ["dupq.untouchable"]
    _order = "date desc, id desc"
    _rec_name = "date"
    _log_access = False

    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        string="By",
        default=lambda self: self.env.user,
        ondelete="set null",
    )
    company_id = fields.Many2one("res.company", index=True)
    kind = fields.Selection(
        [
            ("person", "A person supported"),
            ("applicant", "An applicant"),
            ("record", "Another record about somebody"),
        ],
        required=True,
    )
    reason = fields.Selection(REASONS, required=True)
    record_count = fields.Integer(string="Records")
    field_count = fields.Integer(string="Texts")
    file_count = fields.Integer(string="Files")

    # === ONLY APPENDED === #

    @api.model
    def _is_at_its_door(self):
        """Override for the eraser."""
        return self.env.cr.cache.pop(NOTING, None)

    @api.model
    def _make_untouchable_error(self):
        return AccessError(self.env._("Erasing itself writes this, and nobody else."))

    @api.model
    def _note(self, roots, kind, reason, records, fields_, files):
        """Add the row of one erasure."""
        # In sudo mode because who erases adds nothing here by hand.
        company = roots.sudo().company_id if "company_id" in roots._fields else None
        values = {
            "kind": kind,
            "reason": reason,
            "company_id": company.id if company else self.env.company.id,
            "user_id": self.env.uid,
            "record_count": records,
            "field_count": fields_,
            "file_count": files,
        }
        with kept_with_cursor(self.env.cr, NOTING, True):
            return self.sudo().create(values)
