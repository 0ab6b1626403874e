from odoo import api, fields, models
from odoo.exceptions import UserError

from .dupq_assessment_rating import STATUSES

# Key of {rating id: objection id} while an objection changes a rating; kept with the
# cursor, so that no client can send it.
BECAUSE_OF = object()


class DupqAssessmentRatingChange(models.Model):
    """What a rating was before it was changed, and by whom: kept as it was.

    Written by the rating itself when something that was said is changed, never by
    hand, and neither changed nor removed afterwards.
    """

    _name = "dupq.assessment.rating.change"
    _description = "Change of a Rating"
    _order = "id desc"
    _rec_name = "rating_id"
    _log_access = False

    rating_id = fields.Many2one(
        "dupq.assessment.rating", required=True, index=True, ondelete="cascade"
    )
    assessment_id = fields.Many2one(
        related="rating_id.assessment_id", store=True, index=True
    )
    company_id = fields.Many2one(related="rating_id.company_id", store=True)
    date = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Changed by", readonly=True, ondelete="set null"
    )
    level_from_id = fields.Many2one(
        "dupq.rating.scale.level", string="It was", readonly=True, ondelete="restrict"
    )
    level_to_id = fields.Many2one(
        "dupq.rating.scale.level", string="It is", readonly=True, ondelete="restrict"
    )
    status_from = fields.Selection(STATUSES, string="It stood", readonly=True)
    status_to = fields.Selection(STATUSES, string="It stands", readonly=True)
    dissent_id = fields.Many2one(
        "dupq.assessment.dissent",
        string="Because of",
        readonly=True,
        ondelete="restrict",
    )

    # === CRUD METHODS === #

    # pylint: disable=method-required-super
    def write(self, vals):
        """Refuse, for everyone, to change what has been."""
        raise UserError(self.env._("What a rating was before stays as it was."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What a rating was before is kept."))

    # === BUSINESS METHODS === #

    @api.model
    def _note(self, before):
        """Keep what these ratings were, where somebody had said something.

        :param before: {rating: (level, status)}; what was empty has no history
        """
        changes = [
            {
                "rating_id": rating.id,
                "date": fields.Date.context_today(self),
                "user_id": self.env.uid,
                "level_from_id": level.id,
                "level_to_id": rating.level_id.id,
                "status_from": status,
                "status_to": rating.status,
                "dissent_id": self.env.cr.cache.get(BECAUSE_OF, {}).get(rating.id),
            }
            for rating, (level, status) in before.items()
            if (level and level != rating.level_id)
            or (status and status != rating.status)
        ]
        if changes:
            # Whoever may change a rating leaves a trace; nobody writes one directly.
            self.sudo().create(changes)
