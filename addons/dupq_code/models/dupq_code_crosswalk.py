from odoo import api, fields, models
from odoo.exceptions import ValidationError

# From the strongest to the weakest.
LINK_TYPES = [
    ("equivalent", "Says the same as"),
    ("covers", "Covers"),
    ("partly_covers", "Partly covers"),
    ("supports", "Supports"),
    ("related", "Is related to"),
]


class DupqCodeCrosswalk(models.Model):
    """A link between statements of two frameworks, and how far it goes.

    Read it as a sentence: the statement, the kind of link, the other statement.
    Links without an organisation are shipped; an organisation adds its own.
    """

    _name = "dupq.code.crosswalk"
    _description = "Link between frameworks"
    _order = "source_code_id, source_id, target_code_id, target_id, id"

    source_id = fields.Many2one(
        "dupq.code.statement",
        string="Statement",
        required=True,
        index=True,
        ondelete="cascade",
    )
    source_code_id = fields.Many2one(
        related="source_id.code_id", string="Framework", store=True, index=True
    )
    link_type = fields.Selection(
        LINK_TYPES, string="Link", required=True, default="related"
    )
    target_id = fields.Many2one(
        "dupq.code.statement",
        string="Other statement",
        required=True,
        index=True,
        ondelete="cascade",
    )
    target_code_id = fields.Many2one(
        related="target_id.code_id", string="Other framework", store=True, index=True
    )
    note = fields.Text(help="What the one says and the other does not.")
    provenance = fields.Char(
        string="Where it comes from",
        help="Who says so: a document, or your own reading.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Ours",
        default=lambda self: self.env.company,
        index="btree_not_null",
        ondelete="cascade",
        help="The organisation that added it; empty for links that came with it.",
    )

    _not_to_itself = models.Constraint(
        "CHECK(source_id != target_id)", "A statement needs no link to itself."
    )
    # Whichever way round: one opinion on two statements is enough.
    _pair_uniq = models.UniqueIndex(
        "(LEAST(source_id, target_id), GREATEST(source_id, target_id), "
        "COALESCE(company_id, 0))",
        "These two statements are linked already.",
    )

    @api.depends("source_id", "target_id", "link_type")
    @api.depends_context("uid", "lang", "dupq_wording_kind")
    def _compute_display_name(self):
        labels = dict(self._fields["link_type"]._description_selection(self.env))
        for link in self:
            link.display_name = " ".join(
                filter(
                    None,
                    (
                        link.source_id.reference,
                        labels.get(link.link_type),
                        link.target_id.reference,
                    ),
                )
            )

    @api.constrains("source_id", "target_id")
    def _check_two_editions(self):
        for link in self:
            if link.source_id.code_id == link.target_id.code_id:
                raise ValidationError(
                    self.env._(
                        "%(first)s and %(second)s belong to the same edition. "
                        "A link joins two frameworks, or two editions of one.",
                        first=link.source_id.reference,
                        second=link.target_id.reference,
                    )
                )

    def write(self, vals):
        """Ask the rules again afterwards: nobody gives a link away."""
        res = super().write(vals)
        if "company_id" in vals:
            self.check_access("write")
        return res
