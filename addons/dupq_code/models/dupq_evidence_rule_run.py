import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..workflow import kept_with_cursor
from .dupq_evidence import LIVE_STATES

_logger = logging.getLogger(__name__)

# Records that one transaction of a run looks at.
BATCH = 20_000
# First key of the lock that keeps two runs of one rule apart.
LOCK = 0x64757071
# More withdrawals than both of these in one run: somebody is asked first.
MOST_WITHDRAWN = 20
MOST_WITHDRAWN_PERCENT = 5
PERCENT_PARAMETER = "dupq_code.most_withdrawn_percent"
# Key under which the run in work may write its own record.
OWN_WRITE = object()


class DupqEvidenceRuleRun(models.Model):
    """One time that a rule went through its records: when, how far, what came of it.

    Written by the run itself and by nothing else. A run that broke off is taken up
    where its last finished step ended: each step is one transaction.
    """

    _name = "dupq.evidence.rule.run"
    _description = "Run of an evidence rule"
    _order = "id desc"
    _rec_name = "date_start"

    rule_id = fields.Many2one(
        "dupq.evidence.rule", required=True, ondelete="cascade", index=True
    )
    mode = fields.Selection(
        [("full", "All records"), ("changes", "What has changed")], required=True
    )
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("stopped", "Stopped")],
        required=True,
        default="running",
    )
    date_start = fields.Datetime(required=True, default=fields.Datetime.now)
    date_end = fields.Datetime()
    last_res_id = fields.Integer(help="Records up to this number are done.")
    watermark = fields.Datetime(
        help="The next run looks at what was written from this moment on."
    )
    landmarks = fields.Json(
        help="What shows whether places, or records on the way, have gone since."
    )
    rule_digest = fields.Char(help="What the rule said when it was read.")
    message = fields.Char()
    added_count = fields.Integer(string="Added")
    changed_count = fields.Integer(string="Changed")
    withdrawn_count = fields.Integer(string="Withdrawn")
    gone_count = fields.Integer(string="Source deleted")

    # === ONLY BY THE RUN === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_others()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_others()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        self._refuse_others()

    def _refuse_others(self):
        if not self.env.cr.cache.get(OWN_WRITE):
            raise AccessError(self.env._("Runs are written by the rules themselves."))

    # === THE RUN === #

    @api.model
    def _begin(self, rule, mode, commits, look=None):
        """The run to work on: a new one, or the one that broke off.

        :param commits: whether each step is a transaction of its own. One that is
            not reads the past of its first moment: what others have committed since
            stays to be looked at, so the watermark remains where it was.
        :param look: the Look that the run goes by, with its watermark from before
        """
        # The owner is checked by the rule; a run only keeps count.
        runs_sudo = self.sudo()
        digest = rule._get_reading_digest()
        broken_off = runs_sudo._get_broken_off(rule)
        open_run = broken_off.filtered(
            lambda run: run.mode in ("full", mode) and run.rule_digest == digest
        )[:1]
        with kept_with_cursor(self.env.cr, OWN_WRITE, True):
            (broken_off - open_run).write(
                {"state": "stopped", "date_end": fields.Datetime.now()}
            )
            if open_run:
                return open_run
            last = rule._get_last_done()[rule]
            if not last.watermark or last.rule_digest != digest:
                mode = "full"
            if not commits:
                watermark, landmarks = last.watermark, last.landmarks
            elif look and mode == "changes":
                watermark, landmarks = look.watermark, look.landmarks[rule.id]
            else:
                watermark = self._get_watermark()
                landmarks = rule._get_landmarks()[rule.id][0]
            return runs_sudo.create(
                {
                    "rule_id": rule.id,
                    "mode": mode,
                    "rule_digest": digest,
                    "watermark": watermark,
                    "landmarks": landmarks,
                }
            )

    @api.model
    def _get_broken_off(self, rules):
        """Runs that have not come to their end."""
        return self.search([("rule_id", "in", rules.ids), ("state", "=", "running")])

    @api.model
    def _note_idle(self, rules, look):
        """Runs of rules for which a look found nothing to do.

        Many such in a row are one: a rule may have a hundred of them a day.
        """
        now = fields.Datetime.now()
        last = rules._get_last_done()
        created = []
        with kept_with_cursor(self.env.cr, OWN_WRITE, True):
            for rule in rules:
                values = self._prepare_done(rule, look, now)
                # The rules have been checked; a run only keeps count.
                run_sudo = last[rule].sudo()
                if run_sudo._is_idle():
                    run_sudo.write(values)
                else:
                    created.append(values)
            self.sudo().create(created)
            self.env.flush_all()

    @api.model
    def _note_together(self, rules, look, counts, begin):
        """Runs of rules that went by a look, in one transaction.

        :param counts: {rule id: {step: number of items}}
        :param begin: datetime in UTC
        """
        with kept_with_cursor(self.env.cr, OWN_WRITE, True):
            # The rules have been checked; a run only keeps count.
            self.sudo().create(
                [
                    {
                        **self._prepare_done(rule, look, begin),
                        "added_count": counts[rule.id]["add"],
                        "changed_count": counts[rule.id]["change"],
                        "gone_count": counts[rule.id]["gone"],
                    }
                    for rule in rules
                ]
            )
            self.env.flush_all()

    @api.model
    def _prepare_done(self, rule, look, begin):
        """Values of a run over changes that has come to its end."""
        return {
            "rule_id": rule.id,
            "mode": "changes",
            "state": "done",
            "date_start": begin,
            "date_end": fields.Datetime.now(),
            "rule_digest": rule._get_reading_digest(),
            "watermark": look.watermark,
            "landmarks": look.landmarks[rule.id],
        }

    def _is_idle(self):
        """Whether it looked for changes, and had nothing to do."""
        counts = (
            self.added_count,
            self.changed_count,
            self.withdrawn_count,
            self.gone_count,
        )
        return self.mode == "changes" and not any(counts)

    @api.model
    def _get_watermark(self):
        """The start of the oldest transaction that may still write something.

        Odoo stamps a record with the start of its transaction, so what is committed
        after now carries no earlier time than this.
        """
        self.env.cr.execute(
            SQL(
                """SELECT min(xact_start) AT TIME ZONE 'UTC' FROM pg_stat_activity
                    WHERE datname = current_database() AND xact_start IS NOT NULL
                      AND backend_type = 'client backend'"""
            )
        )
        return self.env.cr.fetchone()[0]

    def _work(self, progress, look=None):
        """Go through the records step by step, each in a transaction of its own.

        :param progress: called after each step with the number of records done;
            commits. It returns the seconds left, 0 to go on next time.
        :param look: the Look that says which records have changed
        :return: True when the run has come to its end
        """
        self.ensure_one()
        rule = self.rule_id
        for part, last_id, size in rule._get_steps(self, look):
            counts = rule._plan(part)
            if counts["withdraw"] and (sentence := self._why_stop(counts)):
                self._stop(sentence)
                progress(0)
                return True
            rule._carry_out(counts)
            if not self._note(counts, last_id):
                # Another run has taken over: what this step did is undone.
                self.env.cr.rollback()
                return True
            if last_id is None:
                self._finish()
                progress(size)
                return True
            if not progress(size):
                return False
        self._finish()
        progress(0)
        return True

    def _why_stop(self, counts):
        """Say why nothing is withdrawn before somebody has looked, or None."""
        rule = self.rule_id
        ids = [res_id for res_id, _item in rule._get_planned("withdraw")]
        if rule._has_lost_sight(ids):
            return self.env._(
                "%(owner)s no longer sees records that still fit. Nothing was "
                "withdrawn.",
                owner=rule.owner_id.name,
            )
        total = self.withdrawn_count + counts["withdraw"]
        if rule.is_free_once or total <= MOST_WITHDRAWN:
            return None
        percent = self._get_percent()
        live = self.env["dupq.evidence"].search_count(
            [("rule_id", "=", rule.id), ("state", "in", LIVE_STATES)]
        )
        if total * 100 <= percent * (live + self.withdrawn_count):
            return None
        return self.env._(
            "This run would withdraw %(total)s of %(live)s items. Look at what has "
            "changed, then switch it on again to go through with it.",
            total=total,
            live=live,
        )

    def _get_percent(self):
        parameters = self.env["ir.config_parameter"].sudo()  # a setting for everybody
        value = parameters.get_param(PERCENT_PARAMETER, MOST_WITHDRAWN_PERCENT)
        try:
            return float(value)
        except ValueError:
            return MOST_WITHDRAWN_PERCENT

    def _note(self, counts, last_id):
        """Count the step; False when this run is no longer the one at work."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE dupq_evidence_rule_run
                   SET added_count = COALESCE(added_count, 0) + %(add)s,
                       changed_count = COALESCE(changed_count, 0) + %(change)s,
                       withdrawn_count = COALESCE(withdrawn_count, 0) + %(withdraw)s,
                       gone_count = COALESCE(gone_count, 0) + %(gone)s,
                       last_res_id = COALESCE(%(last_id)s, last_res_id)
                 WHERE id = %(id)s AND state = 'running'
                """,
                id=self.id,
                last_id=last_id,
                **counts,
            )
        )
        self.invalidate_recordset()
        return bool(self.env.cr.rowcount)

    def _widen(self):
        """Read all records, from the first one on, after all."""
        with kept_with_cursor(self.env.cr, OWN_WRITE, True):
            self.write({"mode": "full", "last_res_id": 0})

    def _finish(self):
        with kept_with_cursor(self.env.cr, OWN_WRITE, True):
            self.write({"state": "done", "date_end": fields.Datetime.now()})
        if self.rule_id.is_free_once:
            self.rule_id.is_free_once = False

    def _stop(self, sentence):
        """End without having done it all, pause the rule, and tell who answers."""
        with kept_with_cursor(self.env.cr, OWN_WRITE, True):
            self.write(
                {
                    "state": "stopped",
                    "date_end": fields.Datetime.now(),
                    "message": sentence,
                }
            )
        self.rule_id._pause(sentence)
