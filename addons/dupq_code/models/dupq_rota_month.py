from odoo import api, fields, models

from ..dates import month_words


class DupqRotaMonth(models.Model):
    """One month of support of one person in one service, as the rota has it (C36, C37).

    A shift for a whole service is support of each person who is there on that day, so
    these hours are as people meet them, and not as they are paid. Where the rota names
    nobody, and nobody is known to live there, the line is of the service alone.

    Counted, never written by hand: see ``dupq.rota.counter``.
    """

    _name = "dupq.rota.month"
    _description = "Month of the rota"
    _inherit = ["dupq.rota.line", "dupq.rota.counter", "dupq.rota.clock"]
    _order = "month desc, service_id, person_id, id"
    _rec_name = "month"

    person_id = fields.Many2one(
        "dupq.person",
        string="Person supported",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    month = fields.Date(index=True)

    # Hours
    hours = fields.Float(string="Hours of support", readonly=True)
    chosen_hours = fields.Float(
        string="By staff they chose",
        readonly=True,
        help="By whom the person had said yes to, at their last final choice before "
        "the shift.",
    )
    matched_hours = fields.Float(
        string="By matched staff",
        readonly=True,
        help="By staff hired for a job made for the person, who share at least one of "
        "the person's wishes.",
    )
    agency_hours = fields.Float(string="By an agency", readonly=True)
    cover_hours = fields.Float(
        string="Cover", readonly=True, help="Cover for sickness and leave."
    )
    cover_known_hours = fields.Float(
        string="Cover by staff known there",
        readonly=True,
        help="By who works in the department of the service, or is a member of it.",
    )

    # Faces and moves
    week_count = fields.Integer(
        string="Weeks",
        readonly=True,
        help="Weeks with support that begin in this month, on their Monday.",
    )
    faces_sum = fields.Integer(
        string="Faces of all weeks",
        readonly=True,
        help="Different workers of each week, added up.",
    )
    faces_avg = fields.Float(
        string="Different faces a week", readonly=True, aggregator="avg"
    )
    faces_max = fields.Integer(
        string="Most faces in a week", readonly=True, aggregator="max"
    )
    moved_hours = fields.Float(
        string="By staff moved for convenience",
        readonly=True,
        help="By staff who were moved here because it suits the organisation.",
    )
    move_count = fields.Integer(
        string="Moves for convenience",
        readonly=True,
        help="Shifts of such staff that begin in this month.",
    )
    shift_count = fields.Integer(
        string="Shifts", readonly=True, help="Shifts that begin in this month."
    )

    _place_uniq = models.UniqueIndex("(month, service_id, COALESCE(person_id, 0))")

    @api.depends("month", "service_id", "person_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        for line in self:
            # What the line is of is shown to whoever sees the line; of a person it is
            # a name for those alone who may read it.
            names = [line.service_id.sudo().name, line.person_id.display_name]
            names.append(month_words(self.env, line.month))
            line.display_name = ", ".join(filter(None, names))

    def action_open_shifts(self):
        """Show the shifts that these figures were counted from, what one may see."""
        self.ensure_one()
        self.check_access("read")
        return self.env["dupq.rota.shifts"]._get_action(
            self.service_id, self.month, self.person_id
        )
