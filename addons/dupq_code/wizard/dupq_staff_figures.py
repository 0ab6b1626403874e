from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..shares import percent


class DupqStaffFigures(models.TransientModel):
    """How staff are chosen, in the twelve months to a day, as far as one may see.

    Each figure is counted from `dupq.staff.fact` with the reader's own rules, and
    opens exactly what it counted.
    """

    _name = "dupq.staff.figures"
    _description = "How we choose staff"

    date = fields.Date(
        string="Twelve months to", required=True, default=fields.Date.context_today
    )
    service_id = fields.Many2one(
        "dupq.service",
        help="Empty: all that you may see. A region counts the services in it.",
    )
    shortlist = fields.Char(
        string="Shortlists led by people supported", compute="_compute_figures"
    )
    choice = fields.Char(string="Choices followed", compute="_compute_figures")
    made_for = fields.Char(string="Jobs made for a person", compute="_compute_figures")
    generic = fields.Char(string="Generic adverts", compute="_compute_figures")
    voice = fields.Char(string="Reviews with a voice", compute="_compute_figures")
    retention = fields.Char(
        string="Matched staff still here", compute="_compute_figures"
    )

    @api.depends("date", "service_id")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_figures(self):
        for page in self:
            counted = page._count()
            for name in self._get_indicators():
                page[name] = self._say(*counted.get(name, (0, 0)))

    @api.depends("date")
    def _compute_display_name(self):
        self.display_name = self.env._("How we choose staff")

    # === ACTIONS === #

    def action_open(self):
        """Open what stands behind the figure that was pressed."""
        self.ensure_one()
        name = self.env.context.get("indicator")
        facts = self.env["dupq.staff.fact"]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_staff_fact_action"
        )
        if name not in self._get_indicators():
            return action
        labels = dict(facts._fields["indicator"]._description_selection(self.env))
        domain = self._get_domain() & Domain("indicator", "=", name)
        title = {"name": labels[name], "display_name": labels[name]}
        return action | title | {"domain": list(domain), "context": {}}

    # === BUSINESS METHODS === #

    @api.model
    def _get_indicators(self):
        return [name for name, _label in self.env["dupq.staff.fact"]._get_indicators()]

    def _get_domain(self):
        """What is counted: the facts of the twelve months to the day."""
        day = self.date or fields.Date.context_today(self)
        domain = Domain("date", "<=", day)
        domain &= Domain("date", ">", day - relativedelta(months=12))
        if self.service_id:
            domain &= Domain("service_id", "child_of", self.service_id.ids)
        return domain

    def _count(self):
        """``{indicator: (number of yes, number of all)}``, of what is there."""
        counts = {}
        for name, is_yes, number in self.env["dupq.staff.fact"]._read_group(
            self._get_domain(), ["indicator", "is_yes"], ["__count"]
        ):
            yes, whole = counts.get(name, (0, 0))
            counts[name] = (yes + number * is_yes, whole + number)
        return counts

    @api.model
    def _say(self, yes, whole):
        """A share in words, and never 0 % of nothing."""
        if not whole:
            return self.env._("Nothing yet")
        return self.env._(
            "%(yes)s of %(all)s (%(percent)s %%)",
            yes=yes,
            all=whole,
            percent=percent(yes, whole),
        )
