from odoo import api, fields, models


class DupqAssessmentAttended(models.AbstractModel):
    """How many took part: a number that somebody typed, else those who came.

    A part of ``dupq.assessment.participant``. Those who came are counted from the
    discussions that took place, each person once; a typed number stands instead of
    them and is never added to them.
    """

    _name = "dupq.assessment.attended"
    _description = "Those who took part"

    typed_count = fields.Integer(string="Typed number", copy=False)
    session_count = fields.Integer(
        string="Came to discussions", compute="_compute_session_count"
    )
    actual = fields.Integer(
        string="Took part",
        compute="_compute_actual",
        inverse="_inverse_actual",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="Counted from the discussions that took place, or typed; typing 0 goes "
        "back to what was counted.",
    )

    @api.depends("group_id", "method", "assessment_id")
    def _compute_session_count(self):
        model = self.env["dupq.assessment.session.attendance"]
        # Sums of numbers for whoever may read the plan, without who was where.
        groups = model.sudo()._read_group(
            [
                ("assessment_id", "in", self.assessment_id._origin.ids),
                ("session_id.state", "=", "held"),
            ],
            ["assessment_id", "group_id", "session_id"],
            ["counted:sum"],
        )
        sums = {}
        for assessment, group, session, count in groups:
            key = (assessment.id, group.id, session.method)
            sums[key] = sums.get(key, 0) + count
        counted = set()
        for line in self:
            key = (line.assessment_id._origin.id, line.group_id.id, line.method)
            # Two lines for the same people: those who came are in the first of them.
            line.session_count = 0 if key in counted else sums.get(key, 0)
            counted.add(key)

    # Not on the discussions: see _count_again.
    @api.depends("group_id", "method", "typed_count")
    def _compute_actual(self):
        for line in self:
            line.actual = line.typed_count or line.session_count

    def _inverse_actual(self):
        for line in self:
            is_counted = line.actual == line.session_count
            line.typed_count = 0 if is_counted else line.actual
        self.filtered(lambda line: not line.typed_count)._count_again()

    def _count_again(self):
        """After a discussion took place, or who was there was corrected.

        Not by a dependency, so that people who write down who is there, in many
        rooms at once, do not all write to the same plan.
        """
        self.invalidate_recordset(["session_count"])
        self.env.add_to_compute(self._fields["actual"], self)
