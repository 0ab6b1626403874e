from collections import Counter

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from ..const import BOARD_MEMBER, QUALITY_LEAD
from ..coverage import told
from ..shares import percent

STATES = ("valid", "expiring", "expired", "never")
# What each figure counts: which rows, by which of their fields, with which values.
FIGURES = {
    "needed": ("coverage", "state", STATES),
    **{state: ("coverage", "state", (state,)) for state in STATES},
    "generic": ("staff", "state", ("generic",)),
    "centred": ("staff", "state", ("centred",)),
    "coproduced": ("fact", "hands", ("together",)),
}
# Figures that are told as a share of all rows of their kind.
SHARES = ("centred", "coproduced")
# Who reads the rows of every service.
READS_ALL = f"{QUALITY_LEAD},hr.group_hr_user"


class DupqTrainingFigures(models.TransientModel):
    """Training on a day: who has what they need, and is it about people?

    Each figure is counted with the reader's own rules, and opens what it counted.

    Every row is about one employee. So a board member is told numbers of rows that
    they do not read: of a whole company, never of one service, and in steps, see
    `told`; no two screens, subtracted, give away what somebody has.
    """

    _name = "dupq.training.figures"
    _description = "Training on a day"

    date = fields.Date(string="As of", required=True, default=fields.Date.context_today)
    service_id = fields.Many2one(
        "dupq.service",
        help="Empty: all that you may see. A region counts the services in it.",
    )
    kind_id = fields.Many2one("dupq.training.kind", string="Kind of training")
    needed = fields.Char(compute="_compute_figures")
    valid = fields.Char(compute="_compute_figures")
    expiring = fields.Char(string="To be renewed soon", compute="_compute_figures")
    expired = fields.Char(string="Ran out", compute="_compute_figures")
    never = fields.Char(string="Never done", compute="_compute_figures")
    centred = fields.Char(
        string="Staff with training about people", compute="_compute_figures"
    )
    generic = fields.Char(
        string="Staff with nothing but generic training", compute="_compute_figures"
    )
    coproduced = fields.Char(
        string="Co-produced, in twelve months", compute="_compute_figures"
    )

    is_in_steps = fields.Boolean(compute="_compute_figures")

    @api.depends("date", "service_id", "kind_id")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_figures(self):
        for page in self:
            page.is_in_steps = page._counts_more()
            for name, (kind, field, values) in FIGURES.items():
                counted = page._count(kind, field)
                say = page._say_share if name in SHARES else page._say_number
                page[name] = say(counted, values)

    @api.depends("date")
    def _compute_display_name(self):
        self.display_name = self.env._("Training on a day")

    # === ACTIONS === #

    def action_open(self):
        """Open what stands behind the figure that was pressed."""
        self.ensure_one()
        name = self.env.context.get("figure")
        name = name if name in FIGURES else "needed"
        kind, field, values = FIGURES[name]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"dupq_code.dupq_training_{kind}_action"
        )
        label = self._fields[name]._description_string(self.env)
        hidden = self._add(self._count(kind, field), values, read=False)
        if self._is_told_numbers():
            action["help"] = self._help_confidential(hidden)
        if hidden:
            label = self.env._(
                "%(figure)s, and at least %(count)s confidential items",
                figure=label,
                count=hidden,
            )
        return action | {
            "name": label,
            "display_name": label,
            "domain": list(self._get_domain(kind) & Domain(field, "in", values)),
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
            domain &= Domain("is_unchecked", "=", False)
        return domain

    # === COUNTING === #

    def _count(self, kind, field):
        """``{(value, company id): (rows the reader reads, rows they do not)}``."""
        rows = self.env[f"dupq.training.{kind}"].with_context(
            dupq_training_date=fields.Date.to_string(self.date)
        )
        domain = self._get_domain(kind)
        read = self._count_rows(rows, domain, field)
        if not self._counts_more():
            return {key: (number, 0) for key, number in read.items()}
        domain &= Domain("company_id", "in", self.env.companies.ids)
        # In sudo mode: only numbers leave this page, and those in steps.
        whole = self._count_rows(rows.sudo(), domain, field)
        return {
            key: (read.get(key, 0), number - read.get(key, 0))
            for key, number in whole.items()
        }

    @api.model
    def _count_rows(self, rows, domain, field):
        groups = rows._read_group(domain, [field, "company_id"], ["__count"])
        return {(value, company.id): number for value, company, number in groups}

    def _counts_more(self):
        """Whether this page tells its reader more than they read.

        Never of one service: what is left when all others are taken away would be
        that service.
        """
        return self._is_told_numbers() and not self.service_id

    @api.model
    def _is_told_numbers(self):
        user = self.env.user
        return (
            not self.env.su
            and user.has_group(BOARD_MEMBER)
            and not user.has_groups(READS_ALL)
        )

    @api.model
    def _add(self, counted, values, read=True):
        """The number that is told of these values, with or without what is read.

        Of each company in steps, so that no company follows from the others.
        """
        hidden = Counter()
        number = 0
        for (value, company_id), (seen, unseen) in counted.items():
            if value in values:
                number += seen * read
                hidden[company_id] += unseen
        return number + sum(told(part, may_see=False) for part in hidden.values())

    # === WORDS === #

    def _say_number(self, counted, values):
        """One figure in words, as exactly as its reader may know it."""
        number = self._add(counted, values)
        if not self._is_told_numbers() or (self.service_id and counted):
            return str(number)
        if self.service_id:
            return self.env._("Only for all services together")
        if not number:
            return self.env._("Too few to be shown")
        return self.env._("At least %(count)s", count=number)

    def _say_share(self, counted, values):
        """A share in words, and never 0 % of nothing."""
        part = self._add(counted, values)
        total = self._add(counted, {value for value, _company_id in counted})
        if not total and not self._is_told_numbers():
            return self.env._("Nothing yet")
        if not total:
            return self._say_number(counted, ())
        if self._counts_more():
            if not part:
                return self.env._("Too few, of at least %(all)s", all=total)
            return self.env._("About %(yes)s of %(all)s", yes=part, all=total)
        return self.env._(
            "%(yes)s of %(all)s (%(percent)s %%)",
            yes=part,
            all=total,
            percent=percent(part, total),
        )

    def _help_confidential(self, count):
        """What stands in the list where the confidential rows would."""
        title = self.env._("Too few to be shown")
        if self.service_id:
            title = self.env._("Only for all services together")
        elif count:
            title = self.env._("At least %(count)s confidential items", count=count)
        why = self.env._(
            "Each is about one employee. They are counted for you in steps of five, "
            "and listed for the managers of the service and for those who look after "
            "staff."
        )
        return Markup("<p class='o_view_nocontent_smiling_face'>%s</p><p>%s</p>") % (
            title,
            why,
        )
