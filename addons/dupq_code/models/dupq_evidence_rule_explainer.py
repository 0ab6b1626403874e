from datetime import date

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..rule_part import Part
from ..rule_paths import follow
from ..rule_words import parts_of, say, say_path
from .dupq_evidence import LIVE_STATES
from .dupq_evidence_rule_reader import FOUND, WANTED


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

    def _explain_record(self, record, eyes=None):
        """Why a record is evidence, or is not, by this rule: one sentence.

        :param record: of the rule's model, as the asking user sees it
        :param eyes: id of a user to look with instead of the owner
        """
        self.ensure_one()
        record.check_access("read")
        item = self._get_item(record.id)
        wants = self._wants(record.id, eyes)
        if item and wants:
            return self._explain_item(item)
        sentence = None if wants else self._why_unwanted(record, eyes)
        if item:
            return self.env._(
                "It is evidence, but the next run will withdraw it. %(reason)s",
                reason=sentence,
            )
        if sentence := sentence or self._why_ended(record):
            return sentence
        if self.state != "on":
            return self.env._("It fits, but the rule is not on.")
        return self.env._("It fits: the next run will add it.")

    def _explain_left_out(self):
        """How many records that fit were left out of what was read last, and why.

        To be called after a reading (`dupq.evidence.rule.reader._read_wanted`).
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT CASE WHEN f.date_seen IS NULL THEN 'day'
                            WHEN f.date_seen > %(today)s THEN 'future'
                            WHEN f.date_seen < %(first)s OR f.date_seen > %(last)s
                            THEN 'outside' ELSE 'place' END AS reason, count(*)
                  FROM %(found)s f
                 WHERE NOT EXISTS (SELECT 1 FROM %(wanted)s w
                                    WHERE w.res_id = f.res_id)
              GROUP BY 1
                """,
                found=FOUND,
                wanted=WANTED,
                today=fields.Date.context_today(self._as_owner()),
                first=self.date_from or date.min,
                last=self.date_to or date.max,
            )
        )
        counts = dict(self.env.cr.fetchall())
        sentences = (
            ("day", self.env._("%(count)s without a date")),
            ("future", self.env._("%(count)s whose day is still to come")),
            ("outside", self.env._("%(count)s outside the days of the rule")),
            (
                "place",
                self.env._("%(count)s without a service on their day"),
            ),
        )
        return ", ".join(
            sentence % {"count": counts[reason]}
            for reason, sentence in sentences
            if reason in counts
        )

    # === ONE REASON EACH === #

    def _why_unwanted(self, record, eyes):
        reasons = (
            self._why_unseen,
            self._why_no_fit,
            self._why_no_day,
            self._why_no_place,
        )
        found = (reason(record, self._as_owner(eyes)) for reason in reasons)
        return next(filter(None, found))

    def _why_unseen(self, record, owner):
        if not owner.env[self.model].browse(record.id).has_access("read"):
            return self.env._(
                "%(owner)s, with whose eyes the rule looks, does not see it.",
                # Only the name of who answers for the rule.
                owner=owner.env.user.sudo().name,
            )
        return None

    def _why_no_fit(self, record, owner):
        """The first condition that the record does not meet."""
        records = owner.env[self.model].with_context(active_test=False)
        only = Domain("id", "=", record.id)
        if records.search_count(owner._get_source_domain(only)):
            return None
        for part in parts_of(owner._get_domain()):
            if not records.search_count(part & only):
                return self.env._(
                    "It does not meet the condition: %(condition)s.",
                    condition=say(record.browse(), part),
                )
        if not records.search_count(owner._get_open_domain() & only):
            return self.env._("It is private, and so nobody's evidence.")
        return self.env._("It belongs to another company than the rule.")

    def _why_no_day(self, record, owner):
        day = self._get_day(record, owner)
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

    def _why_no_place(self, record, owner):
        """The last reason that is left: no service, or one of another company."""
        if self.service_id:
            return self.env._("It belongs to another company than the service.")
        values = {
            "path": say_path(record.browse(), self.service_path),
            "day": format_date(
                self.env, self._get_day(record, owner), date_format="d MMMM yyyy"
            ),
        }
        place = follow(owner.env[self.model].browse(record.id), self.service_path)
        if self._get_place_kind() == "dupq.person":
            # The rule needs to know where, and not to read the profile: who asks is
            # told the reference alone.
            place_sudo = follow(record.sudo(), self.service_path)
            place = place_sudo.with_env(owner.env)
        if not place:
            return self.env._(
                "It does not say where it was (%(path)s is empty).", **values
            )
        if place._name == "hr.employee" and self._came_later(place, record, owner):
            return self.env._(
                "The employee's record begins after %(day)s, so nobody knows where "
                "they worked then. Correct the first day of their record, or make "
                "them a member of a service.",
                **values,
            )
        if place._name == "dupq.person":
            return self.env._(
                "Nobody wrote down where %(person)s was supported on %(day)s: add it "
                "to “Where I am supported” in the profile.",
                person=place_sudo.reference,
                **values,
            )
        return self.env._(
            "No service of its company is found for it on %(day)s (by %(path)s): link "
            "a service to the department or place of work, or make the employee a "
            "member.",
            **values,
        )

    def _came_later(self, employee, record, owner):
        # Only when the record of somebody begins whose course or the like is open.
        versions = employee.sudo().version_ids
        day = self._get_day(record, owner)
        return all(version.date_version > day for version in versions)

    def _why_ended(self, record):
        # Whether somebody decided about it, not what was seen.
        items = self.env["dupq.evidence"].sudo()
        if not items.search_count(
            [
                ("rule_id", "=", self.id),
                ("res_id", "=", record.id),
                ("state", "in", ("withdrawn", "superseded")),
                ("ended_by_rule", "=", False),
            ],
            limit=1,
        ):
            return None
        if self._is_planned(record.id):
            return None
        return self.env._("Somebody withdrew or corrected its evidence by hand.")

    # === BUSINESS METHODS === #

    def _get_day(self, record, owner):
        return fields.Date.to_date(
            owner._to_day(owner.env[self.model].browse(record.id))
        )

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

    def _wants(self, res_id, eyes=None):
        self._read_wanted({self.id: Domain("id", "=", res_id)}, eyes)
        self.env.cr.execute(SQL("SELECT 1 FROM %s", WANTED))
        return bool(self.env.cr.fetchone())

    def _is_planned(self, res_id):
        """Whether the next run adds it: it has changed since somebody ended it."""
        return bool(self._plan(Part(res_id - 1, res_id))["add"])
