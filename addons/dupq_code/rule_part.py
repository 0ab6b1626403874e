"""Which records one step of a run looks at."""

from dataclasses import dataclass

from odoo.fields import Domain
from odoo.tools import SQL

TO_READ = SQL.identifier("dupq_rule_to_read")


@dataclass(frozen=True)
class Part:
    """The same records twice: as a domain, and as SQL on the items made of them.

    :param after: number of the last record before the part
    :param until: number of the last record in it; None when it has no end
    :param found: only what a look has found (`dupq.evidence.rule.look`)
    """

    after: int = 0
    until: int | None = None
    found: bool = False

    def get_domain(self, rule_id):
        if self.found:
            ids = SQL(
                "(SELECT t.res_id FROM %s t WHERE t.rule_id = %s AND %s)",
                TO_READ,
                rule_id,
                self._get_range(SQL("t.res_id")),
            )
            return Domain("id", "in", ids)
        domain = Domain("id", ">", self.after) if self.after else Domain.TRUE
        if self.until is not None:
            domain &= Domain("id", "<=", self.until)
        return domain

    def get_items(self, columns, rule_ids, condition):
        """What these rules have made of them: SQL of a query.

        What was found is looked up piece by piece, however much the ledger holds.

        :param columns: SQL on dupq_evidence e
        :param condition: the same
        """
        if not self.found:
            return SQL(
                "SELECT %s FROM dupq_evidence e WHERE e.rule_id IN %s AND %s AND %s",
                columns,
                rule_ids,
                self._get_range(SQL("e.res_id")),
                condition,
            )
        return SQL(
            """
            SELECT e.* FROM %(to_read)s t
        CROSS JOIN LATERAL (
                   SELECT %(columns)s FROM dupq_evidence e
                    WHERE e.rule_id = t.rule_id AND e.res_id = t.res_id
                      AND %(condition)s
                   OFFSET 0) e
             WHERE t.rule_id IN %(rules)s AND %(range)s""",
            to_read=TO_READ,
            columns=columns,
            condition=condition,
            rules=rule_ids,
            range=self._get_range(SQL("t.res_id")),
        )

    def _get_range(self, number):
        condition = SQL("%s > %s", number, self.after)
        if self.until is not None:
            condition = SQL("%s AND %s <= %s", condition, number, self.until)
        return condition
