import logging
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..rule_paths import leaves_in
from .dupq_rota_source_checks import DOMAINS, ENDS

_logger = logging.getLogger(__name__)

# The form tells of so many days.
LOOKS_BACK = timedelta(days=31)


class DupqRotaSourceSight(models.AbstractModel):
    """What a source can see, what it cannot, and what has changed there.

    A part of ``dupq.rota.source``. See ``dupq.onlooker`` for what becomes of it when it
    loses sight; the months that were counted stay as they are.
    """

    _name = "dupq.rota.source.sight"
    _description = "Sight of a rota source"

    @api.depends("model", "domain", *sorted(ENDS), *sorted(DOMAINS))
    @api.depends_context("lang")
    def _compute_sight(self):
        """How much of the last month is counted, and how much is not."""
        for source in self:
            if not source._origin:
                source.sight = False
                continue
            # Who opens the form sees two numbers, whatever they may read.
            source_sudo = source._origin.sudo()
            source.sight = source_sudo._why_no_sight() or source_sudo._say_sight()

    def _say_sight(self):
        since = fields.Datetime.now() - LOOKS_BACK
        until = fields.Datetime.now()
        self.env.flush_all()
        [[there, counted]] = self.env.execute_query(
            SQL(
                "SELECT (SELECT count(*) FROM (%s) a), (SELECT count(*) FROM (%s) b)",
                self._get_found_query(since, until),
                self._get_rows_query(since, until),
            )
        )
        if not there:
            return self.env._("No shift began in the last month.")
        if there == counted:
            return self.env._(
                "In the last month: %(counted)s shifts, all counted.", counted=counted
            )
        return self.env._(
            "In the last month: %(counted)s of %(there)s shifts are counted. The "
            "others have no worker, no place of this company, or are longer than two "
            "days.",
            counted=counted,
            there=there,
        )

    def _get_paths(self):
        """Every path of fields that is followed from a shift, the conditions' too."""
        paths = [self[name] for name in ENDS if self[name]]
        for name in DOMAINS:
            paths += [path for path, _leaf in leaves_in(self._get_domain(name))]
        return list(dict.fromkeys(paths))

    # === CHANGES === #

    @api.model
    def _look_at_all(self):
        """Note the months in which something changed, and pause who cannot look."""
        for source in self.search([("state", "=", "on")], order="id"):
            try:
                with self.env.cr.savepoint():
                    sentence = source._why_no_sight() or source._look()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception:
                _logger.exception("Rota source %s cannot be read", source.id)
                # Not the error itself, which may show what stands in a record.
                sentence = self.env._(
                    "It could not be read. The log of the server says why."
                )
            if sentence:
                source._pause(sentence)

    def _look(self):
        """Compare with what was there last time, month by month.

        :return: why it has to be paused, or None
        """
        self.ensure_one()
        found, before = self._get_landmarks(), self.landmarks or {}
        fewer = {
            month
            for month, (count, *_rest) in before.items()
            if found.get(month, [0])[0] < count
        }
        if fewer and self._is_hidden(fewer, before):
            return self.env._(
                "%(owner)s no longer sees shifts that are still there.",
                owner=self.owner_id.sudo().name,
            )
        changed = {
            month
            for month in {*found, *before}
            if found.get(month) != before.get(month)
        }
        if changed:
            self.env["dupq.rota.change"]._note(self.company_id, changed)
            self.landmarks = found
        return None

    def _is_hidden(self, months, before):
        """Whether what the owner misses is there for whoever sees everything."""
        everything = self._get_landmarks(eyes=SUPERUSER_ID)
        return any(
            everything.get(month, [0])[0] >= before[month][0] for month in months
        )

    def _note_all_months(self):
        """All months of its company are to be counted anew."""
        self.env["dupq.rota.change"]._note_all(self.company_id)
