from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.dupq_code.const import MANAGER, QUALITY_LEAD
from odoo.addons.dupq_code.workflow import Transition, kept_with_cursor

from .dupq_assessment_rating_change import BECAUSE_OF

# A rating is a draft until it has been published.
DRAFT_STATES = ("planned", "running", "completed")
# What was said: as it was said, for everyone and for ever.
SAID_FIELDS = frozenset(
    (
        "assessment_id",
        "rating_id",
        "words",
        "level_said_id",
        "level_wanted_id",
        "group_id",
        "user_id",
        "is_anonymous",
        "date",
    )
)
ANSWER_FIELDS = frozenset(("answer", "level_agreed_id"))
OWN_FIELDS = frozenset(("answered_by_id", "date_answered"))
# What somebody without a login may say, see `_contest`.
GUEST_FIELDS = ("words", "level_wanted_id", "group_id")
MOST_CHARACTERS = 4000
# Key of the ids whose answer is being noted; kept with the cursor, and used up once.
NOTED = object()


class DupqAssessmentDissent(models.Model):
    """Somebody sees a draft rating differently, and what was answered.

    It is kept as it was said, answered by whoever leads the self-assessment, and
    printed with the answer. Nobody overwrites or deletes it.
    """

    _name = "dupq.assessment.dissent"
    _description = "Objection to a Rating"
    _inherit = ["dupq.workflow", "dupq.voice.export"]
    _order = "assessment_id, id"
    # Who says it without a name leaves no name, nor a time finer than the day.
    _log_access = False
    _check_company_auto = True

    _transitions = (
        Transition(
            "answer",
            source="open",
            target="answered",
            group=MANAGER,
            guard="_why_not_answer",
            label="Keep the rating",
        ),
        Transition(
            "agree",
            source="open",
            target="agreed_changed",
            group=MANAGER,
            guard="_why_not_agree",
            label="Agree and change it",
        ),
    )

    state = fields.Selection(
        [
            ("open", "Not answered yet"),
            ("answered", "Answered, rating kept"),
            ("agreed_changed", "Agreed, rating changed"),
        ],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
        group_expand=True,
    )
    assessment_id = fields.Many2one(
        "dupq.assessment",
        compute="_compute_assessment_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, index=True
    )
    rating_id = fields.Many2one(
        "dupq.assessment.rating",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('assessment_id', '=?', assessment_id)]",
    )
    scale_id = fields.Many2one(related="assessment_id.scale_id")
    assessment_state = fields.Selection(
        related="assessment_id.state", string="State of the self-assessment"
    )

    # What was said, by whom, about which rating
    words = fields.Text(string="I see it differently because", required=True)
    level_said_id = fields.Many2one(
        "dupq.rating.scale.level",
        string="The draft said",
        readonly=True,
        ondelete="restrict",
    )
    level_wanted_id = fields.Many2one(
        "dupq.rating.scale.level",
        string="I would say",
        ondelete="restrict",
        domain="[('scale_id', '=', scale_id)]",
    )
    group_id = fields.Many2one(
        "dupq.stakeholder.group",
        string="Speaks as",
        required=True,
        ondelete="restrict",
    )
    is_anonymous = fields.Boolean(
        string="Without my name", help="Then nothing says who it was, not even to us."
    )
    user_id = fields.Many2one(
        "res.users", string="Said by", readonly=True, ondelete="set null"
    )
    date = fields.Date(string="Said on", required=True, readonly=True, copy=False)

    is_anonymised = fields.Boolean(
        string="Names nobody",
        copy=False,
        help="Nobody can be recognised by the words. Only then are they printed.",
    )

    # What was answered
    answer = fields.Text(copy=False, help="With the reason. It is printed.")
    level_agreed_id = fields.Many2one(
        "dupq.rating.scale.level",
        string="The rating becomes",
        copy=False,
        ondelete="restrict",
        domain="[('scale_id', '=', scale_id)]",
    )
    answered_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="set null"
    )
    date_answered = fields.Date(string="Answered on", readonly=True, copy=False)

    # === COMPUTE METHODS === #

    @api.depends("rating_id")
    def _compute_assessment_id(self):
        for dissent in self:
            rated = dissent.rating_id.assessment_id
            dissent.assessment_id = rated or dissent.assessment_id

    @api.depends("rating_id", "group_id")
    def _compute_display_name(self):
        for dissent in self:
            names = (dissent.group_id.name, dissent.rating_id.display_name)
            dissent.display_name = ": ".join(name for name in names if name)

    # === CONSTRAINT METHODS === #

    @api.constrains("words")
    def _check_words(self):
        for dissent in self:
            if not (dissent.words or "").strip():
                raise ValidationError(self.env._("Say why you see it differently."))
            if len(dissent.words) > MOST_CHARACTERS:
                raise ValidationError(
                    self.env._(
                        "Please say it in at most %(number)s characters.",
                        number=MOST_CHARACTERS,
                    )
                )

    @api.constrains("level_wanted_id", "level_agreed_id", "rating_id")
    def _check_levels(self):
        for dissent in self:
            scales = (dissent.level_wanted_id | dissent.level_agreed_id).scale_id
            if scales - dissent.assessment_id.scale_id:
                raise ValidationError(
                    self.env._("Choose a step of the scale of this self-assessment.")
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to note who said it and when, and what the draft said then."""
        ids = [vals.get("rating_id") for vals in vals_list]
        if not all(isinstance(id_, int) and id_ for id_ in ids):
            raise ValidationError(self.env._("Choose the rating you see differently."))
        ratings = self.env["dupq.assessment.rating"].browse(ids)
        # Who may not see a rating does not contest it.
        ratings.check_access("read")
        self._check_draft(ratings.assessment_id)
        return super().create(
            [
                self._prepare_said(rating, vals)
                for rating, vals in zip(ratings, vals_list, strict=True)
            ]
        )

    @api.model
    def _prepare_said(self, rating, vals):
        """What somebody says, and nothing that only we can say."""
        is_anonymous = bool(vals.get("is_anonymous"))
        return {
            **dict.fromkeys((*OWN_FIELDS, *ANSWER_FIELDS, "is_anonymised"), False),
            "words": (vals.get("words") or "").strip(),
            "group_id": vals.get("group_id"),
            "level_wanted_id": vals.get("level_wanted_id"),
            "is_anonymous": is_anonymous,
            "rating_id": rating.id,
            "assessment_id": rating.assessment_id.id,
            "level_said_id": rating.level_id.id,
            "user_id": False if is_anonymous else self.env.uid,
            "date": fields.Date.context_today(self),
        }

    def write(self, vals):
        """Override to keep what was said, and what was answered, as it was."""
        self.check_access("write")
        is_noted = self.env.cr.cache.pop(NOTED, None) == set(self._ids)
        if vals.keys() & SAID_FIELDS or (vals.keys() & OWN_FIELDS and not is_noted):
            raise UserError(
                self.env._(
                    "What somebody said stays as they said it. Answer it instead."
                )
            )
        if vals.keys() & ANSWER_FIELDS and any(
            dissent.state != "open" for dissent in self
        ):
            raise UserError(
                self.env._("This has been answered, and the answer is kept as it is.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("What somebody contested is kept. Answer it instead.")
        )

    # === ACTIONS === #

    def action_open(self):
        """Open it by itself, to answer it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who sees it differently"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def action_answer(self):
        """The rating stays as it is, and the answer says why."""
        return self._take("answer")

    def action_agree(self):
        """The rating is changed to what was agreed; both are kept and printed."""
        return self._take("agree")

    # === GUARDS === #

    def _why_not_answer(self):
        """The one who leads answers, in words."""
        refused = {}
        is_quality_lead = self.env.su or self.env.user.has_group(QUALITY_LEAD)
        for dissent in self:
            lead = dissent.assessment_id.lead_id
            if not is_quality_lead and lead != self.env.user:
                refused[dissent] = self.env._(
                    "%(lead)s, who leads the self-assessment, answers this; or a "
                    "quality lead.",
                    lead=lead.name,
                )
            elif not (dissent.answer or "").strip():
                refused[dissent] = self.env._(
                    "Write an answer first, with the reason: it is printed."
                )
        return refused

    def _why_not_agree(self):
        """There is an answer, and a rating that is another than before."""
        refused = self._why_not_answer()
        for dissent in self:
            if dissent in refused:
                continue
            agreed = dissent.level_agreed_id
            if not agreed or agreed == dissent.rating_id.level_id:
                refused[dissent] = self.env._(
                    "Choose what the rating becomes: another than it is now."
                )
            elif dissent.assessment_id.state not in ("planned", "running"):
                refused[dissent] = self.env._(
                    "“%(assessment)s” is completed. Take it up again to change a "
                    "rating.",
                    assessment=dissent.assessment_id.display_name,
                )
        return refused

    # === BUSINESS METHODS === #

    @api.model
    def _open_new(self, **known):
        """Open an objection that is yet to be said.

        :param known: what is known of it: its rating, or the self-assessment
        """
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "name": self.env._("I see it differently"),
            "context": {f"default_{name}": value for name, value in known.items()},
        }

    def _took(self, name):
        res = super()._took(name)
        self._note_answered()
        if name == "agree":
            self._change_ratings()
        return res

    def _note_answered(self):
        """Keep who answered and when, which nobody writes by hand."""
        values = {
            "answered_by_id": self.env.uid,
            "date_answered": fields.Date.context_today(self),
        }
        with kept_with_cursor(self.env.cr, NOTED, set(self._ids)):
            self.write(values)

    def _change_ratings(self):
        """Rate as was agreed; the history of the rating says because of what."""
        for dissent in self:
            because = {dissent.rating_id.id: dissent.id}
            with kept_with_cursor(self.env.cr, BECAUSE_OF, because):
                dissent.rating_id.level_id = dissent.level_agreed_id

    @api.model
    def _check_draft(self, assessments):
        """What is published is challenged in public, not contested as a draft."""
        # The state decides, whoever may read the self-assessment.
        done = assessments.sudo().filtered(lambda one: one.state not in DRAFT_STATES)
        if done:
            raise UserError(
                self.env._(
                    "“%(assessment)s” is published: its ratings are no draft any more. "
                    "Its public page says how to challenge it.",
                    assessment=done[0].display_name,
                )
            )

    @api.model
    def _contest(self, rating, values):
        """An objection of somebody without a login: a guest by a link, or a family.

        Nothing of who said it is kept but the group they speak for; of ``values``
        nothing is taken but ``words``, ``group_id`` and ``level_wanted_id``.

        :param rating: the rating, of the self-assessment to which the guest was asked
        :param values: plain values, as they came from a page
        """
        values = {name: values[name] for name in GUEST_FIELDS if values.get(name)}
        # The caller has checked the link of the guest, who has no rights of their own;
        # in the name of nobody, also where the browser is signed in.
        nobody_sudo = self.with_user(self.env.ref("base.public_user")).sudo()
        dissent_sudo = nobody_sudo.create(
            {**values, "rating_id": rating.id, "is_anonymous": True}
        )
        return dissent_sudo.with_env(self.env)
