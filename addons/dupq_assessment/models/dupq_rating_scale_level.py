import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


class DupqRatingScaleLevel(models.Model):
    """One step of a rating scale, from the lowest to the highest."""

    _name = "dupq.rating.scale.level"
    _description = "Rating Level"
    _order = "scale_id, sequence, id"

    # What a rating says by this level, frozen once a rating uses the scale.
    _frozen_fields = ("name", "sequence", "scale_id")

    name = fields.Char(required=True, translate=True)
    scale_id = fields.Many2one(
        "dupq.rating.scale", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10, help="The lowest level comes first.")
    position = fields.Integer(compute="_compute_position")
    share = fields.Float(
        compute="_compute_position",
        help="From 0 for the lowest level to 1 for the highest, for one scale's trend.",
    )
    picture = fields.Selection(
        [
            ("star", "Star"),
            ("thumbs-up", "Thumb up"),
            ("thumbs-down", "Thumb down"),
            ("smiling-face-with-smiling-eyes", "Happy face"),
            ("neutral-face", "Neutral face"),
            ("worried-face", "Worried face"),
            ("green-circle", "Green circle"),
            ("yellow-circle", "Yellow circle"),
            ("red-circle", "Red circle"),
            ("seedling", "Seedling"),
            ("potted-plant", "Plant in a pot"),
            ("sun", "Sun"),
            ("footprints", "Footprints"),
            ("construction", "Roadworks"),
        ],
        help="Shown beside the word, never alone.",
    )
    color = fields.Char(string="Colour", help="Shown beside the word, never alone.")

    @api.depends("scale_id.level_ids", "scale_id.level_ids.sequence")
    def _compute_position(self):
        for level in self:
            levels = level.scale_id.level_ids.sorted(lambda one: (one.sequence, one.id))
            ids = levels.ids
            place = ids.index(level.id) if level.id in ids else 0
            level.position = place + 1
            level.share = place / (len(ids) - 1) if len(ids) > 1 else 1.0

    @api.constrains("color")
    def _check_color(self):
        for level in self:
            if level.color and not COLOUR.fullmatch(level.color):
                raise ValidationError(
                    self.env._("A colour is written like #1b7f3b, with six figures.")
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        levels = super().create(vals_list)
        levels.scale_id._check_not_used()
        return levels

    def write(self, vals):
        self.check_access("write")
        if vals.keys() & set(self._frozen_fields):
            self.scale_id._check_not_used()
        return super().write(vals)

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        # Other languages may be added later; our own English stays.
        if any(lang.startswith("en") for lang in translations):
            self.scale_id._check_not_used()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.scale_id._check_not_used()
