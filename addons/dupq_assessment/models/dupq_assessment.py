from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dupq_code.const import MANAGER, QUALITY_LEAD
from odoo.addons.dupq_code.workflow import Transition


class DupqAssessment(models.Model):
    """How a service, or the whole organisation, sees itself by the Code.

    It is planned, carried out with people, completed, published as a snapshot
    that stays, and replaced by the one after it. Its parts may be filled in any
    order; only what the Code asks of everyone stands in the way of publishing.
    """

    _name = "dupq.assessment"
    _description = "Self-assessment"
    _inherit = [
        "dupq.workflow",
        "dupq.assessment.place",
        "dupq.assessment.approach",
        "dupq.assessment.scope",
        "dupq.assessment.rated",
        "dupq.assessment.gaps",
        "dupq.assessment.before",
        "dupq.assessment.report",
        "dupq.assessment.involve",
        "dupq.assessment.public",
        "dupq.assessment.carry",
        "dupq.assessment.design",
        "dupq.assessment.rollup",
        "dupq.assessment.way",
        "dupq.assessment.together",
        "dupq.assessment.quotes",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_to desc, id desc"
    _check_company_auto = True

    _transitions = (
        Transition("start", source="planned", target="running", group=MANAGER),
        Transition(
            "complete",
            source="running",
            target="completed",
            group=MANAGER,
            guard="_why_not_complete",
        ),
        Transition(
            "take_up", source="completed", target="running", group=MANAGER, reason=True
        ),
        Transition(
            "publish",
            source="completed",
            target="published",
            group=QUALITY_LEAD,
            guard="_why_not_publish",
        ),
        Transition(
            "correct",
            source="published",
            target="running",
            group=QUALITY_LEAD,
            reason=True,
        ),
        Transition(
            "replace",
            source="published",
            target="replaced",
            group=QUALITY_LEAD,
            internal=True,
        ),
    )

    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("running", "Under way"),
            ("completed", "Completed"),
            ("published", "Published"),
            ("replaced", "Replaced by a later one"),
        ],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )

    # When, and who answers for it
    date_planned = fields.Date(
        string="Planned for", default=fields.Date.context_today, tracking=True
    )
    lead_id = fields.Many2one(
        "res.users",
        string="Led by",
        required=True,
        tracking=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    sponsor_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        help="The senior person who answers for what comes of it.",
    )

    # Its parts
    session_ids = fields.One2many(
        "dupq.assessment.session", "assessment_id", string="Discussions"
    )
    survey_ids = fields.One2many(
        "dupq.assessment.survey", "assessment_id", string="Surveys"
    )
    # Of a large organisation there are very many: never read whole by a screen.
    voice_ids = fields.One2many("dupq.voice", "assessment_id")
    printed_voice_ids = fields.One2many(
        "dupq.voice",
        "assessment_id",
        string="To print",
        domain=[("is_printed", "=", True)],
    )
    action_ids = fields.One2many("dupq.action", "assessment_id", string="Action plan")
    publication_ids = fields.One2many("dupq.publication", "assessment_id")
    impact_ids = fields.One2many("dupq.assessment.impact", "assessment_id")

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "The period ends before it begins."
    )
    _scope_service = models.Constraint(
        "CHECK((scope IN ('service', 'region')) = (service_id IS NOT NULL))",
        "Choose the service or the region, or several services, or the whole "
        "organisation.",
    )

    # === CRUD METHODS === #

    def write(self, vals):
        self.check_access("write")
        self._refuse_begun(vals)
        self._refuse_published(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if begun := self.filtered(lambda one: one.state != "planned"):
            raise UserError(
                self.env._(
                    "“%(assessment)s” has begun and is kept.",
                    assessment=begun[0].display_name,
                )
            )

    # === ACTIONS === #

    def action_start(self):
        """Begin: one empty rating for each area of the Code."""
        return self._take("start")

    def action_complete(self):
        """Say that everyone has been heard and each area is rated."""
        # Who answered since last night took part as much as anybody.
        self._get_open_surveys()._take_answers()
        self.participant_ids._count_again()
        done = self._take("complete")
        return self._tell_open_quotes() if done is True else done

    def action_take_up(self):
        """Go on working at a self-assessment that was completed."""
        return self._take("take_up")

    def action_publish(self):
        """Make the snapshot that anyone can read, and replace the earlier one."""
        return self._take("publish")

    def action_correct(self):
        """Take up a published one; publishing it again makes a new version."""
        return self._take("correct")

    # === GUARDS === #

    def _why_not_complete(self):
        """Each area is rated or does not apply; few voices need a reason.

        What was found may as well be told in a film or a paper, without any rating.
        """
        refused = {}
        for assessment in self:
            unrated = assessment._get_unrated_names()
            if unrated and not assessment.document_ids:
                refused[assessment] = self.env._(
                    "Rate these areas, say why they do not apply, or add a report in "
                    "another style, such as a film or minutes: %(areas)s.",
                    areas=", ".join(unrated),
                )
            elif assessment.few_voices and not assessment.few_voices_reason:
                refused[assessment] = self.env._(
                    "Nobody of these groups took part: %(groups)s. Ask them, or write "
                    "why you go on without them; the reason is printed.",
                    groups=assessment.few_voices,
                )
        return refused

    # === BUSINESS METHODS === #

    def _get_open_surveys(self):
        return self.survey_ids.filtered(lambda one: one.state == "open")

    def _took(self, name):
        res = super()._took(name)
        if name == "start":
            self._prepare_ratings()
            self._prepare_sources()
        elif name == "complete":
            # Nobody answers what nobody takes in.
            self._get_open_surveys()._take_possible("close")
        elif name == "correct":
            self.change_note = False
        elif name == "publish":
            self._publish()
            self._finish_step("publish")
        return res
