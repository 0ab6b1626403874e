from odoo import api, fields, models

from ..const import SUPPORTED_KIND

OPEN_STATES = ("open", "in_progress")
PEOPLE_SUPPORTED = "dupq_code.dupq_stakeholder_group_people_supported"
# How an answer is kept: as what a voice says.
FEELINGS = {"yes": "good", "partly": "mixed", "no": "not_yet"}
ANSWERS = {feeling: answer for answer, feeling in FEELINGS.items()}


class DupqActionEffect(models.AbstractModel):
    """Whether an action worked, as those say whom it is for (A36).

    A part of ``dupq.action``, in a file of its own. Each answer is a voice. The
    action itself keeps nothing of them, not even when the last one came, so that
    nobody is known by it.
    """

    _name = "dupq.action.effect"
    _description = "Whether an Action Worked"

    affected_group_ids = fields.Many2many(
        "dupq.stakeholder.group",
        "dupq_action_affected_group_rel",
        string="For whom",
        default=lambda self: self._default_affected_group_ids(),
        help="These groups say whether it worked; nobody else's answer closes it.",
    )
    question = fields.Char(
        string="Ask it like this",
        help="In everyday words. Empty: they are asked by the name of the action.",
    )
    date_asked = fields.Date(
        string="Asked since",
        readonly=True,
        copy=False,
        help="Since this day they are asked at their links and in their accounts.",
    )
    effect_voice_ids = fields.One2many(
        "dupq.voice", "action_id", string="What they said", copy=False
    )
    did_it_work = fields.Selection(
        [("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
        string="Did it work?",
        compute="_compute_did_it_work",
        help="Yes or no when all of those whom it is for say so; else partly.",
    )
    date_effect = fields.Date(string="Told us on", compute="_compute_did_it_work")
    effect_group_ids = fields.Many2many(
        "dupq.stakeholder.group",
        string="Who told us",
        compute="_compute_did_it_work",
        help="The people affected, not only those who did the work.",
    )
    told_before = fields.Selection(
        [("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
        string="Told in an earlier year",
        copy=False,
        readonly=True,
        help="What came in with the report of an earlier year.",
    )
    effect = fields.Text(
        string="In short", copy=False, help="What came of it, without anybody's name."
    )

    # === DEFAULTS === #

    @api.model
    def _default_affected_group_ids(self):
        """People supported, unless somebody says otherwise."""
        known = self.env["ir.model.data"]._xmlid_to_res_id(PEOPLE_SUPPORTED)
        return self.env["dupq.stakeholder.group"].browse(known and [known])

    # === COMPUTE METHODS === #

    @api.depends(
        "affected_group_ids",
        "owner_id",
        "state",
        "told_before",
        "effect_voice_ids.feeling",
        "effect_voice_ids.group_id",
        "effect_voice_ids.is_said_before",
    )
    def _compute_did_it_work(self):
        for action in self:
            # Groups, the last day and one word: nothing of who said what.
            action_sudo = action.sudo()
            counted = action_sudo._get_counted()
            before = action.state == "done" and action.told_before
            action.did_it_work = get_together(counted) or before
            action.date_effect = max(counted.mapped("date"), default=False)
            action.effect_group_ids = action_sudo._get_answers().group_id

    # === ACTIONS === #

    def action_ask(self):
        """Ask those whom it is for, at their links and in their accounts."""
        self.check_access("write")
        for action in self.filtered(lambda one: one.state in OPEN_STATES):
            action.date_asked = fields.Date.context_today(action)

    def action_stop_asking(self):
        """Ask nobody any more for now; what was said stays."""
        self.check_access("write")
        self.date_asked = False

    def action_tell(self):
        """Write down what somebody answered who does not do it at a page."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Did it work?"),
            "res_model": "dupq.action.tell",
            "view_mode": "form",
            "target": "new",
            "context": {"default_action_id": self.id},
        }

    # === GUARDS === #

    def _why_not_done(self):
        """Done means that somebody affected has said whether it worked."""
        refused = {}
        for action in self:
            # Whether somebody answered, whoever may read what they said.
            action_sudo = action.sudo()
            if action_sudo._get_counted():
                continue
            values = {
                "name": action.name,
                "groups": action._get_affected_words(),
            }
            if action_sudo._get_answers():
                refused[action] = self.env._(
                    "So far only others have answered whether “%(name)s” worked. Ask "
                    "those whom it is for: %(groups)s.",
                    **values,
                )
            else:
                refused[action] = self.env._(
                    "“%(name)s” is done when those whom it is for have answered “Did "
                    "it work?”. Ask them: %(groups)s.",
                    **values,
                )
        return refused

    # === BUSINESS METHODS === #

    def _get_affected_words(self):
        """For whom it is, as one line."""
        self.ensure_one()
        names = self.affected_group_ids.mapped("name")
        return ", ".join(names) or self.env._("people and families")

    def _is_for(self, group):
        """Whether the people of a group are those whom it is for."""
        if self.affected_group_ids:
            return group in self.affected_group_ids
        return group.kind == SUPPORTED_KIND

    def _get_answers(self):
        """All that was answered since it was begun, or taken up again."""
        return self.effect_voice_ids.filtered(
            lambda voice: voice.feeling and not voice.is_said_before
        )

    def _get_counted(self):
        """The answers of those whom it is for; never what the owner says of it.

        What the owner writes down for people and families is theirs; for a group of
        staff it may be the owner's own, so that somebody else writes it down.
        """
        self.ensure_one()
        owner = self.owner_id
        return self._get_answers().filtered(
            lambda voice: (
                self._is_for(voice.group_id)
                and voice.partner_id != owner.partner_id
                and (voice.create_uid != owner or voice.group_id.kind == SUPPORTED_KIND)
            )
        )

    def _prepare_answer(self, did_it_work, group, words=None, **said):
        """Values of the voice in which an answer is kept.

        :param did_it_work: "yes", "partly" or "no"
        :param said: more of the voice, such as its ``channel`` and ``consent``
        """
        self.ensure_one()
        return {
            **said,
            "action_id": self.id,
            "service_id": self.service_id.id,
            "area_id": self.area_id.id,
            "group_id": group.id,
            "feeling": FEELINGS[did_it_work],
            "words": (words or "").strip() or False,
        }

    def _ask_anew(self):
        """What was said of it so far no longer says whether it worked."""
        # Whoever may take it up again may say so; no word of anybody is changed.
        self.sudo().effect_voice_ids.is_said_before = True


def get_together(answers):
    """What several say as one: yes or no if all of them do, else partly.

    Nobody's "no" gets lost among many a "yes".
    """
    said = {ANSWERS[feeling] for feeling in answers.mapped("feeling")}
    if not said:
        return False
    return said.pop() if len(said) == 1 else "partly"
