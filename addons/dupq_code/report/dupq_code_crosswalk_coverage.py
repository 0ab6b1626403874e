from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..models.dupq_code_crosswalk import LINK_TYPES

# Rows are numbered by statement and edition, so that a number means the same row
# tomorrow; small enough to stay within the integers of XML-RPC.
EDITIONS_PER_STATEMENT = 1_000


class DupqCodeCrosswalkCoverage(models.Model):
    """How far a statement of one framework is met by another framework.

    One row for each published statement and each other framework, also where
    nothing is linked. Links of organisations that are switched off are not counted.
    """

    _name = "dupq.code.crosswalk.coverage"
    _description = "Coverage between frameworks"
    _auto = False
    _order = "code_id, area_id, statement_id, other_code_id"
    _rec_name = "statement_id"
    _depends = {
        "dupq.code": ["key", "state"],
        "dupq.code.statement": ["area_id", "code_id", "polarity"],
        "dupq.code.crosswalk": ["company_id", "link_type", "source_id", "target_id"],
    }

    code_id = fields.Many2one("dupq.code", string="Framework", readonly=True)
    area_id = fields.Many2one("dupq.code.area", readonly=True)
    statement_id = fields.Many2one("dupq.code.statement", readonly=True)
    polarity = fields.Selection(
        [("good", "Good"), ("bad", "Bad"), ("item", "Item")],
        string="Kind",
        readonly=True,
    )
    other_code_id = fields.Many2one(
        "dupq.code", string="Other framework", readonly=True
    )
    linked_count = fields.Integer(
        string="Links",
        readonly=True,
        help="Statements of the other framework that are linked to this one.",
    )
    has_link = fields.Integer(
        string="With a link", readonly=True, help="1 with a link, else 0."
    )
    strongest = fields.Selection(
        [*LINK_TYPES, ("nothing", "No link yet")],
        string="Strongest link",
        readonly=True,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH links AS (%(links)s),
                 linked AS (
                 SELECT l.statement_id,
                        o.code_id,
                        COUNT(DISTINCT o.id) AS linked_count,
                        MIN(array_position(%(types)s, l.link_type)) AS strength
                   FROM links l
                   JOIN dupq_code_statement o ON o.id = l.other_id
               GROUP BY l.statement_id, o.code_id)
            SELECT st.id * %(factor)s + other.id AS id,
                   st.code_id,
                   st.area_id,
                   st.id AS statement_id,
                   st.polarity,
                   other.id AS other_code_id,
                   COALESCE(n.linked_count, 0) AS linked_count,
                   CASE WHEN n.linked_count > 0 THEN 1 ELSE 0 END AS has_link,
                   COALESCE((%(types)s)[n.strength], 'nothing') AS strongest
              FROM dupq_code_statement st
              JOIN dupq_code c ON c.id = st.code_id AND c.state != 'draft'
              JOIN dupq_code other ON other.key != c.key AND other.state != 'draft'
         LEFT JOIN linked n ON n.statement_id = st.id AND n.code_id = other.id
            """,
            links=self._get_links_query(),
            types=SQL("%s::varchar[]", [name for name, _label in LINK_TYPES]),
            factor=EDITIONS_PER_STATEMENT,
        )

    def _get_links_query(self):
        """Each link seen from both of its statements."""
        seen = SQL(
            "FROM dupq_code_crosswalk WHERE company_id IS NULL OR company_id = ANY(%s)",
            self.env.companies.ids,
        )
        return SQL(
            """
            SELECT source_id AS statement_id, target_id AS other_id, link_type %(seen)s
             UNION ALL
            SELECT target_id, source_id, link_type %(seen)s
            """,
            seen=seen,
        )

    def action_open_links(self):
        """Open exactly the links behind a row."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_code_crosswalk_action"
        )
        return action | {
            "domain": list(self._get_links_domain()),
            "context": {"default_source_id": self.statement_id.id},
        }

    def _get_links_domain(self):
        statement, other = self.statement_id.id, self.other_code_id.id
        there = Domain("source_id", "=", statement)
        there &= Domain("target_code_id", "=", other)
        back = Domain("target_id", "=", statement)
        return there | back & Domain("source_code_id", "=", other)
