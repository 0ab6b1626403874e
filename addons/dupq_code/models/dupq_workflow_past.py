from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import ADMINISTRATOR


class DupqWorkflowPast(models.AbstractModel):
    """How a life that happened elsewhere is recorded.

    A part of ``dupq.workflow``, in a file of its own.
    """

    _name = "dupq.workflow.past"
    _description = "Past life of a record"

    def _record_past(self, state, date, source):
        """State a life that happened elsewhere: import, migration, demo data.

        The records are in ``state`` since ``date`` as ``source`` has it. Nobody
        is told, no hook is run, no deadline is fired; the log says that it was
        recorded later, by whom and from what.

        :param date: that moment, in the past; a date or a datetime in UTC
        :param str source: where this is known from, in words
        """
        self._check_may_record_past()
        self._check_past(state, date, source)
        records = self.with_context(
            tracking_disable=True, mail_notrack=True, mail_activity_automation_skip=True
        )
        records._lock_for_move()
        before = {record.id: record[self._state_field] for record in records}
        records._write_state(state)
        self.env["dupq.workflow.log"]._append(
            records,
            before,
            {
                "transition": False,
                "state_to": state,
                "date": fields.Datetime.to_datetime(date),
                "is_recorded_later": True,
                "recorded_on": fields.Datetime.now(),
                "source": source.strip(),
            },
        )
        return True

    @api.model
    def _check_may_record_past(self):
        if not (self.env.su or self.env.user.has_group(ADMINISTRATOR)):
            raise AccessError(
                self.env._("Only an administrator may record what happened earlier.")
            )

    @api.model
    def _check_past(self, state, date, source):
        if state not in self._fields[self._state_field].get_values(self.env):
            raise UserError(
                self.env._(
                    "A %(model)s has no state “%(state)s”.",
                    model=self._description,
                    state=state,
                )
            )
        if not date or fields.Datetime.to_datetime(date) > fields.Datetime.now():
            raise UserError(self.env._("What is recorded must lie in the past."))
        if not (source or "").strip():
            raise UserError(self.env._("Say where this is known from."))
