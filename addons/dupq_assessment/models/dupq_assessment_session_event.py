from datetime import timedelta

from odoo import Command, fields, models

# What the meeting in the calendar says; when one changes, so does the meeting.
EVENT_FIELDS = {"name", "date", "duration", "place", "facilitator_ids"}


class DupqAssessmentSessionEvent(models.AbstractModel):
    """The meeting in the calendar that belongs to a discussion, and moves with it.

    A part of ``dupq.assessment.session``, in a file of its own.
    """

    _name = "dupq.assessment.session.event"
    _description = "Meeting of a Discussion"

    event_id = fields.Many2one(
        "calendar.event",
        string="Meeting in the calendar",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    # === CRUD METHODS === #

    def write(self, vals):
        res = super().write(vals)
        if vals.keys() & EVENT_FIELDS:
            self._update_event()
        return res

    # === ACTIONS === #

    def action_make_event(self):
        """Put it into the calendar and invite those who lead it."""
        for session in self.filtered(lambda one: not one.event_id):
            session.event_id = self.env["calendar.event"].create(
                session._prepare_event_values()
                | {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": session.id,
                    "user_id": self.env.uid,
                }
            )
        return self.action_open_event() if len(self) == 1 else True

    def action_open_event(self):
        """Open the meeting in the calendar; others are invited there."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "calendar.event",
            "res_id": self.event_id.id,
            "view_mode": "form",
        }

    # === BUSINESS METHODS === #

    def _took(self, name):
        res = super()._took(name)
        if name == "cancel":
            self._get_own_events().action_archive()
        elif name == "plan_again":
            self._get_own_events().action_unarchive()
        return res

    def _prepare_event_values(self):
        """What the meeting in the calendar says. Extend to say more."""
        self.ensure_one()
        return {
            "name": self.name,
            "start": self.date,
            "stop": self.date + timedelta(hours=self.duration or 1),
            "location": self.place,
            "partner_ids": [Command.set(self.facilitator_ids.partner_id.ids)],
        }

    def _update_event(self):
        """The meeting moves with the discussion; who was invited besides stays."""
        for session in self:
            if not (event_sudo := session._get_own_events()):
                continue
            values = session._prepare_event_values()
            values["partner_ids"] = [
                Command.link(partner.id)
                for partner in session.facilitator_ids.partner_id
            ]
            event_sudo.write(values)

    def _get_own_events(self):
        """The meetings that were made for these discussions, in sudo mode."""
        # They belong to the discussion, whoever put them into the calendar; a meeting
        # that is not about it stays with those who made it.
        return self.sudo().event_id.filtered(
            lambda event: event.res_model == self._name and event.res_id in self.ids
        )
