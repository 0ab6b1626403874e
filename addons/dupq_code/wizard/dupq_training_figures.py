from odoo import api, fields, models
from odoo.fields import Domain

from ..shares import percent

STATES = ("valid", "expiring", "expired", "never")


class DupqTrainingFigures(models.TransientModel):
    """Training on a day: who has what they need, and is it about people?

    Each figure is counted with the reader's own rules, and opens what it counted.
    """

    _name = "dupq.training.figures"
    _description = "Training on a day"

    date = fields.Date(string="As of", required=True, default=fields.Date.context_today)
    service_id = fields.Many2one(
        "dupq.service",
        help="Empty: all that you may see. A region counts the services in it.",
    )
    kind_id = fields.Many2one("dupq.training.kind", string="Kind of training")
    needed = fields.Integer(compute="_compute_figures")
    valid = fields.Integer(compute="_compute_figures")
    expiring = fields.Integer(string="To be renewed soon", compute="_compute_figures")
    expired = fields.Integer(string="Ran out", compute="_compute_figures")
    never = fields.Integer(string="Never done", compute="_compute_figures")
    centred = fields.Char(
        string="Staff with training about people", compute="_compute_figures"
    )
    generic = fields.Integer(
        string="Staff with nothing but generic training", compute="_compute_figures"
    )
    coproduced = fields.Char(
        string="Co-produced, in twelve months", compute="_compute_figures"
    )

    @api.depends("date", "service_id", "kind_id")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_figures(self):
        for page in self:
            coverage = page._count("coverage", "state")
            for state in STATES:
                page[state] = coverage.get(state, 0)
            page.needed = sum(coverage.values())
            staff = page._count("staff", "state")
            page.generic = staff.get("generic", 0)
            page.centred = page._say(staff.get("centred", 0), sum(staff.values()))
            hands = page._count("fact", "hands")
            page.coproduced = page._say(hands.get("together", 0), sum(hands.values()))

    @api.depends("date")
    def _compute_display_name(self):
        self.display_name = self.env._("Training on a day")

    # === ACTIONS === #

    def action_open(self):
        """Open what stands behind the figure that was pressed."""
        self.ensure_one()
        name = self.env.context.get("figure")
        figures = {
            "needed": ("coverage", Domain.TRUE),
            "centred": ("staff", Domain("state", "=", "centred")),
            "generic": ("staff", Domain("state", "=", "generic")),
            "coproduced": ("fact", Domain("hands", "=", "together")),
            **{s: ("coverage", Domain("state", "=", s)) for s in STATES},
        }
        kind, domain = figures.get(name, figures["needed"])
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"dupq_code.dupq_training_{kind}_action"
        )
        label = self._fields.get(name, self._fields["needed"])
        label = label._description_string(self.env)
        return action | {
            "name": label,
            "display_name": label,
            "domain": list(self._get_domain(kind) & domain),
            "context": {"dupq_training_date": fields.Date.to_string(self.date)},
        }

    # === BUSINESS METHODS === #

    def _get_domain(self, kind):
        """The rows of this page, of one of the three ways of counting."""
        domain = Domain.TRUE
        if self.service_id:
            domain &= Domain("service_id", "child_of", self.service_id.ids)
        if self.kind_id and kind != "staff":
            domain &= Domain("kind_id", "=", self.kind_id.id)
        if kind == "fact":
            year_ago = fields.Date.subtract(self.date, years=1)
            domain &= Domain("done_on", ">", year_ago) & Domain(
                "done_on", "<=", self.date
            )
        return domain

    def _count(self, kind, field):
        rows = self.env[f"dupq.training.{kind}"].with_context(
            dupq_training_date=fields.Date.to_string(self.date)
        )
        groups = rows._read_group(self._get_domain(kind), [field], ["__count"])
        return dict(groups)

    @api.model
    def _say(self, count, total):
        if not total:
            return self.env._("Nothing yet")
        return self.env._(
            "%(yes)s of %(all)s (%(percent)s %%)",
            yes=count,
            all=total,
            percent=percent(count, total),
        )
