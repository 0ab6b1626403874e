from odoo import api, fields, models
from odoo.fields import Domain

from .dupq_assessment_part import OPEN_STATES

# By which people answer who come to no discussion.
OWN_CHANNELS = ("link", "portal", "survey")


class DupqAssessmentAttended(models.AbstractModel):
    """How many took part: a number that somebody typed, else those who were counted.

    A part of ``dupq.assessment.participant``. Counted are those who came to the
    discussions, each person once, and those who answered by a link, in their account
    or in a survey. Whether they are the same people nobody knows, so that the larger
    number stands and never the sum; and so does a typed number instead of both.
    """

    _name = "dupq.assessment.attended"
    _description = "Those who took part"

    typed_count = fields.Integer(string="Typed number", copy=False)
    session_count = fields.Integer(
        string="Came to discussions", compute="_compute_session_count"
    )
    answer_count = fields.Integer(
        string="Answered",
        compute="_compute_answer_count",
        help="By a link, in their account or in a survey: each person and each link "
        "once. Of those who gave no name, as many as answered the question that most "
        "of them answered.",
    )
    actual = fields.Integer(
        string="Took part",
        compute="_compute_actual",
        inverse="_inverse_actual",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="Counted from the discussions that took place and, each night, from the "
        "answers; or typed. Typing 0 goes back to what was counted.",
    )

    # === COMPUTE METHODS === #

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

    @api.depends("group_id", "service_id", "assessment_id")
    def _compute_answer_count(self):
        # Numbers for whoever may read the plan, without who answered what.
        lines_sudo = self.sudo()
        named = lines_sudo._count_named()
        nameless = lines_sudo._count_nameless()
        for line in self:
            id_ = line._origin.id
            line.answer_count = named.get(id_, 0) + nameless.get(id_, 0)

    # Neither on the discussions nor on the answers: see _count_again.
    @api.depends("group_id", "method", "typed_count")
    def _compute_actual(self):
        for line in self:
            line.actual = line.typed_count or line._get_counted()

    def _inverse_actual(self):
        for line in self:
            is_counted = line.actual == line._get_counted()
            line.typed_count = 0 if is_counted else line.actual
        self.filtered(lambda line: not line.typed_count)._count_again()

    # === BUSINESS METHODS === #

    def _get_counted(self):
        self.ensure_one()
        return max(self.session_count, self.answer_count)

    def _count_again(self):
        """After a discussion took place, or to see who has answered since.

        Not by a dependency, so that people who write down who is there, in many
        rooms at once, do not all write to the same plan.
        """
        lines = self.filtered(lambda one: one.assessment_state in OPEN_STATES)
        lines.invalidate_recordset(["session_count", "answer_count"])
        self.env.add_to_compute(self._fields["actual"], lines)
        lines.modified(["actual"])

    @api.model
    def _cron_count_answers(self):
        """Once a day: the plan does not tell at which hour somebody answered."""
        self.search([("assessment_id.state", "in", OPEN_STATES)])._count_again()

    @api.model
    def _get_answer_domain(self):
        """The answers that people gave themselves to these self-assessments."""
        return Domain("assessment_id", "in", self.assessment_id._origin.ids) & Domain(
            "channel", "in", OWN_CHANNELS
        )

    def _count_named(self):
        """Those who answered under their own name: ``{id of the line: number}``.

        Somebody who used a link and their account, under one address, is one person.
        """
        rows = self.env["dupq.voice"]._read_group(
            self._get_answer_domain() & Domain("participant_id", "!=", False),
            ["participant_id", "invitation_id", "partner_id"],
        )
        people = {}
        for line, invitation, partner in rows:
            who = invitation.email or partner.email or (invitation.id, partner.id)
            who = who.strip().casefold() if isinstance(who, str) else who
            people.setdefault(line.id, set()).add(who)
        return {line: len(them) for line, them in people.items()}

    def _count_nameless(self):
        """Those of whom only the group is known: ``{id of the line: number}``.

        Two lines for the same people: they are in the first of those to which links
        were sent, else in the first.
        """
        rows = self.env["dupq.voice"]._read_group(
            self._get_answer_domain() & Domain("participant_id", "=", False),
            ["assessment_id", "group_id", "service_id", "question_id"],
            ["__count"],
        )
        most = {}
        for assessment, group, service, _question, count in rows:
            key = (assessment, group, service)
            most[key] = max(most.get(key, 0), count)
        if not most:
            return {}
        lines = self.assessment_id._origin.participant_ids
        linked = self.env["dupq.invitation"]._read_group(
            [("participant_id", "in", lines.ids)], ["participant_id"]
        )
        invited = {line for (line,) in linked}
        counted = {}
        for line in lines.sorted(
            lambda one: (one not in invited, one.sequence, one.id)
        ):
            key = (line.assessment_id, line.group_id, line.service_id)
            counted[line.id] = most.pop(key, 0)
        return counted
