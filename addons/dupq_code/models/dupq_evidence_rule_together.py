import logging

from odoo import fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..rule_part import Part
from .dupq_evidence_rule_ledger import STEPS
from .dupq_evidence_rule_run import BATCH

_logger = logging.getLogger(__name__)


class DupqEvidenceRuleTogether(models.AbstractModel):
    """One turn of many rules that have only a little to do each.

    A part of ``dupq.evidence.rule``. A turn costs something whatever it finds to do:
    tables, statements, commits. Rules of the same kind of record, for which a look
    has found no more than one step can do, share all of it.

    It is one transaction: all of it is done and noted, or nothing. Whatever is out of
    the ordinary is left to a turn of the rule's own: something to withdraw, for which
    somebody may have to be asked, a run that broke off, a fault, others at work.
    """

    _name = "dupq.evidence.rule.together"
    _description = "Turn of many rules"

    def _take_turn_together(self, look, progress):
        """Take the turn of those that have little to do.

        :param look: the Look that was made for all of them
        :param progress: called with the number of rules done; commits, and returns
            the seconds left
        :return: the rules that must still be run; none when time is up
        """
        rest = self
        for rules in self._get_shares(look):
            done = rules._try_together(look, progress)
            rest -= done
            if not progress(len(done)):
                return self.browse()
        return rest

    def _get_shares(self, look):
        """Rules that can take their turn together, no more than one step can do."""
        shares = []
        for rules in self.grouped("model").values():
            share, number = self.browse(), 0
            for rule in rules:
                count = look.counts.get(rule.id)
                if not count or count > BATCH:
                    continue
                if number + count > BATCH:
                    shares.append(share)
                    share, number = self.browse(), 0
                share, number = share + rule, number + count
            shares.append(share)
        return [share for share in shares if share]

    def _try_together(self, look, progress):
        """The rules that have had their turn; none if it could not be taken."""
        try:
            return self._run_together(look, progress)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            _logger.info("Evidence rules %s met others", self.ids)
        except Exception:
            # Which rule it is, shows in its own turn.
            _logger.warning("Evidence rules %s: apart", self.ids, exc_info=True)
        self.env.cr.rollback()
        return self.browse()

    def _run_together(self, look, progress):
        """Bring the ledger in line with these rules.

        :return: those that it was done for
        """
        begin = fields.Datetime.now()
        with self._alone(over_commits=True) as rules:
            # What others did before they gave the locks back must be seen.
            progress(0)
            rules = rules._get_ready(look)
            if not rules:
                return rules
            counts = rules._plan_together(Part(found=True))
            asking = rules.filtered(lambda rule: counts[rule.id]["withdraw"])
            if asking:
                asking._leave_planned()
                rules -= asking
            rules._carry_out(
                {step: sum(counts[id_][step] for id_ in rules.ids) for step in STEPS}
            )
            runs = self.env["dupq.evidence.rule.run"]
            runs._note_together(rules, look, counts, begin)
            # Before the locks are given back.
            progress(0)
            return rules

    def _get_ready(self, look):
        """Those of which all is as it was when the look was made."""
        runs = self.env["dupq.evidence.rule.run"]
        last = self._get_last_done()
        broken_off = runs._get_broken_off(self).rule_id
        return self.filtered(
            lambda rule: (
                rule.state == "on"
                and not rule.is_free_once
                and rule not in broken_off
                and rule._can_look_ahead(last[rule])
            )
        )
