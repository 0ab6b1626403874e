import logging
from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..const import QUALITY_LEAD
from ..rule_part import Part
from .dupq_evidence import LIVE_STATES
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
        if mode == "full":
            rules._take_turns(mode)
            return
        commit = self.env["ir.cron"]._commit_progress
        watermark = self.env["dupq.evidence.rule.run"]._get_watermark()
        commit(remaining=len(rules))
        # The records are looked through once for all rules.
        look = rules._look_ahead(watermark)
        rest = rules - rules._end_idle_turns(look)
        if commit(len(rules - rest), remaining=len(rest)):
            rest._take_turn_together(look, commit)._take_turns(mode, look)
        self._forget_look()

    def _take_turns(self, mode, look=None):
        """One after the other, until they are done or time is up."""
        for left, rule in zip(range(len(self), 0, -1), self, strict=True):
            # What is read of the others is forgotten before it is their turn.
            is_done, seconds = rule.with_prefetch()._take_turn(mode, left, look)
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

    def _take_turn(self, mode, left, look=None):
        """One run, again when somebody changed the same items at that moment.

        :param left: how many rules are still to be run
        :param look: the Look that was made for all of them
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
                return self._run(mode, progress, look), seconds
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

    def _run(self, mode, progress=None, look=None):
        """Bring the ledger in line with the rule; nothing happens while it runs.

        :param mode: full or changes
        :param progress: see `dupq.evidence.rule.run._work`; without it, all steps
            are in the transaction of the caller
        :param look: the Look that was made for many rules, with a progress that
            commits; without it, or if it left this rule out, it looks for itself
        :return: True when it came to an end, False when it goes on next time
        """
        self.ensure_one()
        with self._alone(over_commits=bool(progress)) as free:
            if not free:
                return False
            if look:
                # What others did before they gave the lock back must be seen.
                progress(0)
            if look and self.state != "on":
                return True  # somebody has switched it off since the look
            if sentence := self._why_no_sight():
                self._pause(sentence)
                return True
            if look and self.id not in look.landmarks:
                look = None
            runs = self.env["dupq.evidence.rule.run"]
            run = runs._begin(self, mode, commits=bool(progress), look=look)
            if progress and not (look and run.mode == "changes"):
                # What is read from now on is later than the run's watermark. A look
                # was so from the beginning: its run may begin with its first step.
                progress(0)
            return run._work(progress or _no_commit, look)

    @contextmanager
    def _alone(self, over_commits):
        """Keep other runs of these rules away from those that nobody else is at.

        :param over_commits: whether the lock is the connection's, and so lasts over
            the commits of the steps; either way it is gone with a process that dies
        :return: context manager that gives the rules that are free
        """
        if not over_commits:
            yield self._lock(SQL.identifier("pg_try_advisory_xact_lock"))
            return
        free = self._lock(SQL.identifier("pg_try_advisory_lock"))
        try:
            yield free
        except BaseException:
            # A failed transaction could not even give the lock back.
            self.env.cr.rollback()
            raise
        finally:
            free._lock(SQL.identifier("pg_advisory_unlock"))

    def _lock(self, function):
        """The rules for which a function of PostgreSQL on locks says yes."""
        self.env.cr.execute(
            SQL(
                "SELECT id FROM unnest(%s::integer[]) id WHERE %s(%s, id)",
                self.ids,
                function,
                LOCK,
            )
        )
        free = {row[0] for row in self.env.cr.fetchall()}
        return self.filtered(lambda rule: rule.id in free)

    def _get_last_done(self):
        """{rule: its last run that came to its end, or none}"""
        runs = self.env["dupq.evidence.rule.run"]
        found = runs._read_group(
            [("rule_id", "in", self.ids), ("state", "=", "done")],
            ["rule_id"],
            ["id:max"],
        )
        last = {rule.id: highest for rule, highest in found}
        ids = list(last.values())
        return {
            rule: runs.browse(last.get(rule.id, ())).with_prefetch(ids) for rule in self
        }

    # === STEPS === #

    def _get_steps(self, run, look=None):
        """What each transaction of a run looks at.

        :return: iterator of (Part, number of the last record or None at the end, how
            many records)
        """
        if run.mode == "changes":
            look = look or self._look()
            if look.counts[self.id] is not None:
                yield from self._get_steps_of_changes(run.last_res_id)
                return
            run._widen()
        yield from self._get_steps_of_all(run.last_res_id)

    @api.model
    def _get_most(self, there):
        """Of so many records, the number that is read one by one, and not all."""
        return max(BATCH, int(MOST_CHANGED * there))

    def _is_little(self, count):
        """Whether a rule reads so many records one by one, and not all its own."""
        return count <= BATCH or count <= self._get_most(self._count_items())

    def _count_items(self):
        return self.env["dupq.evidence"].search_count(
            [("rule_id", "=", self.id), ("state", "in", LIVE_STATES)]
        )

    def _get_steps_of_all(self, last):
        """Ranges of numbers; the last one is open, so that nothing falls behind."""
        for end in [*self._get_ends(last), None]:
            yield Part(last, end), end, BATCH
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

    def _get_steps_of_changes(self, last):
        """What the look has found, so many at a time."""
        while ids := self._get_to_read(last, BATCH + 1):
            part = Part(last, ids[:BATCH][-1], found=True)
            last = part.until if len(ids) > BATCH else None
            yield part, last, len(ids[:BATCH])
            if last is None:
                return


def _no_commit(_done):
    """Go on, in the transaction of the caller."""
    return float("inf")
