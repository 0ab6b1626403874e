from odoo import api, fields, models
from odoo.tools import SQL

from ..dates import month_words

# (name, label, what counts, of what) in columns of dupq.rota.month.
INDICATORS = (
    ("chosen", "Hours by staff people chose", "chosen_hours", "hours"),
    ("matched", "Hours by matched staff", "matched_hours", "hours"),
    ("faces", "Different faces a week", "faces_sum", "week_count"),
    ("known_cover", "Cover by staff known there", "cover_known_hours", "cover_hours"),
    ("agency", "Hours by an agency", "agency_hours", "hours"),
    ("moved", "Hours by staff moved for convenience", "moved_hours", "hours"),
)


class DupqRotaIndicator(models.Model):
    """What the rota of one service says in one month, as one figure.

    The sum of the lines of its people, of which it opens each. Evidence rules read
    these: one piece of evidence for a service, a month and an indicator; from which
    figure on it is good, the rule says.
    """

    _name = "dupq.rota.indicator"
    _description = "Figure of the rota"
    _inherit = ["dupq.rota.line"]
    _order = "month desc, service_id, indicator"
    _rec_name = "indicator"

    date_to = fields.Date(string="Last day", readonly=True, required=True)
    indicator = fields.Selection(
        [(name, label) for name, label, _part, _whole in INDICATORS],
        readonly=True,
        required=True,
        index=True,
    )
    part = fields.Float(string="Counted", readonly=True)
    whole = fields.Float(string="Of", readonly=True)
    value = fields.Float(
        string="Figure",
        readonly=True,
        aggregator="avg",
        help="A share of hours: 1 is all of them. Of faces: how many different ones a "
        "person meets in a week, on average.",
    )
    value_words = fields.Char(string="In words", compute="_compute_value_words")

    _place_uniq = models.UniqueIndex("(service_id, month, indicator)")

    @api.depends("indicator", "value")
    def _compute_value_words(self):
        for line in self:
            if line.indicator == "faces":
                line.value_words = f"{line.value:.1f}"
            else:
                line.value_words = f"{100 * line.value:.0f} %"

    @api.depends("indicator", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["indicator"]._description_selection(self.env))
        for line in self:
            words = (names.get(line.indicator), month_words(self.env, line.month))
            line.display_name = ", ".join(filter(None, words))

    @api.model
    def _keep(self, first, last, companies=None):
        """Bring the figures of these months up to date; what is the same stays."""
        some = SQL("TRUE")
        if companies:
            some = SQL("company_id = ANY(%s)", companies.ids)
        figures = SQL(
            """
            SELECT m.company_id, m.service_id, m.month,
                   (m.month + interval '1 month - 1 day')::date AS date_to,
                   v.indicator, v.part, v.whole, v.part / v.whole AS value
              FROM (SELECT company_id, service_id, month, %(sums)s
                      FROM dupq_rota_month m
                     WHERE month BETWEEN %(first)s AND %(last)s AND %(some)s
                  GROUP BY company_id, service_id, month) m
        CROSS JOIN LATERAL (VALUES %(values)s) v (indicator, part, whole)
             WHERE v.whole > 0
            """,
            sums=SQL(", ").join(
                SQL("SUM(%s) AS %s", SQL.identifier(name), SQL.identifier(name))
                for name in self._get_columns()
            ),
            values=SQL(", ").join(
                SQL(
                    "(%s::varchar, m.%s::float8, m.%s::float8)",
                    name,
                    SQL.identifier(part),
                    SQL.identifier(whole),
                )
                for name, _label, part, whole in INDICATORS
            ),
            first=first,
            last=last,
            some=some,
        )
        self.env.cr.execute(
            SQL(
                """
                WITH figure AS (%(figures)s),
                gone AS (
                    DELETE FROM dupq_rota_indicator o
                     WHERE month BETWEEN %(first)s AND %(last)s AND %(some)s
                       AND NOT EXISTS (
                           SELECT 1 FROM figure f WHERE f.service_id = o.service_id
                              AND f.month = o.month AND f.indicator = o.indicator))
                INSERT INTO dupq_rota_indicator AS o (
                       company_id, service_id, month, date_to, indicator, part, whole,
                       value, create_uid, create_date, write_uid, write_date)
                SELECT f.*, %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s,
                       now() AT TIME ZONE 'UTC'
                  FROM figure f
                ON CONFLICT (service_id, month, indicator) DO UPDATE
                   SET (company_id, date_to, part, whole, value, write_uid, write_date)
                     = (EXCLUDED.company_id, EXCLUDED.date_to, EXCLUDED.part,
                        EXCLUDED.whole, EXCLUDED.value, EXCLUDED.write_uid,
                        EXCLUDED.write_date)
                 WHERE (o.company_id, o.part, o.whole)
                       IS DISTINCT FROM (EXCLUDED.company_id, EXCLUDED.part,
                                         EXCLUDED.whole)
                """,
                figures=figures,
                first=first,
                last=last,
                some=some,
                uid=self.env.uid,
            )
        )

    @api.model
    def _get_columns(self):
        names = [name for row in INDICATORS for name in row[2:]]
        return list(dict.fromkeys(names))

    # === ACTIONS === #

    def action_open_people(self):
        """Show the lines of the people whose sum this is, or else its shifts."""
        self.ensure_one()
        self.check_access("read")
        if not self.env["dupq.rota.month"].has_access("read"):
            return self.action_open_shifts()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_rota_month_action"
        )
        action["domain"] = [
            ("service_id", "=", self.service_id.id),
            ("month", "=", self.month),
        ]
        action["context"] = {}
        return action

    def action_open_shifts(self):
        """Show the shifts that it was counted from, what one may see of each."""
        self.ensure_one()
        self.check_access("read")
        return self.env["dupq.rota.shifts"]._get_action(self.service_id, self.month)
