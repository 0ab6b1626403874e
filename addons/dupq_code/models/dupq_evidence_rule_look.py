import logging
from dataclasses import dataclass
from datetime import datetime

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rule_part import TO_READ
from .dupq_evidence import LIVE_STATES

_logger = logging.getLogger(__name__)

CHANGED = SQL.identifier("dupq_rule_changed")


@dataclass(frozen=True)
class Look:
    """What one look found for many rules.

    :param watermark: where the next one goes on: no later than this one
    :param landmarks: {rule id: landmarks at the look}
    :param counts: {rule id: how many records it must read; None for all}
    """

    watermark: datetime
    landmarks: dict
    counts: dict


class DupqEvidenceRuleLook(models.AbstractModel):
    """Looks for changes once, and hands each of many rules what concerns it.

    A part of ``dupq.evidence.rule``. The records are read once for all rules of a
    kind of record. What a rule must read is put into ``dupq_rule_to_read`` (rule_id,
    res_id), which lasts over the commits of the runs: records that changed since the
    rule's own watermark and fit it, or are in the ledger by it; and those in the
    ledger that are gone.

    Between the look and a rule's turn others go on working. Nothing of it is lost,
    because a run notes the watermark from before the look, in a transaction before
    that of the look: what the look could not see carries no earlier time, and so the
    next one finds it.
    """

    _name = "dupq.evidence.rule.look"
    _description = "Look of many rules"

    # === FOR MANY RULES === #

    def _look_ahead(self, watermark):
        """Look for all these rules at once.

        Those that cannot be looked for are left out: in their turn, alone, it shows
        what is wrong with them.

        :param watermark: read in a transaction that is over: what this one cannot
            see is no earlier
        :return: Look
        """
        look = Look(watermark, {}, {})
        last = self._get_last_done()
        ready = self.filtered(lambda rule: rule._can_look_ahead(last[rule]))
        for rules in ready.grouped("model").values():
            try:
                with self.env.cr.savepoint(flush=False):
                    found = rules._look()
            except Exception:
                _logger.exception("Evidence rules %s: no look ahead", rules.ids)
                continue
            look.landmarks.update(found.landmarks)
            look.counts.update(found.counts)
        return look

    def _can_look_ahead(self, last):
        """Whether it sees its records, and says what it said in its last run."""
        try:
            if last.rule_digest != self._get_reading_digest():
                return False
            return bool(last.watermark and not self._why_no_sight())
        except (KeyError, TypeError, ValueError, SyntaxError):
            return False

    def _end_idle_turns(self, look):
        """Note of those that have nothing to do that they have had their turn.

        :return: the rules, none of which anybody else was at
        """
        idle = self.filtered(
            lambda rule: look.counts.get(rule.id) == 0 and not rule.is_free_once
        )
        runs = self.env["dupq.evidence.rule.run"]
        idle -= runs._get_broken_off(idle).rule_id
        idle = idle._lock(SQL.identifier("pg_try_advisory_xact_lock"))
        runs._note_idle(idle, look)
        return idle

    # === ONE LOOK === #

    def _look(self):
        """Find what these rules, all of one kind of record, must read.

        :return: Look, without a watermark
        """
        self._clear_to_read()
        last = self._get_last_done()
        found = self._get_landmarks({rule.id: last[rule].landmarks for rule in self})
        moved = self.filtered(
            lambda rule: rule._has_moved(last[rule].landmarks, found[rule.id][1])
        )
        rest = self - moved
        landmarks = {key: pair[0] for key, pair in found.items()}
        counts = dict.fromkeys(self.ids)
        if rest:
            most = rest._get_most(rest[0]._count_records(landmarks[rest[0].id]))
            since = {rule: last[rule].watermark for rule in rest}
            if rest._find_changed(min(since.values()), most) > most:
                return Look(None, landmarks, counts)
            rest._find_made(since)
            for rule in rest:
                rule._find_fitting(since[rule])
            rest.filtered(
                lambda rule: rule._has_lost_records(
                    last[rule].landmarks, found[rule.id][1]
                )
            )._find_gone()
            counts |= rest._count_to_read()
        return Look(None, landmarks, counts)

    def _clear_to_read(self):
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE IF NOT EXISTS %(to_read)s (
                    rule_id integer, res_id integer, PRIMARY KEY (rule_id, res_id));
                DELETE FROM %(to_read)s WHERE rule_id = ANY(%(rules)s)
                """,
                to_read=TO_READ,
                rules=self.ids,
            )
        )

    def _find_changed(self, since, most):
        """Make ``dupq_rule_changed``, a copy of every record that changed since then.

        Beside its own columns each has:

        dupq_changed_at   when; one that did not change itself, but something on the
                          way to it, is later than any watermark
        dupq_is_day_come  whether its day has come since
        dupq_rule_ids     rules that have it in the ledger

        :param most: stop looking when there are more
        :return: how many there are
        """
        # Whether an owner sees them is asked of each rule; here only numbers count.
        records = self.env[self[:1].model].sudo().with_context(active_test=False)
        own, others = self[:1]._get_own_changes(since), self._get_other_changes(since)
        days = self._get_days_come(since)
        query = records._search(own | others | days, active_test=False, limit=most + 1)

        def ask(domain):
            return domain.optimize_full(records)._to_sql(records, query.table, query)

        moment = SQL("'infinity'::timestamp")
        if records._log_access:
            written = SQL.identifier(query.table, "write_date")
            moment = SQL(
                "CASE WHEN %s THEN %s ELSE %s END", ask(others), moment, written
            )
        self.env.cr.execute(
            SQL(
                """
                DROP TABLE IF EXISTS %(changed)s;
                CREATE TEMPORARY TABLE %(changed)s ON COMMIT DROP AS %(select)s;
                SELECT count(*) FROM %(changed)s
                """,
                changed=CHANGED,
                select=query.select(
                    SQL("%s.*", SQL.identifier(query.table)),
                    SQL("%s AS dupq_changed_at", moment),
                    SQL("%s AS dupq_is_day_come", ask(days)),
                    SQL("%s AS dupq_rule_ids", self._get_made_sql(query.table)),
                ),
            )
        )
        return self.env.cr.fetchone()[0]

    def _get_made_sql(self, alias):
        """The rules that have a record in the ledger: one look-up in an index."""
        return SQL(
            """ARRAY(SELECT e.rule_id FROM dupq_evidence e
                      WHERE e.res_model = %s AND e.res_id = %s AND e.state IN %s
                        AND e.rule_id IS NOT NULL)""",
            self[:1].model,
            SQL.identifier(alias, "id"),
            LIVE_STATES,
        )

    def _find_made(self, since):
        """What has changed and is in the ledger by these rules.

        :param since: {rule: watermark}
        """
        moments = SQL(", ").join(
            SQL("(%s, %s::timestamp)", rule.id, moment)
            for rule, moment in since.items()
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(to_read)s
                SELECT made.rule_id, c.id
                  FROM %(changed)s c
            CROSS JOIN unnest(c.dupq_rule_ids) made(rule_id)
                  JOIN (VALUES %(moments)s) r(id, since) ON r.id = made.rule_id
                 WHERE c.dupq_changed_at >= r.since
                """,
                to_read=TO_READ,
                changed=CHANGED,
                moments=moments,
            )
        )

    def _find_fitting(self, since):
        """What has changed, or has had its day, and fits the rule as its owner sees
        it, but is not in the ledger.

        The copies are asked: there are few of them, and many rules.
        """
        owner = self._as_owner()
        records = owner.env[self.model]
        # Some kinds of record are asked in a way of their own, which takes the
        # original; it is told at least which ones are meant.
        scope = Domain.TRUE
        if records._search.__func__ is not models.BaseModel._search:
            scope = Domain("id", "in", SQL("(SELECT id FROM %s)", CHANGED))
        query = records._search(owner._get_source_domain(scope), active_test=False)
        query._tables[query.table] = CHANGED
        query.add_where(
            SQL(
                "%(rule)s <> ALL(%(rules)s) AND (%(moment)s >= %(since)s OR %(day)s)",
                rule=self.id,
                rules=SQL.identifier(query.table, "dupq_rule_ids"),
                moment=SQL.identifier(query.table, "dupq_changed_at"),
                since=since,
                day=SQL.identifier(query.table, "dupq_is_day_come"),
            )
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s %s",
                TO_READ,
                query.select(
                    SQL("%s::integer", self.id), SQL.identifier(query.table, "id")
                ),
            )
        )

    def _find_gone(self):
        """What is in the ledger, but not among the records any more."""
        if not self:
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(to_read)s
                SELECT e.rule_id, e.res_id FROM dupq_evidence e
                 WHERE e.rule_id IN %(rules)s AND e.state IN %(live)s
                   AND e.source_gone IS NOT TRUE
                   AND NOT EXISTS (SELECT 1 FROM %(source)s s WHERE s.id = e.res_id)
                ON CONFLICT DO NOTHING
                """,
                to_read=TO_READ,
                rules=self._ids,
                live=LIVE_STATES,
                source=SQL.identifier(self.env[self[:1].model]._table),
            )
        )

    def _count_to_read(self):
        """{rule id: how many records, None when there are so many that all are read}"""
        self.env.cr.execute(
            SQL(
                "SELECT rule_id, count(*) FROM %s WHERE rule_id = ANY(%s) GROUP BY 1",
                TO_READ,
                self.ids,
            )
        )
        counts = dict.fromkeys(self.ids, 0) | dict(self.env.cr.fetchall())
        return {
            rule.id: counts[rule.id] if rule._is_little(counts[rule.id]) else None
            for rule in self
        }

    def _get_to_read(self, last, limit):
        """The next records to read, in the order of their numbers.

        :param last: number of the last one that is done
        """
        self.env.cr.execute(
            SQL(
                "SELECT res_id FROM %s WHERE rule_id = %s AND res_id > %s "
                "ORDER BY res_id LIMIT %s",
                TO_READ,
                self.id,
                last,
                limit,
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _forget_look(self):
        """The connection goes on to others."""
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", TO_READ))
