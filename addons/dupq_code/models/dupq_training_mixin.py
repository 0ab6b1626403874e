from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.date_utils import parse_date

from ..const import BOARD_MEMBER, WORKER
from .dupq_training_check import DELIVERED, HANDS
from .dupq_training_kind import HOSTS

WHO_SEES = f"{WORKER},hr.group_hr_user"
WHO_READS_EVIDENCE = f"{WORKER},{BOARD_MEMBER},hr.group_hr_user"
COMPARED = {"<": SQL("<"), "<=": SQL("<="), ">": SQL(">"), ">=": SQL(">=")}


def _search_flag(operator, value, domain):
    """The records of ``domain`` for True, all others for False."""
    if operator != "in":
        return NotImplemented
    return Domain.OR(domain if flag else ~domain for flag in set(value))


class DupqTrainingMixin(models.AbstractModel):
    """What a training record says besides who had it.

    Its kind, for whom it was, who made and gave it, what it was to change; and by the
    kind, until when it holds (C38, C39, C40).
    """

    _name = "dupq.training.mixin"
    _description = "Training record"
    _inherit = ["dupq.training.check"]

    dupq_kind_id = fields.Many2one(
        "dupq.training.kind",
        string="Kind of training",
        index="btree_not_null",
        help="Recognised from the title, the skill, or what wrote the course.",
    )
    dupq_kind_is_cleared = fields.Boolean(
        string="Of no kind",
        readonly=True,
        copy=False,
        help="Somebody said that it is none of the kinds of training.",
    )
    dupq_done_on = fields.Date(
        string="Done on",
        compute="_compute_dupq_days",
        search="_search_dupq_done_on",
    )
    dupq_valid_until = fields.Date(
        string="Valid until",
        compute="_compute_dupq_days",
        search="_search_dupq_valid_until",
        help="What the record says, else what its kind says.",
    )
    dupq_is_overtaken = fields.Boolean(
        string="Done again",
        compute="_compute_dupq_is_overtaken",
        search="_search_dupq_is_overtaken",
        help="The employee has had the same kind of training once more, for longer.",
    )

    # For whom
    dupq_service_id = fields.Many2one(
        "dupq.service",
        string="For everybody at",
        groups=WHO_SEES,
        copy=False,
        index="btree_not_null",
        help="When it was about all the people of a service.",
    )
    dupq_is_for_people = fields.Boolean(
        string="For particular people",
        compute="_compute_dupq_is_for_people",
        compute_sudo=True,
        search="_search_dupq_is_for_people",
        help="It says for which person or service it was.",
    )
    dupq_is_person_centred = fields.Boolean(
        string="Centred on the person",
        compute="_compute_dupq_is_for_people",
        compute_sudo=True,
        search="_search_dupq_is_person_centred",
        help="It was for particular people, or is of such a kind. All else is generic.",
    )

    # With whom
    dupq_designed_by_people = fields.Boolean(string="Designed by people supported")
    dupq_designed_by_families = fields.Boolean(string="Designed by families")
    dupq_delivered_by_people = fields.Boolean(string="Given by people supported")
    dupq_delivered_by_families = fields.Boolean(string="Given by families")
    dupq_is_paid = fields.Boolean(
        string="They were paid", help="People supported and families, for their work."
    )
    dupq_is_coproduced = fields.Boolean(
        string="Co-produced",
        compute="_compute_dupq_is_coproduced",
        search="_search_dupq_is_coproduced",
        help="People supported or families designed it, or gave it.",
    )
    dupq_lacks_codelivery = fields.Boolean(
        string="Co-delivery missing",
        compute="_compute_dupq_is_coproduced",
        search="_search_dupq_lacks_codelivery",
        help="This kind has to be given together with somebody with lived experience, "
        "and the record does not say that it was.",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to recognise the kind where nobody has chosen it."""
        marks = self.env["dupq.training.kind"]._get_marks()
        records = super().create(vals_list)
        maybe = [
            (record, "dupq_kind_id" in vals)
            for record, vals in zip(records, vals_list, strict=True)
            if not vals.get("dupq_kind_id") and self._may_be_dupq_training(vals, marks)
        ]
        self.concat(*(r for r, is_said in maybe if not is_said))._recognise_dupq_kind()
        # Forms say of each new record that it is of no kind: that counts where there
        # would be one.
        without = self.concat(*(record for record, is_said in maybe if is_said))
        if cleared := [*self.env["dupq.training.kind"]._recognise(without)]:
            # Written by whoever has just written the records.
            self.concat(*cleared).sudo().dupq_kind_is_cleared = True
        return records

    def write(self, vals):
        """Override to look again when something changes that marks a kind."""
        if "dupq_kind_id" in vals:
            return super().write(
                {**vals, "dupq_kind_is_cleared": not vals["dupq_kind_id"]}
            )
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._get_dupq_kind_depends()):
            self._recognise_dupq_kind()
        return result

    def _recognise_dupq_kind(self):
        """Keep what is recognised; what was chosen stays where nothing is.

        Not a computed field: whoever saves a course must not wait for it.
        """
        kinds = self.env["dupq.training.kind"]
        marks = kinds._get_marks()
        maybe = self.filtered(
            lambda record: self._may_be_dupq_training(record._get_dupq_marked(), marks)
        )
        by_kind = {}
        for record, kind in kinds._recognise(maybe).items():
            if record.dupq_kind_id != kind:
                by_kind.setdefault(kind, []).append(record)
        for kind, records in by_kind.items():
            # Written by whoever has just written the records.
            self.concat(*records).sudo().dupq_kind_id = kind

    # === COMPUTE METHODS === #

    @api.depends(lambda self: self._get_dupq_day_depends())
    def _compute_dupq_days(self):
        for record in self:
            done, until = record._get_dupq_days()
            # How long a kind holds is no secret.
            months = record.dupq_kind_id.sudo().renewal_months
            if done and not until and months:
                until = done + relativedelta(months=months)
            record.dupq_done_on, record.dupq_valid_until = done, until

    @api.depends("dupq_kind_id", "dupq_valid_until", "employee_id")
    def _compute_dupq_is_overtaken(self):
        saved = self._origin
        found = saved.with_context(active_test=False).search(
            Domain("id", "in", saved.ids) & Domain("dupq_is_overtaken", "=", True)
        )
        for record in self:
            record.dupq_is_overtaken = record._origin in found

    @api.depends("dupq_service_id", "dupq_about_ids", "dupq_kind_id.is_person_centred")
    def _compute_dupq_is_for_people(self):
        for record in self:
            is_for_people = bool(record.dupq_service_id or record.dupq_about_ids)
            record.dupq_is_for_people = is_for_people
            record.dupq_is_person_centred = (
                is_for_people or record.dupq_kind_id.is_person_centred
            )

    @api.depends(*HANDS, "dupq_kind_id.needs_codelivery")
    def _compute_dupq_is_coproduced(self):
        for record in self:
            record.dupq_is_coproduced = any(record[name] for name in HANDS)
            record.dupq_lacks_codelivery = record.dupq_kind_id.needs_codelivery and (
                not any(record[name] for name in DELIVERED)
            )

    # === SEARCH METHODS === #

    @api.model
    def _search_dupq_done_on(self, operator, value):
        return self._search_day(operator, value, 0)

    @api.model
    def _search_dupq_valid_until(self, operator, value):
        return self._search_day(operator, value, 1)

    @api.model
    def _search_day(self, operator, value, place):
        """In SQL, because how long it holds may stand in the kind."""
        if operator == "in" and set(value) == {False}:
            return Domain.custom(
                to_sql=lambda _m, alias, _q: SQL(
                    "%s IS NULL", self._get_dupq_days_sql(alias)[place]
                )
            )
        if operator not in COMPARED:
            return NotImplemented
        day = parse_date(value, self.env) if isinstance(value, str) else value
        self.env["dupq.training.kind"].flush_model(["renewal_months"])
        self.flush_model()
        return Domain.custom(
            to_sql=lambda _m, alias, _q: SQL(
                "%s %s %s",
                self._get_dupq_days_sql(alias)[place],
                COMPARED[operator],
                day,
            )
        )

    @api.model
    def _search_dupq_is_overtaken(self, operator, value):
        for model in HOSTS:
            self.env[model].flush_model()
        domain = Domain.custom(to_sql=self._get_overtaken_sql)
        return _search_flag(operator, value, domain)

    @api.model
    def _search_dupq_is_for_people(self, operator, value):
        self.env["dupq.training.about"].flush_model()
        domain = Domain.custom(to_sql=self._get_for_people_sql)
        return _search_flag(operator, value, domain)

    @api.model
    def _search_dupq_is_person_centred(self, operator, value):
        self.env["dupq.training.about"].flush_model()
        domain = Domain.custom(to_sql=self._get_for_people_sql)
        domain |= Domain("dupq_kind_id.is_person_centred", "=", True)
        return _search_flag(operator, value, domain)

    @api.model
    def _search_dupq_is_coproduced(self, operator, value):
        domain = Domain.OR(Domain(name, "=", True) for name in HANDS)
        return _search_flag(operator, value, domain)

    @api.model
    def _search_dupq_lacks_codelivery(self, operator, value):
        domain = Domain.AND(Domain(name, "=", False) for name in DELIVERED)
        domain &= Domain("dupq_kind_id.needs_codelivery", "=", True)
        return _search_flag(operator, value, domain)

    # === SQL === #

    def _get_overtaken_sql(self, _model, alias, _query):
        """Whether the same employee had the same kind again, in either table."""
        _done, until = self._get_dupq_days_sql(alias)
        return SQL(
            """EXISTS (SELECT 1 FROM (%(records)s) later
                        WHERE later.employee_id = %(alias)s.employee_id
                          AND later.kind_id = %(alias)s.dupq_kind_id
                          AND NOT later.is_unchecked
                          AND COALESCE(later.valid_until, 'infinity') > %(until)s)""",
            records=self._get_dupq_all_records_sql(),
            alias=SQL.identifier(alias),
            until=until,
        )

    def _get_for_people_sql(self, _model, alias, _query):
        return SQL(
            """(%(alias)s.dupq_service_id IS NOT NULL OR EXISTS (
                SELECT 1 FROM dupq_training_about a
                 WHERE a.%(link)s = %(alias)s.id))""",
            alias=SQL.identifier(alias),
            link=SQL.identifier(self.env["dupq.training.about"]._get_link(self._name)),
        )

    @api.model
    def _get_dupq_all_records_sql(self):
        """The same of both hosts."""
        return SQL(" UNION ALL ").join(
            self.env[model]._get_dupq_records_sql() for model in HOSTS
        )

    @api.model
    def _get_dupq_records_sql(self):
        """SQL of each training record of this host: whose, of which kind, when."""
        done, until = self._get_dupq_days_sql(self._table)
        return SQL(
            """SELECT id, employee_id, dupq_kind_id AS kind_id, %s AS done_on,
                      %s AS valid_until,
                      COALESCE(dupq_is_unchecked, FALSE) AS is_unchecked FROM %s""",
            done,
            until,
            SQL.identifier(self._table),
        )

    # === HOOKS FOR HOSTS === #

    @api.model
    def _get_dupq_kind_depends(self):
        """Override to name the fields by which a kind is recognised."""
        return []

    @api.model
    def _get_dupq_day_depends(self):
        """Extend to name the fields that `_get_dupq_days` reads."""
        return ["dupq_kind_id.renewal_months"]

    def _get_dupq_marked(self):
        """Override to give the values that `_may_be_dupq_training` asks."""
        return {}

    @api.model
    def _may_be_dupq_training(self, vals, marks):
        """Override to say whether a record with these values may be of some kind."""
        return True

    def _get_dupq_days(self):
        """Override to say when it was done, and until when it holds, if it says so."""
        raise NotImplementedError

    @api.model
    def _get_dupq_own_days_sql(self, alias):
        """Override to say the same as `_get_dupq_days` in SQL: a pair."""
        raise NotImplementedError

    @api.model
    def _get_dupq_days_sql(self, alias):
        """SQL of the day it was done and of the last day it holds: a pair."""
        done, until = self._get_dupq_own_days_sql(alias)
        return done, SQL(
            """COALESCE(%(until)s, (
                SELECT (%(done)s + make_interval(months => k.renewal_months))::date
                  FROM dupq_training_kind k
                 WHERE k.id = %(alias)s.dupq_kind_id AND k.renewal_months > 0))""",
            done=done,
            until=until,
            alias=SQL.identifier(alias),
        )
