from psycopg2 import errors

from odoo import api, models
from odoo.exceptions import MissingError, UserError
from odoo.tools import SQL

from ..workflow import STATE_GRANT, StateGrant, kept_with_cursor


class DupqWorkflowState(models.AbstractModel):
    """The state of a record under lock: whose row is held, and who may write it.

    A part of ``dupq.workflow``, in a file of its own. Nobody but the engine writes
    a state, whatever their rights and whatever their context says: the engine
    keeps its leave with the cursor, for some records and one state, used up once.
    """

    _name = "dupq.workflow.state"
    _description = "State of a record under lock"

    _state_field = "state"

    # === THE LOCK === #

    @api.model
    def _get_initial_state(self):
        """The state in which every record is born, whoever asks for another."""
        return self._fields[self._state_field].default(self)

    @api.model
    def _get_state_label(self, state):
        """The words people see for a state, in their language."""
        field = self._fields[self._state_field]
        return dict(field._description_selection(self.env)).get(state, state)

    def _prepare_create_values(self, vals_list):
        """Override to refuse any but the initial state, once defaults are in."""
        vals_list = super()._prepare_create_values(vals_list)
        initial = self._get_initial_state()
        if any(vals.get(self._state_field) != initial for vals in vals_list):
            raise UserError(
                self.env._(
                    "Every %(model)s starts as “%(state)s”: create it without a state "
                    "and use its buttons afterwards.",
                    model=self._description,
                    state=self._get_state_label(initial),
                )
            )
        return vals_list

    def write(self, vals):
        """Override to refuse the state to everyone but the engine."""
        if self and self._state_field in vals:
            grant = self.env.cr.cache.get(STATE_GRANT)
            state = vals[self._state_field]
            if not grant or not grant.use(self._name, self._ids, state):
                raise UserError(
                    self.env._(
                        "The state of a %(model)s changes only by its own steps. "
                        "Open it and use its buttons.",
                        model=self._description,
                    )
                )
        return super().write(vals)

    # === ROWS === #

    def _fetch_at_once(self):
        """Read all columns in one query, where the ORM reads a thousand records.

        In sudo mode because this only fills the memory: what a person may read or
        change is asked afterwards, as always.
        """
        self.sudo().fetch()

    def _lock_for_move(self):
        """Lock the rows in the order of their ids; the loser of a race is told."""
        if not all(self._ids):
            raise UserError(self.env._("Save it first."))
        if not self:
            return
        self._fetch_at_once()
        self.check_access("write")
        query = SQL(
            "SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
            SQL.identifier(self._table),
            list(self._ids),
        )
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(query, log_exceptions=False)
                found = self.env.cr.rowcount
        except (errors.SerializationFailure, errors.DeadlockDetected):
            raise UserError(
                self.env._(
                    "Somebody else has just changed this at the same moment. Nothing "
                    "was changed by you: reload the page and look at it again."
                )
            ) from None
        if found != len(set(self._ids)):
            raise MissingError(self.env._("This has been deleted in the meantime."))

    def _try_lock_for_move(self):
        """Lock what can be locked at once: ``(records, {record: sentence})``."""
        self._fetch_at_once()
        allowed = self._filtered_access("write")
        no_access = self.env._("You may not change this record.")
        refused = dict.fromkeys(self - allowed, no_access)
        free = allowed.try_lock_for_update(allow_referencing=True)
        busy = self.env._("Somebody else is changing this record. Try again later.")
        return free, refused | dict.fromkeys(allowed - free, busy)

    # === THE ENGINE'S OWN LEAVE === #

    def _write_state(self, state):
        """Open the lock for these records and this state, once."""
        grant = StateGrant(self._name, set(self._ids), state)
        with kept_with_cursor(self.env.cr, STATE_GRANT, grant):
            self.write({self._state_field: state})
        self._write_state_through(state)

    def _write_state_through(self, state):
        """Send one UPDATE for all records; the ORM sends one for each hundred."""
        field = self._fields[self._state_field]
        dirty = self.env.transaction.field_dirty
        ids = [id_ for id_ in self._ids if id_ in dirty.get(field, ())]
        if not ids:
            return
        values = {field.name: state}
        if self._log_access:
            values |= {"write_uid": self.env.uid, "write_date": self.env.cr.now()}
        for name in values:
            # What is sent here must not be sent again by the next flush.
            unsent = dirty.get(self._fields[name], ())
            for id_ in ids:
                if id_ in unsent:
                    unsent.discard(id_)
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id = ANY(%s)",
                SQL.identifier(self._table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in values.items()
                ),
                ids,
            )
        )
