from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from .dupq_evidence import LIVE_STATES
from .dupq_evidence_rule_reader import WANTED


class DupqEvidenceRuleExplainer(models.AbstractModel):
    """Why something is evidence, and why something else is not, in a sentence.

    A part of ``dupq.evidence.rule``.
    """

    _name = "dupq.evidence.rule.explainer"
    _description = "Explanations of a rule"

    def _explain_item(self, item):
        """Why an item is in the ledger: which rule, from what kind of record."""
        self.ensure_one()
        values = {
            "rule": self.name,
            "kind": self._get_kind(),
            "day": format_date(self.env, item.date_seen, date_format="d MMMM yyyy"),
            "service": item.service_id.display_name,
        }
        if item.source_gone:
            return self.env._(
                "The rule “%(rule)s” made it from a record (%(kind)s) of %(day)s that "
                "has been deleted since. What was seen at %(service)s stays.",
                **values,
            )
        return self.env._(
            "The rule “%(rule)s” made it: a record (%(kind)s) of %(day)s fits, and "
            "belongs to %(service)s on that day.",
            **values,
        )

    def _explain_record(self, record):
        """Why a record is evidence, or is not, by this rule: one sentence.

        :param record: of the rule's model, as the asking user sees it
        """
        self.ensure_one()
        record.check_access("read")
        item = self._get_item(record.id)
        if item and self._wants(record.id):
            return self._explain_item(item)
        for reason in (
            self._why_unseen,
            self._why_no_fit,
            self._why_no_day,
            self._why_no_place,
            self._why_ended,
        ):
            if sentence := reason(record):
                return sentence
        if self.state != "on":
            return self.env._("It fits, but the rule is not on.")
        return self.env._("It fits: the next run will add it.")

    # === ONE REASON EACH === #

    def _why_unseen(self, record):
        owner_record = self._as_owner().env[self.model].browse(record.id)
        if not owner_record.exists() or not owner_record.has_access("read"):
            return self.env._(
                "%(owner)s, with whose eyes the rule looks, does not see it.",
                owner=self.owner_id.name,
            )
        return None

    def _why_no_fit(self, record):
        """The first condition that the record does not meet."""
        owner = self._as_owner()
        records = owner.env[self.model]
        only = Domain("id", "=", record.id)
        if records.search_count(owner._get_source_domain(only)):
            return None
        for part in _parts(owner._get_domain()):
            if not records.search_count(part & only):
                return self.env._(
                    "It does not meet the condition: %(condition)s.",
                    condition=self._say(part),
                )
        if not records.search_count(owner._get_open_domain() & only):
            return self.env._("It is private, and so nobody's evidence.")
        return self.env._("It belongs to another company than the rule.")

    def _why_no_day(self, record):
        owner = self._as_owner()
        day = fields.Date.to_date(
            owner._to_day(owner.env[self.model].browse(record.id))
        )
        label = self._get_end(self.date_path)._description_string(self.env)
        if not day:
            return self.env._("It has no date (%(field)s is empty).", field=label)
        if day > fields.Date.context_today(owner):
            return self.env._("Its date (%(field)s) is still to come.", field=label)
        if (self.date_from and day < self.date_from) or (
            self.date_to and day > self.date_to
        ):
            return self.env._(
                "Its date (%(field)s) lies outside the days of the rule.", field=label
            )
        return None

    def _why_no_place(self, record):
        if self._wants(record.id):
            return None
        if self.service_id:
            return self.env._("It belongs to another company than the service.")
        return self.env._(
            "No service of its company is found for it on that day (by %(path)s): "
            "link a service to the department or place of work, or make the "
            "employee a member.",
            path=self.service_path,
        )

    def _why_ended(self, record):
        # Whether somebody decided about it, not what was seen.
        items = (
            self.env["dupq.evidence"]
            .sudo()
            .search(
                [
                    ("rule_id", "=", self.id),
                    ("res_id", "=", record.id),
                    ("state", "in", ("withdrawn", "superseded")),
                    ("ended_by_rule", "=", False),
                ],
                limit=1,
            )
        )
        if not items or self._get_item(record.id):
            return None
        return self.env._("Somebody withdrew or corrected its evidence by hand.")

    # === BUSINESS METHODS === #

    def _get_kind(self):
        if self.model not in self.env:
            return self.model
        return self.env["ir.model"]._get(self.model).sudo().name  # a kind, no record

    def _get_item(self, res_id):
        # The asking user sees the record; whether it is evidence is said of it.
        return (
            self.env["dupq.evidence"]
            .sudo()
            .search(
                [
                    ("rule_id", "=", self.id),
                    ("res_id", "=", res_id),
                    ("state", "in", LIVE_STATES),
                ],
                limit=1,
            )
        )

    def _wants(self, res_id):
        self._read_wanted(Domain("id", "=", res_id))
        self.env.cr.execute(SQL("SELECT 1 FROM %s", WANTED))
        return bool(self.env.cr.fetchone())

    def _say(self, part):
        """A condition in words as near to the screen's as can be."""
        leaves = list(part.iter_conditions())
        if len(leaves) != 1:
            return str(list(part))
        (leaf,) = leaves
        field = self._get_end(leaf.field_expr)
        label = field._description_string(self.env) if field else leaf.field_expr
        return f"{label} {leaf.operator} {leaf.value}"


def _parts(domain):
    """The conditions that must all be met, each by itself.

    >>> [list(part) for part in _parts(Domain("a", "=", 1) & Domain("b", "=", 2))]
    [[('a', '=', 1)], [('b', '=', 2)]]
    """
    is_and = getattr(domain, "OPERATOR", None) == "&"
    return list(domain.children) if is_and else [domain]
