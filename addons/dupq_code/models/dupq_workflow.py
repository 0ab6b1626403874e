from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request

from ..workflow import GIVEN_REASON, kept_with_cursor

# Where the web client sends the buttons that people press.
BUTTON_ROUTE = "/web/dataset/call_button"
# How many of the refused records a message names.
NAMED_REFUSALS = 3


class DupqWorkflow(models.AbstractModel):
    """A record whose state changes only by the transitions of its class.

    The class brings its own ``state`` (readonly, copy=False, with a default) and
    the table ``_transitions``. Four verbs: ``_available``, ``_why_not``, ``_take``
    and ``_take_possible``; one hook: ``_took``; one way to state a life that
    happened elsewhere: ``_record_past``.
    """

    _name = "dupq.workflow"
    _description = "Life of a record"
    _inherit = ["dupq.workflow.state", "dupq.workflow.past"]

    _transitions = ()

    workflow_log_ids = fields.One2many(
        comodel_name="dupq.workflow.log",
        inverse_name="res_id",
        string="History",
        domain=lambda self: [("model", "=", self._name)],
        readonly=True,
        copy=False,
    )

    # === THE VERBS === #

    @api.model
    def _get_transitions(self):
        """Extend to add moves from another addon."""
        return self._transitions

    @api.model
    def _get_transition(self, name):
        """The move with that name; a wrong name is a mistake in the code."""
        for transition in self._get_transitions():
            if transition.name == name:
                return transition
        raise ValueError(f"{self._name} has no transition {name!r}")

    def _available(self):
        """Name the moves that this user may take now with all these records."""
        self._fetch_at_once()
        if not self or not self.has_access("write"):
            return []
        return [
            transition.name
            for transition in self._get_transitions()
            if not self._why_not(transition.name)
        ]

    def _why_not(self, name):
        """Say in a sentence, for each refused record, why it may not move."""
        self._fetch_at_once()
        return self._judge(self._get_transition(name))[0]

    def _take(self, name, reason=None):
        """Move all records by the transition ``name``, or none of them.

        Without a reason, where one is needed, nothing moves: a person who pressed
        the button ``action_<name>`` gets the dialog that asks why, all other
        callers a refusal.

        :return: True once all records are there, else the action for the button
        """
        transition = self._get_transition(name)
        reason = self._clean_reason(reason, transition)
        self._lock_for_move()
        todo = self._filter_to_move(transition)
        refused, warnings = todo._judge(transition)
        if refused:
            raise UserError(todo._get_refusal_message(refused))
        if not reason and (lacking := todo._lack_reason(transition, warnings)):
            if self._is_button_pressed(transition):
                return self._open_reason(transition)
            raise UserError(todo._get_refusal_message(lacking))
        todo._move(transition, reason, warnings)
        return True

    def _take_possible(self, name, reason=None):
        """Move the records that may move by the transition ``name``.

        :return: the records moved, and ``{record: sentence}`` for the refused
        """
        transition = self._get_transition(name)
        reason = self._clean_reason(reason, transition)
        free, refused = self._try_lock_for_move()
        todo = free._filter_to_move(transition)
        why_not, warnings = todo._judge(transition)
        refused |= why_not
        todo = todo._without(why_not)
        if not reason:
            lacking = todo._lack_reason(transition, warnings)
            refused |= lacking
            todo = todo._without(lacking)
        todo._move(transition, reason, warnings)
        return todo, refused

    def _took(self, name):
        """Extend to act once the records have moved."""

    def _get_deadline_words(self, transition, date, why, late):
        """Extend to say in other words that a deadline comes, or was not kept.

        :param why: why the step cannot be taken, on the day of the deadline
        :param late: for so many days nobody kept it
        """
        return None

    def action_open_workflow_history(self):
        """Show who moved this record, when, and why."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_workflow_log_action_record"
        )
        action["domain"] = [("model", "=", self._name), ("res_id", "=", self.id)]
        return action

    # === JUDGING === #

    def _judge(self, transition):
        """Ask role, state, guard and gates, each once for the whole set.

        :return: ``{record: sentence}`` for the refused, and for those let through
            with a warning
        """
        if not self:
            return {}, {}
        if not self._has_role_for(transition):
            sentence = self.env._(
                "Your role may not take the step “%(step)s”.", step=transition.title
            )
            return dict.fromkeys(self, sentence), {}
        refused = self._refused_by_state(transition)
        refused |= self._without(refused)._refused_by_guard(transition)
        rest = self._without(refused)
        blocked, warned = self.env["dupq.workflow.gate"]._judge(rest, transition)
        return refused | blocked, warned

    def _without(self, refused):
        return self - self.browse().concat(*refused) if refused else self

    @api.model
    def _has_role_for(self, transition):
        groups = transition.groups
        return not groups or self.env.su or self.env.user.has_groups(",".join(groups))

    def _refused_by_state(self, transition):
        refused = {}
        for record in self:
            state = record[self._state_field]
            if state not in transition.sources:
                refused[record] = self.env._(
                    "The step “%(step)s” is not possible from “%(state)s”.",
                    step=transition.title,
                    state=self._get_state_label(state),
                )
        return refused

    def _refused_by_guard(self, transition):
        if not self or not transition.guard:
            return {}
        refused = getattr(self, transition.guard)() or {}
        return {record: refused[record] for record in self if refused.get(record)}

    def _lack_reason(self, transition, warnings):
        if transition.reason:
            sentence = self.env._(
                "Say why: the step “%(step)s” needs a reason.", step=transition.title
            )
            return dict.fromkeys(self, sentence)
        return {
            record: self.env._(
                "%(warning)s Say why it should be done all the same.",
                warning=warnings[record],
            )
            for record in self
            if record in warnings
        }

    @api.model
    def _get_refusal_message(self, refused):
        """One sentence for one record; for many, the first and their number."""
        sentences = list(refused.values())
        if len(self) == 1 or len(set(sentences)) == 1:
            return sentences[0]
        first = [
            f"{record.display_name}: {sentence}"
            for record, sentence in list(refused.items())[:NAMED_REFUSALS]
        ]
        more = len(refused) - len(first)
        if more:
            first.append(self.env._("... and %(count)s more.", count=more))
        summary = self.env._(
            "Nothing was changed: %(refused)s of %(all)s are not ready.",
            refused=len(refused),
            all=len(self),
        )
        return "\n".join([summary, *first])

    # === REASONS === #

    def _clean_reason(self, reason, transition):
        """The reason in hand: a blank one is refused, whoever gives it."""
        if reason is None:
            given = self.env.cr.cache.get(GIVEN_REASON)
            if given and given[:2] == (self._name, transition.name):
                reason = given[2]
        if reason is not None and not (reason := (reason or "").strip()):
            raise UserError(self.env._("Say why: the reason is empty."))
        return reason

    def _is_button_pressed(self, transition):
        """Whether somebody waits at a screen for the answer of this very step."""
        if not request or not request.httprequest.path.startswith(BUTTON_ROUTE):
            return False
        pressed = request.params.get("model"), request.params.get("method")
        return pressed == (self._name, f"action_{transition.name}")

    def _open_reason(self, transition):
        """Ask the person who pressed the button why."""
        return {
            "type": "ir.actions.act_window",
            "name": transition.title,
            "res_model": "dupq.workflow.reason",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_transition": transition.name,
            },
        }

    def _take_with_reason(self, name, reason):
        """Press the button of the step again, now with the reason in hand."""
        given = (self._name, name, reason)
        with kept_with_cursor(self.env.cr, GIVEN_REASON, given):
            action = getattr(self, f"action_{name}", None)
            return action() if action else self._take(name, reason)

    # === MOVING === #

    def _filter_to_move(self, transition):
        return self.filtered(lambda r: not transition.is_done(r[self._state_field]))

    def _move(self, transition, reason, warnings, is_automatic=False):
        """Write, log and tell: each once for the whole set."""
        if not self:
            return
        before = {record.id: record[self._state_field] for record in self}
        self._write_state(transition.target)
        self.env["dupq.workflow.log"]._append(
            self,
            before,
            {
                "transition": transition.name,
                "state_to": transition.target,
                "reason": reason or False,
                "is_automatic": is_automatic,
            },
            warnings={record.id: text for record, text in warnings.items()},
        )
        self._took(transition.name)

    def _take_by_date(self, transition):
        """Move those whose deadline has passed and that nothing holds back.

        :return: ``{record: sentence}`` for the refused; rows that somebody else is
            changing are left for the next time
        """
        free = self.try_lock_for_update(allow_referencing=True)
        free._fetch_at_once()
        todo = free.filtered(lambda r: r[self._state_field] in transition.sources)
        refused, warnings = todo._judge(transition)
        todo._without(refused)._move(transition, None, warnings, is_automatic=True)
        return refused
