import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# The words of a line: the same words again are the same line.
SAID_FIELDS = (
    "place",
    "date_from",
    "date_to",
    "scale_id",
    "outcome",
    "report_url",
    "area",
    "group",
    "level",
    "finding",
    "action",
    "date_due",
    "date_done",
    "did_it_work",
)


class DupqAssessmentPast(models.Model):
    """One line about an earlier year: a self-assessment, a rating or an action.

    Lines come from a file, through Odoo's own import, or are typed; each makes what
    it tells of, recorded later and with its source. A line that is there already
    changes nothing. A year of which only the report is left is a line with its day
    and its link, or its file.
    """

    _name = "dupq.assessment.past"
    _description = "Earlier Year"
    _inherit = ["dupq.assessment.past.maker"]
    _order = "date_to desc, place, id"
    _rec_name = "place"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    source = fields.Char(
        required=True,
        default=lambda self: self.env._("Records of earlier years"),
        help="Where this is known from; it stands in the history.",
    )

    # Which self-assessment
    place = fields.Char(
        string="Service",
        help="Its name or reference; empty for the whole organisation.",
    )
    date_from = fields.Date(string="Period from")
    date_to = fields.Date(string="Period until", required=True, index=True)
    code_id = fields.Many2one(
        "dupq.code",
        string="By the Code",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["dupq.code"]._get_usual(),
    )
    scale_id = fields.Many2one("dupq.rating.scale", ondelete="restrict")
    outcome = fields.Text(string="What we found overall")
    report_url = fields.Char(string="Link to the report")
    report_file = fields.Binary(string="The report as a file", attachment=True)
    report_name = fields.Char(string="Name of the file")

    # A rating ...
    area = fields.Char(help="The reference or the name of an area of the Code.")
    group = fields.Char(string="Seen by", help="Empty for the summary of everyone.")
    level = fields.Char(string="Rating", help="As it is called on the scale.")
    finding = fields.Text(string="What we found")

    # ... or an action
    action = fields.Char(string="What we said we would do")
    date_due = fields.Date(string="Due")
    date_done = fields.Date(string="Done on")
    did_it_work = fields.Selection(
        [("yes", "Yes"), ("partly", "Partly"), ("no", "No")], string="Did it work?"
    )

    # What it has made
    assessment_id = fields.Many2one(
        "dupq.assessment", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    fingerprint = fields.Char(readonly=True, required=True, copy=False)

    _fingerprint_uniq = models.UniqueIndex(
        "(company_id, fingerprint)", "This line is there already."
    )

    # === CONSTRAINT METHODS === #

    @api.constrains("date_from", "date_to", "date_done")
    def _check_dates(self):
        today = fields.Date.context_today(self)
        for line in self:
            if line.date_from and line.date_from > line.date_to:
                raise ValidationError(self.env._("The period ends before it begins."))
            if max(line.date_to, line.date_done or line.date_to) > today:
                raise ValidationError(
                    self.env._("An earlier year, and what was done, lie in the past.")
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to make what the lines tell of; lines that are there stay."""
        defaults = self.default_get(["company_id", "code_id", *SAID_FIELDS])
        vals_list = [self._prepare_line({**defaults, **vals}) for vals in vals_list]
        found = {
            (line.company_id.id, line.fingerprint): line
            for line in self.search(
                [("fingerprint", "in", [vals["fingerprint"] for vals in vals_list])]
            )
        }
        new = {}
        for vals in vals_list:
            key = (vals["company_id"], vals["fingerprint"])
            if key not in found:
                new.setdefault(key, vals)
        lines = super().create(list(new.values()))
        found |= dict(zip(new, lines, strict=True))
        lines._make()
        return self.concat(
            *(found[vals["company_id"], vals["fingerprint"]] for vals in vals_list)
        )

    def write(self, vals):
        """Override to refuse: what a line has made is corrected where it stands."""
        if vals.keys() - {"assessment_id"}:
            raise UserError(
                self.env._(
                    "A line about an earlier year stays as it came. Correct the "
                    "self-assessment that it has made."
                )
            )
        return super().write(vals)

    @api.model
    def _prepare_line(self, vals):
        """The values with the fingerprint of what is said."""
        said = [str(vals.get(name) or "").strip() for name in ("code_id", *SAID_FIELDS)]
        digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()
        return {**vals, "fingerprint": digest}

    # === IMPORT === #

    @api.model
    def load(self, fields, data):
        """Override so that a file is taken as a whole, and makes nothing by name."""
        return super(
            DupqAssessmentPast,
            self.with_context(name_create_enabled_fields={}, _import_limit=None),
        ).load(fields, data)

    @api.model
    def get_import_templates(self):
        """Override to offer a file with the headings that are understood."""
        return [
            {
                "label": self.env._("Example of earlier years"),
                "template": "/dupq_assessment/static/csv/earlier_years.csv",
            }
        ]

    # === ACTIONS === #

    def action_open_assessment(self):
        """Open the self-assessment that the line is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dupq.assessment",
            "res_id": self.assessment_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
