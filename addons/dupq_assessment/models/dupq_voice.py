from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dupq_voice_cleared import CONSENT_FIELDS


class DupqVoice(models.Model):
    """What someone said, in their own words or pictures, and whether we may print it.

    Most voices belong to a self-assessment; one may also stand by itself, said
    about a service on any day.
    """

    _name = "dupq.voice"
    _description = "Voice"
    _inherit = [
        "dupq.voice.cleared",
        "dupq.assessment.part",
        "dupq.sent.once",
        "dupq.voice.nameless",
        "dupq.voice.export",
        "dupq.voice.files",
    ]
    _order = "assessment_id, sequence, id"
    _check_company_auto = True

    # Where it was said, and about what
    assessment_id = fields.Many2one(required=False, check_company=True)
    service_id = fields.Many2one(
        "dupq.service",
        compute="_compute_service_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related=False,
        comodel_name="res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
    )
    date = fields.Date(
        string="Said on", required=True, default=fields.Date.context_today
    )
    sequence = fields.Integer(default=10)
    area_id = fields.Many2one(
        "dupq.code.area",
        string="About",
        compute="_compute_area_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
    )
    question_id = fields.Many2one(
        "dupq.code.question",
        index="btree_not_null",
        help="The question that was answered.",
    )
    statement_ids = fields.Many2many(
        "dupq.code.statement",
        string="Statements it speaks of",
        domain="[('area_id', '=', area_id)]",
    )
    participant_id = fields.Many2one(
        "dupq.assessment.participant",
        string="Came by",
        index="btree_not_null",
        ondelete="set null",
        help="The line of the plan for taking part.",
    )
    session_id = fields.Many2one(
        "dupq.assessment.session",
        string="Said in the discussion",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    channel = fields.Selection(
        [
            ("typed", "Typed by us"),
            ("dictated", "Dictated"),
            ("upload", "Picture, sound or film"),
            ("session", "Discussion session"),
            ("survey", "Survey"),
            ("link", "Personal or group link"),
            ("portal", "Portal"),
            ("card", "Printed card"),
        ],
        string="How it came",
        required=True,
        default="typed",
    )

    # What was said
    group_id = fields.Many2one(
        "dupq.stakeholder.group",
        string="Who said it",
        required=True,
        index=True,
        ondelete="restrict",
    )
    feeling = fields.Selection(
        [("good", "Good"), ("mixed", "In between"), ("not_yet", "Not good yet")],
        string="Says",
    )
    level_id = fields.Many2one(
        "dupq.rating.scale.level",
        string="Rating",
        index="btree_not_null",
        ondelete="restrict",
        help="How they see it on the scale of the self-assessment.",
    )
    is_working = fields.Selection(
        [("working", "Working"), ("not_working", "Not working")],
        string="Working or not",
    )
    words = fields.Text(string="In their words")
    is_transcript = fields.Boolean(
        string="Written down for them",
        help="The words tell what is seen or heard in the picture, sound or film.",
    )
    short_words = fields.Text(
        string="The same in short words",
        help="For Easy Read, agreed with who said it. Their own words stay beside it.",
    )
    new_insight = fields.Boolean(
        string="New to us", help="It told us something that we did not know."
    )

    # Who said it: empty for whoever does not want to be known
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        index="btree_not_null",
        ondelete="set null",
        help="Who said it on the portal, under their own name.",
    )
    invitation_id = fields.Many2one(
        "dupq.invitation",
        string="By the link",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )

    # What may be done with it
    is_anonymous = fields.Boolean(
        string="Said without a name", help="Nothing says who said it, not even to us."
    )
    is_anonymised = fields.Boolean(
        string="No names in it", help="Nobody can be recognised by the words."
    )
    consent = fields.Selection(
        [
            ("not_asked", "Not asked yet"),
            ("yes", "They agreed"),
            ("no", "They said no"),
            ("withdrawn", "They took it back"),
        ],
        string="May we print it?",
        required=True,
        default="not_asked",
    )
    date_consent = fields.Date(string="Asked on")
    is_printed = fields.Boolean(string="Print it")

    # Some of very many: see docs/voices-at-scale.md.
    _printed_idx = models.Index("(assessment_id) WHERE is_printed IS TRUE")

    # === COMPUTE METHODS === #

    @api.depends("assessment_id.service_id")
    def _compute_service_id(self):
        for voice in self:
            voice.service_id = voice.assessment_id.service_id or voice.service_id

    @api.depends("assessment_id.company_id", "service_id.company_id")
    def _compute_company_id(self):
        for voice in self:
            owner = voice.assessment_id or voice.service_id
            voice.company_id = owner.company_id or self.env.company

    @api.depends("question_id.area_id")
    def _compute_area_id(self):
        for voice in self:
            voice.area_id = voice.question_id.area_id or voice.area_id

    @api.depends("words", "group_id")
    def _compute_display_name(self):
        for voice in self:
            words = " ".join((voice.words or "").split())
            voice.display_name = words[:60] or voice.group_id.name

    # === CONSTRAINT METHODS === #

    @api.constrains("words", "feeling", "attachment_ids")
    def _check_words(self):
        for voice in self:
            said = (voice.words or "").strip() or voice.attachment_ids
            if not (said or voice.feeling or voice.is_working):
                raise ValidationError(
                    self.env._("Write what they said, or add their picture or sound.")
                )

    @api.constrains("assessment_id", "service_id", "session_id")
    def _check_place(self):
        """What is said comes into no report but that of its place."""
        # Whether it belongs there, whoever may read the self-assessment.
        for assessment_sudo, some in self.sudo().grouped("assessment_id").items():
            if some.session_id.assessment_id - assessment_sudo:
                raise ValidationError(
                    self.env._("This discussion is part of another self-assessment.")
                )
            if assessment_sudo:
                assessment_sudo._refuse_outside(some.service_id)

    # === ACTIONS === #

    def action_withdraw_consent(self):
        """The person takes back what they agreed to: it is printed no more."""
        self.write(
            {
                "consent": "withdrawn",
                "date_consent": fields.Date.context_today(self),
            }
        )

    # === BUSINESS METHODS === #

    def _may_be_printed(self):
        """Those to print for which the person agreed and nobody is recognised.

        A picture, sound or film is printed with the words that tell what it says.
        """
        return self.filtered(
            lambda voice: (
                voice.is_printed
                and voice.consent == "yes"
                and voice.is_anonymised
                and (voice.words or "").strip()
            )
        )

    def _is_always_open(self, vals):
        """Override: consent is taken back at any time."""
        is_taken_back = vals.get("consent") == "withdrawn"
        if is_taken_back and vals.keys() <= CONSENT_FIELDS:
            return True
        return super()._is_always_open(vals)
