from odoo import SUPERUSER_ID, fields, models
from odoo.tools import SQL

from .dupq_evidence import LIVE_STATES
from .dupq_evidence_rule_reader import WANTED

PLAN = SQL.identifier("dupq_rule_plan")
MADE = SQL.identifier("dupq_rule_made")
STEPS = ("add", "change", "withdraw", "gone")


class DupqEvidenceRuleLedger(models.AbstractModel):
    """Brings the ledger in line with what a rule wants to see in it.

    A part of ``dupq.evidence.rule``. Two moves: `_plan` compares, `_carry_out`
    does it. Both are a few statements, whatever the number of records. The table
    ``dupq_rule_plan`` has a row for each thing to do:

    step         add, change, withdraw, or gone (the source was deleted)
    res_id       id of the record
    evidence_id  the item in the ledger that it is about, if there is one
    digest       of what is wanted
    doubted      whether somebody disputes that item

    Written in SQL because a rule may speak of a million records. It is the one
    place beside the workflow engine that states a life: evidence made by a rule is
    born accepted, and the run, not each item, is what is logged.
    """

    _name = "dupq.evidence.rule.ledger"
    _description = "Work of a rule on the ledger"

    def _plan(self, scope=None, item_scope=None, eyes=None):
        """Compare; return ``{step: number of items}``.

        :param scope: Domain on the records to look at; None for all
        :param item_scope: the same as SQL on ``e.res_id``
        :param eyes: id of a user to look with instead of the owner
        """
        self.ensure_one()
        self._read_wanted(scope, eyes)
        source = self.env[self.model]
        self.env.cr.execute(
            SQL(
                """
                DROP TABLE IF EXISTS %(plan)s;
                ANALYZE %(wanted)s;
                CREATE TEMPORARY TABLE %(plan)s ON COMMIT DROP AS
                SELECT CASE WHEN e.id IS NULL THEN 'add' ELSE 'change' END AS step,
                       w.res_id, e.id AS evidence_id, w.digest,
                       COALESCE(e.state = 'disputed', FALSE) AS doubted
                  FROM %(wanted)s w
             LEFT JOIN dupq_evidence e
                    ON e.rule_id = %(rule)s AND e.res_id = w.res_id
                   AND e.state IN %(live)s
                 WHERE (e.id IS NULL OR e.rule_digest IS DISTINCT FROM w.digest)
                   AND NOT EXISTS (
                       SELECT 1 FROM dupq_evidence h
                        WHERE h.rule_id = %(rule)s AND h.res_id = w.res_id
                          AND h.state IN ('withdrawn', 'superseded')
                          AND h.ended_by_rule IS NOT TRUE
                          AND h.rule_digest = w.digest)
             UNION ALL
                SELECT CASE WHEN s.id IS NULL THEN 'gone' ELSE 'withdraw' END,
                       e.res_id, e.id, NULL, FALSE
                  FROM (SELECT e.id, e.res_id, e.source_gone FROM dupq_evidence e
                     LEFT JOIN %(wanted)s w ON w.res_id = e.res_id
                         WHERE e.rule_id = %(rule)s
                           AND e.state IN %(live)s
                           AND %(item_scope)s
                           AND w.res_id IS NULL
                        OFFSET 0) e
             LEFT JOIN %(source)s s ON s.id = e.res_id
                 WHERE NOT (s.id IS NULL AND e.source_gone IS TRUE);
                ANALYZE %(plan)s;
                SELECT step, count(*) FROM %(plan)s GROUP BY step
                """,
                plan=PLAN,
                wanted=WANTED,
                rule=self.id,
                live=LIVE_STATES,
                source=SQL.identifier(source._table),
                item_scope=item_scope or SQL("TRUE"),
            )
        )
        return dict.fromkeys(STEPS, 0) | dict(self.env.cr.fetchall())

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

    def _carry_out(self, counts):
        """Do what was planned. All of it, or nothing.

        :param counts: what `_plan` returned
        """
        if counts["gone"]:
            self._mark_gone()
        if counts["change"] or counts["withdraw"]:
            self.env["dupq.evidence.delta"]._post(
                SQL(
                    "e.id IN (SELECT evidence_id FROM %s"
                    " WHERE step IN ('change', 'withdraw'))",
                    PLAN,
                ),
                -1,
            )
            if counts["change"]:
                self._end("change", "superseded")
            if counts["withdraw"]:
                self._end("withdraw", "withdrawn")
        if counts["add"] or counts["change"]:
            self._make()
            self._count_made()
        if any(counts.values()):
            self.env["dupq.evidence"].invalidate_model()

    def _count_made(self):
        """Bring the figures along; cheaper than to ask the ledger what was made."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO dupq_evidence_delta (
                    company_id, service_id, area_id, statement_id, polarity,
                    source_type, perspective_id, sensitivity, date_seen, count)
                SELECT m.company_id, m.service_id, st.area_id, st.statement_id,
                       %(polarity)s, %(source_type)s, %(perspective)s,
                       %(sensitivity)s, m.date_seen, m.n
                  FROM (SELECT company_id, service_id, date_seen, count(*) AS n
                          FROM %(made)s WHERE state = 'accepted'
                      GROUP BY company_id, service_id, date_seen) m
            CROSS JOIN (SELECT area_id, id AS statement_id FROM dupq_code_statement
                         WHERE id = ANY(%(statements)s)
                         UNION SELECT area_id, 0 FROM dupq_code_statement
                         WHERE id = ANY(%(statements)s)) st
                """,
                made=MADE,
                polarity=self.polarity,
                source_type=self.source_type,
                perspective=self.perspective_id.id or 0,
                sensitivity=self.sensitivity,
                statements=self.statement_ids.ids,
            )
        )

    def _mark_gone(self):
        """A deleted source is no reason to forget what was seen."""
        self.env.cr.execute(
            SQL(
                """UPDATE dupq_evidence e SET source_gone = TRUE
                     FROM %s p WHERE p.step = 'gone' AND p.evidence_id = e.id""",
                PLAN,
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
                  FROM %(plan)s p
                 WHERE p.step = %(step)s AND p.evidence_id = e.id
                """,
                plan=PLAN,
                step=step,
                state=state,
                now=fields.Datetime.now(),
                uid=SUPERUSER_ID,
            )
        )

    def _make(self):
        """New items, and new versions of those that changed.

        What somebody had disputed is proposed again, not accepted: its content is
        new, the doubt is not answered.
        """
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                DROP TABLE IF EXISTS %(made)s;
                CREATE TEMPORARY TABLE %(made)s (
                    id integer, service_id integer, company_id integer,
                    date_seen date, state varchar) ON COMMIT DROP;
                WITH made AS (
                    INSERT INTO dupq_evidence (
                        rule_id, rule_digest, rule_values, res_model, res_id,
                        service_id, company_id, date_seen, state, known_from,
                        previous_version_id, polarity, perspective_id, source_type,
                        sensitivity, consent, source_gone, ended_by_rule,
                        create_uid, create_date, write_uid, write_date)
                    SELECT %(rule)s, p.digest, w.rule_values, %(model)s, w.res_id,
                           w.service_id, s.company_id, w.date_seen, born.state,
                           CASE WHEN born.state = 'accepted' THEN %(now)s::timestamp
                           END,
                           p.evidence_id, %(polarity)s, %(perspective)s,
                           %(source_type)s, %(sensitivity)s, 'not_needed', FALSE, FALSE,
                           %(uid)s, %(now)s, %(uid)s, %(now)s
                      FROM %(plan)s p
                      JOIN %(wanted)s w ON w.res_id = p.res_id
                      JOIN dupq_service s ON s.id = w.service_id
                CROSS JOIN LATERAL (
                           SELECT CASE WHEN EXISTS (
                               SELECT 1 FROM dupq_evidence h
                                WHERE h.rule_id = %(rule)s AND h.res_id = p.res_id
                                  AND h.state IN ('withdrawn', 'superseded')
                                  AND h.ended_by_rule IS NOT TRUE)
                               OR p.doubted
                           THEN 'proposed' ELSE %(born)s END AS state) born
                     WHERE p.step IN ('add', 'change')
                 RETURNING id, service_id, company_id, date_seen, state),
                linked AS (
                    INSERT INTO dupq_evidence_statement_rel (evidence_id, statement_id)
                    SELECT made.id, st.id
                      FROM made CROSS JOIN unnest(%(statements)s) st(id))
                INSERT INTO %(made)s SELECT * FROM made
                """,
                made=MADE,
                rule=self.id,
                model=self.model,
                now=now,
                uid=SUPERUSER_ID,
                born=self.born,
                polarity=self.polarity,
                perspective=self.perspective_id.id or None,
                source_type=self.source_type,
                sensitivity=self.sensitivity,
                plan=PLAN,
                wanted=WANTED,
                statements=self.statement_ids.ids,
            )
        )
