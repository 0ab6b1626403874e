import logging
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..const import QUALITY_LEAD
from .dupq_evidence import LIVE_STATES
from .dupq_evidence_rule_reader import WANTED
from .dupq_evidence_rule_run import BATCH, LOCK

_logger = logging.getLogger(__name__)

# A run over changes that finds more than this share reads everything instead.
MOST_CHANGED = 0.3
# Times that a run is tried when others write the same items; then it waits its turn.
ATTEMPTS = 5


class DupqEvidenceRuleRunner(models.AbstractModel):
    """Starting the runs of a rule, one at a time, and cutting them into steps.

    A part of ``dupq.evidence.rule``.
    """

    _name = "dupq.evidence.rule.runner"
    _description = "Runs of a rule"

    # === ACTIONS === #

    def action_run(self):
        """Go through all records now, as far as one request allows."""
        self.ensure_one()
        if not self.env.user.has_group(QUALITY_LEAD):
            raise AccessError(self.env._("Only a quality lead can run a rule by hand."))
        if self.state != "on":
            raise UserError(self.env._("Switch the rule on first."))
        # The rule reads with its owner's eyes and writes for the ledger.
        if not self.sudo()._run("full"):
            raise UserError(self.env._("It is running just now: look again soon."))
        return self._tell(self.last_run_id)

    def _tell(self, run):
        """What the run did, on the screen of whoever asked for it."""
        message = run.message or self.env._(
            "%(added)s added, %(changed)s changed, %(withdrawn)s withdrawn.",
            added=run.added_count,
            changed=run.changed_count,
            withdrawn=run.withdrawn_count,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success" if run.state == "done" else "warning",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === CRON === #

    @api.model
    def _cron_run_changes(self):
        """Bring every rule up to what has changed since its last run."""
        self._run_all("changes")

    @api.model
    def _cron_run_full(self):
        """Go through everything once a night: what runs over changes cannot see."""
        self._run_all("full")

    @api.model
    def _run_all(self, mode):
        """Run every rule that is on; one that fails does not hold up the others.

        Also what an external scheduler calls, through the Odoo shell.
        """
        rules = self.search([("state", "=", "on")])
        # Odoo calls again when time was up: those that had their turn are left out.
        if cron_id := self.env.context.get("cron_id"):
            cron = self.env["ir.cron"].browse(cron_id)
            since = cron.lastcall or cron.create_date
            rules = rules.filtered(lambda rule: rule._is_due(mode, since))
        for left, rule in zip(range(len(rules), 0, -1), rules, strict=True):
            is_done, seconds = rule._take_turn(mode, left)
            if not is_done and not seconds:
                return
            if not self.env["ir.cron"]._commit_progress(1, remaining=left - 1):
                return

    def _is_due(self, mode, since):
        """Whether it has not been brought up to date since then, as it is now."""
        self.ensure_one()
        domain = [("rule_id", "=", self.id), ("state", "=", "done")]
        domain += [("date_start", ">", since)]
        if mode == "full":
            domain.append(("mode", "=", "full"))
        run = self.env["dupq.evidence.rule.run"].search(domain, limit=1)
        return self.is_free_once or run.rule_digest != self._get_reading_digest()

    def _take_turn(self, mode, left):
        """One run, again when somebody changed the same items at that moment.

        :param left: how many rules are still to be run
        :return: pair: whether it is done, how many seconds are left
        """
        cron = self.env["ir.cron"]
        seconds = float("inf")

        def progress(_done):
            nonlocal seconds
            seconds = cron._commit_progress(1, remaining=left)
            return seconds

        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._run(mode, progress), seconds
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()
                _logger.info(
                    "Evidence rule %s: attempt %s met others", self.id, attempt
                )
            except Exception as error:
                self.env.cr.rollback()
                _logger.exception("Evidence rule %s broke off", self.id)
                self._pause(
                    self.env._("It could not be carried out: %(error)s", error=error)
                )
                return True, seconds
        return False, seconds

    # === ONE RUN === #

    def _run(self, mode, progress=None):
        """Bring the ledger in line with the rule; nothing happens while it runs.

        :param mode: full or changes
        :param progress: see `dupq.evidence.rule.run._work`; without it, all steps
            are in the transaction of the caller
        :return: True when it came to an end, False when it goes on next time
        """
        self.ensure_one()
        with self._alone(over_commits=bool(progress)) as alone:
            if not alone:
                return False
            if sentence := self._why_no_sight():
                self._pause(sentence)
                return True
            runs = self.env["dupq.evidence.rule.run"]
            run = runs._begin(self, mode, commits=bool(progress))
            if progress:
                progress(0)
            return run._work(progress or _no_commit)

    @contextmanager
    def _alone(self, over_commits):
        """Keep other runs of this rule away; True when nobody else is at it.

        :param over_commits: whether the lock is the connection's, and so lasts over
            the commits of the steps; either way it is gone with a process that dies
        """
        cr = self.env.cr
        if not over_commits:
            cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, self.id))
            yield cr.fetchone()[0]
            return
        cr.execute(SQL("SELECT pg_try_advisory_lock(%s, %s)", LOCK, self.id))
        alone = cr.fetchone()[0]
        try:
            yield alone
        except BaseException:
            # A failed transaction could not even give the lock back.
            cr.rollback()
            raise
        finally:
            if alone:
                cr.execute(SQL("SELECT pg_advisory_unlock(%s, %s)", LOCK, self.id))

    def _get_last_done(self):
        return self.env["dupq.evidence.rule.run"].search(
            [("rule_id", "=", self.id), ("state", "=", "done")], limit=1
        )

    # === STEPS === #

    def _get_steps(self, run):
        """What each transaction of a run looks at.

        :return: iterator of (Domain on the records, SQL on e.res_id, number of the
            last record or None at the end, how many records)
        """
        if run.mode == "changes":
            ids = self._get_ids_to_read()
            if ids is not None:
                yield from self._get_steps_of_ids(
                    [id_ for id_ in ids if id_ > run.last_res_id]
                )
                return
            run._widen()
        yield from self._get_steps_of_all(run.last_res_id)

    def _get_ids_to_read(self):
        """The records that have changed; None when all must be read."""
        last = self._get_last_done()
        if self._get_landmarks(last.landmarks) != last.landmarks:
            return None
        ids = self._get_changed_ids(last.watermark)
        return (
            ids if len(ids) <= max(BATCH, MOST_CHANGED * self._count_items()) else None
        )

    def _get_steps_of_all(self, last):
        """Ranges of numbers; the last one is open, so that nothing falls behind."""
        for end in [*self._get_ends(last), None]:
            scope = Domain("id", ">", last)
            items = SQL("e.res_id > %s", last)
            if end is not None:
                scope &= Domain("id", "<=", end)
                items = SQL("%s AND e.res_id <= %s", items, end)
            yield scope, items, end, BATCH
            last = end

    def _get_ends(self, last):
        """Every so-manieth number of what fits or is in the ledger, after the last.

        Counted once, over what concerns this rule: records of no concern, however
        many, make no steps.
        """
        self.env.flush_all()
        owner = self._as_owner()
        query = owner.env[self.model]._search(
            owner._get_source_domain(Domain("id", ">", last)), active_test=False
        )
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM (
                    SELECT id, row_number() OVER (ORDER BY id) AS number FROM (
                        %(fit)s UNION SELECT e.res_id FROM dupq_evidence e
                         WHERE e.rule_id = %(rule)s AND e.state IN %(live)s
                           AND e.res_id > %(last)s) either(id)) numbered
                 WHERE number %% %(batch)s = 0 ORDER BY id
                """,
                fit=query.select(),
                rule=self.id,
                live=LIVE_STATES,
                last=last,
                batch=BATCH,
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _get_steps_of_ids(self, ids):
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            is_last = start + BATCH >= len(ids)
            yield (
                Domain("id", "in", part),
                SQL("e.res_id = ANY(%s)", part),
                None if is_last else part[-1],
                len(part),
            )

    def _count_items(self):
        return self.env["dupq.evidence"].search_count(
            [("rule_id", "=", self.id), ("state", "in", LIVE_STATES)]
        )

    def _get_changed_ids(self, since):
        """Records that changed, or that something on the way to them did, or that
        were deleted: sorted."""
        # Whether the owner sees them is asked in the step; here only numbers count.
        records = self.env[self.model].sudo().with_context(active_test=False)
        query = records._search(self._get_changed_domain(since), active_test=False)
        self.env.cr.execute(
            SQL(
                """%(changed)s UNION
                   SELECT e.res_id FROM dupq_evidence e
                    WHERE e.rule_id = %(rule)s AND e.state IN %(live)s
                      AND e.source_gone IS NOT TRUE
                      AND NOT EXISTS (SELECT 1 FROM %(table)s s WHERE s.id = e.res_id)
                """,
                changed=query.select(),
                rule=self.id,
                live=LIVE_STATES,
                table=SQL.identifier(records._table),
            )
        )
        return sorted(row[0] for row in self.env.cr.fetchall())

    def _find_as_superuser(self, ids):
        """Which of these records would be evidence, were everything visible."""
        self._read_wanted(Domain("id", "in", ids), eyes=SUPERUSER_ID)
        self.env.cr.execute(SQL("SELECT res_id FROM %s", WANTED))
        return [row[0] for row in self.env.cr.fetchall()]


def _no_commit(_done):
    """Go on, in the transaction of the caller."""
    return float("inf")
