from odoo import api, fields, models
from odoo.exceptions import UserError

from ..left_out import dropped
from ..plain_words import measure
from .dupq_assessment_section_editor import TEXT_FIELDS

# What is written in public stays open until it is published.
OPEN_STATES = ("planned", "running", "completed")


class DupqAssessmentSection(models.Model):
    """A part of the report: a heading, a text in plain words, its Easy Read twin.

    It begins with facts of the record, as numbers and lists; people write the rest.
    """

    _name = "dupq.assessment.section"
    _description = "Part of a Report"
    _inherit = [
        "dupq.assessment.part",
        "dupq.assessment.section.editor",
        "dupq.action.source",
    ]
    _order = "assessment_id, sequence, id"

    name = fields.Char(string="Heading", required=True)
    kind = fields.Selection(
        [
            ("overall", "What we found overall"),
            ("who", "Who took part"),
            ("how", "How we did it"),
            ("found", "What we found, area by area"),
            ("words", "In people's words"),
            ("hard", "What is hard"),
            ("plan", "What we will do, by when"),
            ("own", "A part of our own"),
        ],
        required=True,
        default="own",
    )
    area_id = fields.Many2one(
        "dupq.code.area", index="btree_not_null", ondelete="restrict"
    )
    focus_id = fields.Many2one(
        "dupq.code.focus", index="btree_not_null", ondelete="restrict"
    )
    sequence = fields.Integer(default=100)
    text = fields.Text(compute="_compute_text", inverse="_inverse_text")
    own_text = fields.Text(copy=False)
    # The facts that it was begun with; as long as it says no more, nobody wrote in it.
    begun_text = fields.Text(readonly=True, copy=False)
    is_begun = fields.Boolean(
        string="Only what was counted", compute="_compute_is_begun"
    )
    word_count = fields.Integer(string="Words", compute="_compute_word_count")
    idea_ids = fields.One2many(
        "dupq.assessment.section.idea", "section_id", string="In Easy Read"
    )

    # What the public does not see
    is_public = fields.Boolean(string="Print it", default=True)
    left_out_ids = fields.One2many(
        "dupq.assessment.left.out", "section_id", string="Left out"
    )

    _kind_uniq = models.UniqueIndex(
        "(assessment_id, kind, COALESCE(area_id, 0), COALESCE(focus_id, 0)) "
        "WHERE kind != 'own'",
        "The report has this part already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("own_text", "kind", "assessment_id.outcome", "assessment_id.barriers")
    def _compute_text(self):
        for section in self:
            name = TEXT_FIELDS.get(section.kind)
            section.text = section.assessment_id[name] if name else section.own_text

    def _inverse_text(self):
        for section in self:
            if name := TEXT_FIELDS.get(section.kind):
                section.assessment_id[name] = section.text
            else:
                section.own_text = section.text

    @api.depends("text", "begun_text")
    def _compute_is_begun(self):
        for section in self:
            section.is_begun = bool(section.text) and section.text == section.begun_text

    @api.depends("text")
    def _compute_word_count(self):
        for section in self:
            section.word_count = measure(section.text)["words"]

    # === CRUD METHODS === #

    def write(self, vals):
        """Override to note what is not good yet and is no longer said."""
        if not vals.keys() & {"text", "own_text", "is_public"}:
            return super().write(vals)
        before = {section: section._said() for section in self}
        res = super().write(vals)
        for section, text in before.items():
            section._note_left_out(text)
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_the_usual(self):
        if any(section.kind != "own" for section in self):
            raise UserError(
                self.env._("Leave a part empty if you do not need it; it stays.")
            )

    def _check_open(self):
        """Override: the report is written until it is published."""
        self._check_open_of(self)

    @api.model
    def _check_open_of(self, parts):
        """Refuse, for everyone, to change what the public can read."""
        # The state decides, whoever may read the self-assessment.
        assessments_sudo = parts.sudo().assessment_id
        if done := assessments_sudo.filtered(lambda one: one.state not in OPEN_STATES):
            raise UserError(
                self.env._(
                    "“%(assessment)s” is published. Correct it to change what it says.",
                    assessment=done[0].display_name,
                )
            )

    # === BUSINESS METHODS === #

    def save_text(self, text, seen):
        """Save what somebody wrote, unless somebody else wrote something meanwhile.

        :param str text: the new text
        :param str seen: the text that the writer began with
        :return: the part as the editor shows it, and ``is_saved``; if it is not, its
            text is that of the other person, and nothing of either is lost
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("write")
        # Two who save at once come one after the other; the second is asked again.
        self.lock_for_update()
        self.invalidate_recordset(["text", "own_text"])
        is_saved = (self.text or "") in (seen or "", text or "")
        if is_saved and (self.text or "") != (text or ""):
            self.text = text
        return {**self._get_editor_part(), "is_saved": is_saved}

    def _prepare_action_values(self):
        """Extend: what is planned from a report is for the place it is about."""
        values = super()._prepare_action_values()
        if service := self.assessment_id.service_id:
            values["service_id"] = service.id
        return values

    def _get_action_finding(self):
        """What is not good yet of this part; else what it says."""
        return self._get_hard() or self.text or ""

    def _said(self):
        """What the public reads of this part."""
        return (self.text or "") if self.is_public else ""

    def _get_hard(self):
        """What the record says of this part that is not good yet, as text."""
        self.ensure_one()
        if self.kind == "hard":
            return "\n".join(self.assessment_id._get_barriers_said())
        ratings = self._get_ratings().filtered(
            lambda one: one.status in ("working", "not_yet")
        )
        return "\n".join(rating.finding for rating in ratings if rating.finding)

    def _get_ratings(self, by_group=False):
        """The ratings that this part is about: of everyone, or of each group."""
        self.ensure_one()
        if self.kind != "found":
            return self.env["dupq.assessment.rating"]
        return self.assessment_id.area_rating_ids.filtered(
            lambda one: (
                not one.statement_id
                and one.area_id == self.area_id
                and one.focus_id == self.focus_id
                and bool(one.perspective_id) == by_group
            )
        )

    def _note_left_out(self, before):
        """Keep each hard sentence that was printed and is not any more."""
        self.ensure_one()
        after = "\n".join(one._said() for one in self.assessment_id.section_ids)
        # The note is made for the writer, who may not write it by hand.
        model_sudo = self.env["dupq.assessment.left.out"].sudo()
        known = set(self.left_out_ids.mapped("words"))
        model_sudo.create(
            [
                {
                    "assessment_id": self.assessment_id.id,
                    "section_id": self.id,
                    "words": words,
                    "user_id": self.env.uid,
                }
                for words in dropped(self._get_hard(), before, after)
                if words not in known
            ]
        )
