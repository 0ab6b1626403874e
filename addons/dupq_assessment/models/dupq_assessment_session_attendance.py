from odoo import api, fields, models


class DupqAssessmentSessionAttendance(models.Model):
    """How many people of a group were at a discussion; nobody's name."""

    _name = "dupq.assessment.session.attendance"
    _description = "Attendance of a Discussion"
    _inherit = ["dupq.assessment.session.part"]
    _order = "session_id, sequence, id"

    group_id = fields.Many2one(
        "dupq.stakeholder.group", string="Who", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="group_id.sequence", store=True, precompute=True)
    number = fields.Integer(string="Were there", default=1)
    counted_before = fields.Integer(
        string="Counted before",
        help="Those of them who were at an earlier discussion already. Each person is "
        "counted once in the report.",
    )
    counted = fields.Integer(
        string="Counted now", compute="_compute_counted", store=True, precompute=True
    )

    _group_uniq = models.UniqueIndex(
        "(session_id, group_id)", "This group is in the list already."
    )
    _numbers = models.Constraint(
        "CHECK(number >= 0 AND counted_before BETWEEN 0 AND number)",
        "Not more people can have been counted before than were there.",
    )

    @api.depends("number", "counted_before")
    def _compute_counted(self):
        for one in self:
            one.counted = one.number - one.counted_before

    @api.depends("group_id", "number")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "%(group)s: %(number)s", group=one.group_id.name, number=one.number
            )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._count_held()
        return records

    def write(self, vals):
        held = self._get_held()
        res = super().write(vals)
        if vals.keys() & {"number", "counted_before", "group_id", "session_id"}:
            self._count_held(held)
        return res

    def unlink(self):
        held = self._get_held()
        res = super().unlink()
        held._count_participants()
        return res

    def _get_held(self):
        return self.session_id.filtered(lambda session: session.state == "held")

    def _count_held(self, before=()):
        """What is corrected afterwards is corrected in the plan, too.

        :param before: discussions that took place and to which it belonged
        """
        if held := self._get_held().union(*before):
            self.flush_recordset()
            held._count_participants()
