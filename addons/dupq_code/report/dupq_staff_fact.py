from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import BOARD_MEMBER, HR_OFFICERS, QUALITY_LEAD
from .staff_sql import HIRED_DEPENDS, SERVICE_DEPENDS, get_service

INDICATORS = [
    ("shortlist", "Shortlists led by people supported"),
    ("choice", "Choices followed"),
    ("made_for", "Jobs made for a person"),
    ("generic", "Generic adverts"),
    ("voice", "Reviews with a voice"),
    ("retention", "Matched staff still here"),
]
# What stands behind a row of each; its place numbers the rows.
SOURCES = {
    "shortlist": "hr.applicant",
    "choice": "hr.applicant",
    "made_for": "hr.job",
    "generic": "hr.job",
    "voice": "dupq.staff.feedback",
    "retention": "hr.applicant",
}
ROWS_PER_SOURCE = 8
# Rows about one employee, and who reads them in every service; managers read those of
# the services they manage. Whoever else counts everywhere is told a number at most.
CONFIDENTIAL = {
    "voice": (QUALITY_LEAD, "hr.group_hr_user"),
    "retention": (QUALITY_LEAD, *HR_OFFICERS),
}
COUNTS_EVERYWHERE = (QUALITY_LEAD, BOARD_MEMBER, *HR_OFFICERS)
# A smaller part than this could be known to be somebody.
FEW = 5


class Told(NamedTuple):
    """What a reader is told of rows that they do not read."""

    yes: int = 0
    whole: int = 0
    is_kept_back: bool = False

    def __add__(self, other):
        kept_back = self.is_kept_back or other.is_kept_back
        return Told(self.yes + other.yes, self.whole + other.whole, kept_back)

    @classmethod
    def of(cls, yes, no):
        """Both parts, or neither when one of them is small.

        >>> Told.of(8, 5)
        Told(yes=8, whole=13, is_kept_back=False)
        >>> Told.of(8, 4)
        Told(yes=0, whole=0, is_kept_back=True)
        >>> Told.of(8, 0)
        Told(yes=8, whole=8, is_kept_back=False)
        """
        if 0 < yes < FEW or 0 < no < FEW:
            return cls(is_kept_back=True)
        return cls(yes, yes + no)


class DupqStaffFact(models.Model):
    """One record as one indicator about choosing staff counts it.

    A figure is the number of these rows, and opens them. They carry no name, no
    title and no word of anybody; what stands behind a row asks its own access rules.

    Confidential are the rows about one employee, see `CONFIDENTIAL`: a day and a
    service are enough to know who had a review without a voice, or who has left.
    """

    _name = "dupq.staff.fact"
    _description = "Choosing staff, counted"
    _inherit = ["dupq.staff.row"]
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "indicator"
    _depends = {
        **SERVICE_DEPENDS,
        **HIRED_DEPENDS,
        "dupq.choice": ["applicant_id", "date", "stage", "state", "taken_by"],
        "dupq.staff.feedback": [
            "company_id",
            "date_due",
            "employee_id",
            "kind",
            "service_id",
            "state",
        ],
        "hr.job": [
            "company_id",
            "department_id",
            "dupq_is_generic",
            "dupq_made_for",
            "dupq_service_id",
        ],
    }

    date = fields.Date(
        string="Day",
        readonly=True,
        help="Of hiring, of making the job, or on which the review was due.",
    )
    indicator = fields.Selection(INDICATORS, readonly=True)
    is_yes = fields.Boolean(string="Yes", readonly=True)
    res_id = fields.Integer(string="Record number", readonly=True, aggregator=None)
    res_model = fields.Char(compute="_compute_res_model")
    can_open = fields.Boolean(compute="_compute_can_open")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT res_id * %(factor)s + array_position(%(names)s, indicator) AS id,
                   company_id, service_id, date, indicator, is_yes, res_id
              FROM (%(rows)s) r
            """,
            factor=ROWS_PER_SOURCE,
            names=SQL("%s::varchar[]", list(SOURCES)),
            rows=SQL(" UNION ALL ").join(self._get_row_queries()),
        )

    @api.model
    def _get_indicators(self):
        """The indicators, in the order in which they are shown."""
        return INDICATORS

    @api.model
    def _get_row_queries(self):
        """SQL of the rows of each kind of source, with the indicators they serve."""
        return [
            SQL(
                """
                SELECT a.id AS res_id, a.company_id, a.service_id, a.date,
                       v.indicator, v.is_yes
                  FROM (SELECT id, dupq_choice_followed, date_closed::date AS date,
                               COALESCE(company_id, (SELECT company_id FROM hr_job
                                   WHERE id = hr_applicant.job_id)) AS company_id,
                               %(service)s AS service_id
                          FROM hr_applicant WHERE date_closed IS NOT NULL) a,
               LATERAL (VALUES
                   ('shortlist'::varchar, EXISTS (
                       SELECT 1 FROM dupq_choice c
                        WHERE c.applicant_id = a.id AND c.stage = 'shortlist'
                          AND c.state = 'answered' AND c.date <= a.date
                          AND c.taken_by <> 'circle')),
                   ('choice', COALESCE(a.dupq_choice_followed = 'followed', FALSE))
               ) v (indicator, is_yes)
                """,
                service=get_service(
                    SQL("hr_applicant.job_id"),
                    SQL("hr_applicant.department_id"),
                    SQL("hr_applicant.date_closed::date"),
                ),
            ),
            SQL(
                """
                SELECT j.id, j.company_id, %(service)s, j.create_date::date,
                       v.indicator, v.is_yes
                  FROM hr_job j,
               LATERAL (VALUES
                   ('made_for'::varchar, COALESCE(
                       j.dupq_made_for IN ('person', 'group'), FALSE)),
                   ('generic', COALESCE(j.dupq_is_generic, TRUE))
               ) v (indicator, is_yes)
                """,
                service=get_service(
                    SQL("j.id"), SQL("j.department_id"), SQL("j.create_date::date")
                ),
            ),
            # One review is all that was asked about one employee for one day.
            SQL(
                """
                SELECT MIN(id), company_id, (array_agg(service_id ORDER BY id))[1],
                       date_due, 'voice'::varchar,
                       bool_or(state IN ('answered', 'shared'))
                  FROM dupq_staff_feedback
                 WHERE state <> 'cancelled'
              GROUP BY company_id, COALESCE(employee_id, -id), kind, date_due
                """
            ),
            SQL(
                """
                SELECT id, company_id, service_id, date_hired, 'retention'::varchar,
                       outcome = 'stayed'
                  FROM (%s) m WHERE match = 'matched'
                """,
                self.env["dupq.staff.retention"]._table_query,
            ),
        ]

    @api.depends("indicator")
    def _compute_res_model(self):
        for fact in self:
            fact.res_model = SOURCES.get(fact.indicator)

    @api.depends_context("uid")
    @api.depends("res_model", "res_id")
    def _compute_can_open(self):
        self.can_open = False
        for model, facts in self.grouped("res_model").items():
            records = self.env[model].browse(facts.mapped("res_id")).exists()
            if not records.browse().has_access("read"):
                continue
            readable = set(records._filtered_access("read").ids)
            for fact in facts:
                fact.can_open = fact.res_id in readable

    # === CONFIDENTIAL ROWS === #

    @api.model
    def _get_confidential(self):
        """The indicators of which this reader counts rows that they do not read."""
        user = self.env.user
        if self.env.su or not user.has_groups(",".join(COUNTS_EVERYWHERE)):
            return set()
        return {
            name
            for name, readers in CONFIDENTIAL.items()
            if not user.has_groups(",".join(readers))
        }

    @api.model
    def _tell_confidential(self, year):
        """``{indicator: Told}``, of the rows of a year that the reader does not read.

        A company's whole calendar year is told, or nothing of it, and only when no
        part of it is small: so there are no two screens whose difference is a part.
        """
        names = self._get_confidential()
        domain = Domain("indicator", "in", list(names))
        domain &= Domain("company_id", "in", [*self.env.companies.ids, False])
        domain &= Domain("date", ">=", date(year, 1, 1))
        domain &= Domain("date", "<=", date(year, 12, 31))
        by = ["indicator", "company_id", "is_yes"]
        read = {tuple(key): n for *key, n in self._read_group(domain, by, ["__count"])}
        # In sudo mode: numbers alone leave this method, and none that is small.
        hidden = {name: {} for name in names}
        for name, company, is_yes, number in self.sudo()._read_group(
            domain, by, ["__count"]
        ):
            rest = number - read.get((name, company, is_yes), 0)
            hidden[name].setdefault(company.id, [0, 0])[is_yes] = rest
        return {
            name: sum((Told.of(yes, no) for no, yes in parts.values()), Told())
            for name, parts in hidden.items()
        }

    def _get_source(self):
        return self.env[self.res_model].browse(self.res_id)
