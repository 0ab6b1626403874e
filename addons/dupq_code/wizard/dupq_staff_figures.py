from datetime import date

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from ..shares import percent


class DupqStaffFigures(models.TransientModel):
    """How staff are chosen, in the twelve months to a day, as far as one may see.

    Each figure is counted from `dupq.staff.fact` with the reader's own rules, and
    opens exactly what it counted. Of rows that the reader may count and not read,
    the last whole calendar year of all services together is told, see there.
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
        facts = self.env["dupq.staff.fact"]
        confidential = facts._get_confidential()
        for page in self:
            counted = page._count(page._get_domain())
            for name in self._get_indicators():
                page[name] = self._say(*counted.get(name, (0, 0)))
            if not confidential:
                continue
            told = facts._tell_confidential(page._get_year())
            for name in confidential:
                page[name] = page._say_confidential(
                    name, counted.get(name, (0, 0)), told[name]
                )

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
        title, domain = labels[name], self._get_domain()
        if name in facts._get_confidential() and not self.service_id:
            domain = self._get_year_domain()
            if hidden := facts._tell_confidential(self._get_year())[name].whole:
                action["help"] = self._help_confidential(hidden)
                title = self.env._(
                    "%(figure)s, and %(count)s confidential items",
                    figure=title,
                    count=hidden,
                )
        domain &= Domain("indicator", "=", name)
        named = {"name": title, "display_name": title}
        return action | named | {"domain": list(domain), "context": {}}

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

    def _get_year(self):
        """The last calendar year that was whole on the day."""
        day = self.date or fields.Date.context_today(self)
        return day.year if (day.month, day.day) == (12, 31) else day.year - 1

    def _get_year_domain(self):
        year = self._get_year()
        domain = Domain("date", ">=", date(year, 1, 1))
        return domain & Domain("date", "<=", date(year, 12, 31))

    @api.model
    def _count(self, domain):
        """``{indicator: (number of yes, number of all)}``, of what is there."""
        counts = {}
        for name, is_yes, number in self.env["dupq.staff.fact"]._read_group(
            domain, ["indicator", "is_yes"], ["__count"]
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

    def _say_confidential(self, name, read, told):
        """A figure with rows in it that the reader does not read.

        :param read: (number of yes, number of all) of those they do, of the service
        :param told: `Told` of the others, of the year and of all services
        """
        self.ensure_one()
        if self.service_id:
            if any(read):
                return self._say(*read)
            return self.env._("Only for all services together")
        year = self._get_year()
        yes, whole = self._count(self._get_year_domain()).get(name, (0, 0))
        yes, whole = yes + told.yes, whole + told.whole
        if not whole and told.is_kept_back:
            return self.env._("Too few in %(year)s to be shown", year=year)
        return self.env._(
            "%(figure)s in %(year)s", figure=self._say(yes, whole), year=year
        )

    @api.model
    def _help_confidential(self, count):
        """What stands in the list where the confidential rows would."""
        title = self.env._("%(count)s confidential items", count=count)
        why = self.env._(
            "Each is about one employee. They are counted for you, and listed for the "
            "managers of the service and for those who look after staff."
        )
        return Markup("<p class='o_view_nocontent_smiling_face'>%s</p><p>%s</p>") % (
            title,
            why,
        )
