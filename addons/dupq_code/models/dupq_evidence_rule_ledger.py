from odoo import SUPERUSER_ID, fields, models
from odoo.tools import SQL

from ..rule_part import Part
from .dupq_evidence import LIVE_STATES
from .dupq_evidence_grain import GRAIN_COLUMNS
from .dupq_evidence_rule_reader import WANTED

PLAN = SQL.identifier("dupq_rule_plan")
STEPS = ("add", "change", "withdraw", "gone")


class DupqEvidenceRuleLedger(models.AbstractModel):
    """Brings the ledger in line with what rules want to see in it.

    A part of ``dupq.evidence.rule``. Two moves: `_plan` compares, `_carry_out`
    does it. Both are a few statements, whatever the number of records, for one rule
    or for many of the same kind of record. The table ``dupq_rule_plan`` has a row for
    each thing to do:

    step         add, change, withdraw, or gone (the source was deleted)
    rule_id      the rule
    res_id       id of the record
    evidence_id  the item in the ledger that it is about, if there is one
    was_counted  whether the figures count that item, and with it was_company_id,
                 was_service_id and so on: where
    is_doubted   whether somebody disputes that item, or has ended one before it
    digest       of what is wanted, and with it all the rest of ``dupq_rule_wanted``

    Written in SQL because a rule may speak of a million records. It is the one
    place beside the workflow engine that states a life: evidence made by a rule is
    born accepted, and the run, not each item, is what is logged.
    """

    _name = "dupq.evidence.rule.ledger"
    _description = "Work of a rule on the ledger"

    # === COMPARING === #

    def _plan(self, part=None, eyes=None):
        """Compare; return ``{step: number of items}``.

        :param part: Part of the records to look at; None for all
        :param eyes: id of a user to look with instead of the owner
        """
        self.ensure_one()
        return self._plan_together(part or Part(), eyes)[self.id]

    def _plan_together(self, part, eyes=None):
        """Compare, for rules of the same kind of record.

        :return: {rule id: {step: number of items}}
        """
        self._read_wanted({rule.id: part.get_domain(rule.id) for rule in self}, eyes)
        self.env.cr.execute(
            SQL(
                """
                DROP TABLE IF EXISTS %(plan)s;
                CREATE TEMPORARY TABLE %(plan)s ON COMMIT DROP AS
                SELECT * FROM (
                    SELECT CASE WHEN e.id IS NULL THEN 'add'
                                WHEN w.res_id IS NOT NULL THEN 'change'
                                WHEN (SELECT s.id FROM %(source)s s
                                       WHERE s.id = e.res_id) IS NULL THEN 'gone'
                                ELSE 'withdraw' END AS step,
                           COALESCE(w.rule_id, e.rule_id) AS rule_id,
                           COALESCE(w.res_id, e.res_id) AS res_id,
                           e.id AS evidence_id, e.source_gone,
                           e.state = 'accepted' AS was_counted,
                           e.company_id AS was_company_id,
                           e.service_id AS was_service_id,
                           e.polarity AS was_polarity,
                           e.source_type AS was_source_type,
                           COALESCE(e.perspective_id, 0) AS was_perspective_id,
                           e.sensitivity AS was_sensitivity,
                           e.date_seen AS was_date_seen,
                           e.state = 'disputed' OR h.digests IS NOT NULL AS is_doubted,
                           w.digest, w.date_seen, w.service_id, w.company_id,
                           w.rule_values
                      FROM %(wanted)s w
                 FULL JOIN (%(live)s) e ON e.rule_id = w.rule_id
                                       AND e.res_id = w.res_id
                 LEFT JOIN (SELECT rule_id, res_id, array_agg(rule_digest) AS digests
                              FROM (%(ended)s) h GROUP BY rule_id, res_id) h
                        ON h.rule_id = w.rule_id AND h.res_id = w.res_id
                     WHERE (w.res_id IS NULL OR e.id IS NULL
                            OR e.rule_digest IS DISTINCT FROM w.digest)
                       AND w.digest = ANY(h.digests) IS NOT TRUE) p
                 WHERE step != 'gone' OR source_gone IS NOT TRUE;
                SELECT rule_id, step, count(*) FROM %(plan)s GROUP BY rule_id, step
                """,
                plan=PLAN,
                wanted=WANTED,
                source=SQL.identifier(self.env[self[:1].model]._table),
                live=part.get_items(
                    SQL("e.*"), self._ids, SQL("e.state IN %s", LIVE_STATES)
                ),
                # What somebody has ended is not wanted again before it changes.
                ended=part.get_items(
                    SQL("e.rule_id, e.res_id, e.rule_digest"),
                    self._ids,
                    SQL(
                        "e.state IN ('withdrawn', 'superseded') "
                        "AND e.ended_by_rule IS NOT TRUE"
                    ),
                ),
            )
        )
        counts = {rule_id: dict.fromkeys(STEPS, 0) for rule_id in self._ids}
        for rule_id, step, number in self.env.cr.fetchall():
            counts[rule_id][step] = number
        return counts

    def _get_planned(self, step, limit=None):
        """Pairs (record id, evidence id) of one step, as planned."""
        self.env.cr.execute(
            SQL(
                "SELECT res_id, evidence_id FROM %s WHERE step = %s "
                "ORDER BY res_id LIMIT %s",
                PLAN,
                step,
                limit,
            )
        )
        return self.env.cr.fetchall()

    def _leave_planned(self):
        """Leave these rules out of what was planned."""
        self.env.cr.execute(
            SQL("DELETE FROM %s WHERE rule_id = ANY(%s)", PLAN, self.ids)
        )

    # === CARRYING IT OUT === #

    def _carry_out(self, counts):
        """Do what was planned. All of it, or nothing.

        :param counts: {step: number of items}, of all rules
        """
        if counts["gone"]:
            self._mark_gone()
        if counts["change"]:
            self._end("change", "superseded")
        if counts["withdraw"]:
            self._end("withdraw", "withdrawn")
        if counts["add"] or counts["change"]:
            self._make()
        if counts["add"] or counts["change"] or counts["withdraw"]:
            self._count()
        if any(counts.values()):
            self.env["dupq.evidence"].invalidate_model()

    def _mark_gone(self):
        """A deleted source is no reason to forget what was seen."""
        self.env.cr.execute(
            SQL(
                "UPDATE dupq_evidence e SET source_gone = TRUE WHERE %s",
                self._get_planned_items("gone"),
            )
        )

    def _end(self, step, state):
        self.env.cr.execute(
            SQL(
                """
                UPDATE dupq_evidence e
                   SET state = %(state)s, ended_by_rule = TRUE,
                       known_to = CASE WHEN e.known_from IS NULL THEN NULL
                                       ELSE GREATEST(e.known_from, %(now)s) END,
                       write_uid = %(uid)s, write_date = %(now)s
                 WHERE %(items)s
                """,
                state=state,
                now=fields.Datetime.now(),
                uid=SUPERUSER_ID,
                items=self._get_planned_items(step),
            )
        )

    def _get_planned_items(self, step):
        """SQL on dupq_evidence e. An array, because one is looked up in the index,
        where a join of a few thousand would read the whole ledger."""
        return SQL(
            "e.id = ANY(ARRAY(SELECT evidence_id FROM %s WHERE step = %s))", PLAN, step
        )

    def _make(self):
        """New items, and new versions of those that changed.

        What somebody had disputed is proposed again, not accepted: its content is
        new, the doubt is not answered. So is what somebody had ended.
        """
        self.env.cr.execute(
            SQL(
                """
                WITH made AS (
                    INSERT INTO dupq_evidence (
                        rule_id, rule_digest, rule_values, res_model, res_id,
                        service_id, company_id, date_seen, state, known_from,
                        previous_version_id, polarity, perspective_id, source_type,
                        sensitivity, consent, source_gone, ended_by_rule,
                        create_uid, create_date, write_uid, write_date)
                    SELECT r.id, p.digest, p.rule_values, r.model, p.res_id,
                           p.service_id, p.company_id, p.date_seen, born.state,
                           CASE WHEN born.state = 'accepted' THEN %(now)s::timestamp
                           END,
                           p.evidence_id, r.polarity, r.perspective_id, r.source_type,
                           r.sensitivity, 'not_needed', FALSE, FALSE,
                           %(uid)s, %(now)s, %(uid)s, %(now)s
                      FROM %(plan)s p
                      JOIN dupq_evidence_rule r ON r.id = p.rule_id
                CROSS JOIN LATERAL (
                           SELECT CASE WHEN p.is_doubted THEN 'proposed' ELSE r.born
                           END AS state) born
                     WHERE p.step IN ('add', 'change')
                 RETURNING id, rule_id)
                INSERT INTO dupq_evidence_statement_rel (evidence_id, statement_id)
                SELECT made.id, st.statement_id
                  FROM made
                  JOIN dupq_evidence_rule_statement_rel st
                    ON st.rule_id = made.rule_id
                """,
                now=fields.Datetime.now(),
                uid=SUPERUSER_ID,
                plan=PLAN,
            )
        )

    def _count(self):
        """Bring the figures along: what was ended, and what was made.

        From the plan, which is cheaper than to ask the ledger again. Beside each
        statement an item is counted once in each area that it speaks of.
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO dupq_evidence_delta (%(grain)s, date_seen, count)
                SELECT o.company_id, o.service_id, o.area_id, g.statement_id,
                       o.polarity, o.source_type, o.perspective_id, o.sensitivity,
                       o.date_seen, -g.n
                  FROM (SELECT company_id, service_id, area_id, statement_id, polarity,
                               source_type, perspective_id, sensitivity, date_seen,
                               count(*) AS n,
                               count(*) FILTER (WHERE is_first) AS of_area
                          FROM (SELECT p.was_company_id AS company_id,
                                       p.was_service_id AS service_id,
                                       st.area_id, st.id AS statement_id,
                                       p.was_polarity AS polarity,
                                       p.was_source_type AS source_type,
                                       p.was_perspective_id AS perspective_id,
                                       p.was_sensitivity AS sensitivity,
                                       p.was_date_seen AS date_seen,
                                       row_number() OVER (
                                           PARTITION BY p.evidence_id, st.area_id) = 1
                                       AS is_first
                                  FROM %(plan)s p
                            CROSS JOIN LATERAL (
                                       SELECT statement_id
                                         FROM dupq_evidence_statement_rel
                                        WHERE evidence_id = p.evidence_id
                                       OFFSET 0) said
                                  JOIN dupq_code_statement st
                                    ON st.id = said.statement_id
                                 WHERE p.step IN ('change', 'withdraw')
                                   AND p.was_counted) p
                      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9) o
            CROSS JOIN LATERAL (VALUES (o.statement_id, o.n), (0, o.of_area))
                       g(statement_id, n)
                 WHERE g.n > 0
             UNION ALL
                SELECT m.company_id, m.service_id, st.area_id, st.statement_id,
                       r.polarity, r.source_type, COALESCE(r.perspective_id, 0),
                       r.sensitivity, m.date_seen, m.n
                  FROM (SELECT rule_id, company_id, service_id, date_seen,
                               count(*) AS n
                          FROM %(plan)s
                         WHERE step IN ('add', 'change') AND is_doubted IS NOT TRUE
                      GROUP BY 1, 2, 3, 4) m
                  JOIN dupq_evidence_rule r
                    ON r.id = m.rule_id AND r.born = 'accepted'
                  JOIN (SELECT rel.rule_id, st.area_id, g.statement_id
                          FROM dupq_evidence_rule_statement_rel rel
                          JOIN dupq_code_statement st ON st.id = rel.statement_id
                    CROSS JOIN LATERAL (VALUES (st.id), (0)) g(statement_id)
                      GROUP BY 1, 2, 3) st ON st.rule_id = m.rule_id
                """,
                plan=PLAN,
                grain=GRAIN_COLUMNS,
            )
        )
