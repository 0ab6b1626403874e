from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models

from ..const import MANAGER, QUALITY_LEAD
from ..dates import long_date
from ..workflow import Transition

# Evidence is fresh for a year (C26).
FRESH_MONTHS = 12
# States in which an item is proposed or stands, rather than being a part of the past.
LIVE_STATES = ("proposed", "accepted", "disputed")


class DupqEvidence(models.Model):
    """Something that was seen, for or against a statement of the Code.

    It says what was seen, in which service, on which day, by whom and whether it
    was good or not yet good. Once accepted it is never changed: a correction is
    a new version, which replaces this one the moment it is accepted.
    """

    _name = "dupq.evidence"
    _inherit = [
        "dupq.evidence.summed",
        "dupq.evidence.derived",
        "dupq.evidence.erased",
        "dupq.evidence.frozen",
        "dupq.evidence.version",
        "dupq.evidence.source",
        "dupq.workflow",
    ]
    _description = "Evidence"
    _order = "date_seen desc, id desc"
    _rec_name = "title"
    _rec_names_search = ["title", "statement_ids.reference"]

    _transitions = (
        Transition(
            "accept",
            source="proposed",
            target="accepted",
            group=MANAGER,
            guard="_why_not_accept",
        ),
        Transition(
            "dispute",
            source="accepted",
            target="disputed",
            group=MANAGER,
            guard="_why_not_managed",
            reason=True,
        ),
        Transition(
            "restore",
            source="disputed",
            target="accepted",
            group=MANAGER,
            guard="_why_not_managed",
            reason=True,
        ),
        Transition(
            "withdraw",
            source=LIVE_STATES,
            target="withdrawn",
            group=MANAGER,
            guard="_why_not_managed",
            reason=True,
        ),
        Transition(
            "supersede",
            source=("accepted", "disputed"),
            target="superseded",
            group=MANAGER,
            guard="_why_not_supersede",
            internal=True,
        ),
    )

    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("accepted", "Accepted"),
            ("disputed", "Disputed"),
            ("superseded", "Replaced"),
            ("withdrawn", "Withdrawn"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    # What was seen
    title = fields.Char(help="In a few words, without anybody's name.")
    note = fields.Text(string="In more detail")
    sentence = fields.Char(compute="_compute_sentence")
    statement_ids = fields.Many2many(
        "dupq.code.statement",
        "dupq_evidence_statement_rel",
        "evidence_id",
        "statement_id",
        string="Statements",
        ondelete="restrict",
    )
    polarity = fields.Selection(
        [("good", "Good"), ("not_yet", "Not yet good")],
        string="It shows",
        required=True,
        default="good",
    )
    date_seen = fields.Date(
        string="Seen on", required=True, default=fields.Date.context_today
    )
    service_id = fields.Many2one("dupq.service", required=True, ondelete="restrict")
    company_id = fields.Many2one(
        related="service_id.company_id", store=True, index=True
    )
    perspective_id = fields.Many2one(
        "dupq.stakeholder.group",
        string="Seen by",
        ondelete="restrict",
        help="Whose view it is: people supported, families, staff...",
    )

    # How it is to be handled
    sensitivity = fields.Selection(
        [("normal", "Normal"), ("confidential", "Confidential")],
        required=True,
        default="normal",
        help="Confidential items are for the quality lead, the safeguarding panel, "
        "the managers of the service and the person who recorded them.",
    )
    consent = fields.Selection(
        [
            ("not_needed", "Not needed: nobody can be recognised"),
            ("given", "Given"),
            ("asked", "Asked, not answered yet"),
            ("refused", "Refused"),
        ],
        required=True,
        default="not_needed",
        help="Whether the people it is about agreed to its use.",
    )
    tag_ids = fields.Many2many("dupq.evidence.tag", string="Tags", ondelete="restrict")
    cqc_category = fields.Selection(
        [
            ("experience", "People's experience"),
            ("staff_feedback", "Feedback from staff and leaders"),
            ("partner_feedback", "Feedback from partners"),
            ("observation", "Observation"),
            ("processes", "Processes"),
            ("outcomes", "Outcomes"),
        ],
        string="CQC evidence category",
    )
    external_url = fields.Char(string="Link")
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)

    # Its parts bring who stands for it, its source and what it corrects
    next_version_ids = fields.One2many(
        "dupq.evidence", "previous_version_id", readonly=True
    )

    _service_date_idx = models.Index("(service_id, date_seen)")
    _source_idx = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")
    _one_by_rule = models.UniqueIndex(
        "(rule_id, res_id) WHERE rule_id IS NOT NULL"
        " AND state IN ('proposed', 'accepted', 'disputed')",
        "This rule has made an item of this record already.",
    )
    _ended_by_hand_idx = models.Index(
        "(rule_id, res_id) WHERE rule_id IS NOT NULL"
        " AND state IN ('withdrawn', 'superseded') AND ended_by_rule IS NOT TRUE"
    )
    _known = models.Constraint(
        "CHECK(known_to IS NULL OR known_from IS NULL OR known_to >= known_from)",
        "Evidence cannot be withdrawn before it was known.",
    )
    _one_correction = models.UniqueIndex(
        "(previous_version_id) WHERE previous_version_id IS NOT NULL"
        " AND state IN ('proposed', 'accepted', 'disputed')",
        "A correction of this item has been started already.",
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "title",
        "source_type",
        "date_seen",
        "statement_ids.reference",
        "sensitivity",
        "rule_values",
        "erased_on",
    )
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        """The title, or source, day and statements; never of a hidden item.

        Links from other records show a name without asking our rules.
        """
        hidden = self._get_hidden()
        derived = (self - hidden)._get_derived_titles()
        sources = dict(self._fields["source_type"]._description_selection(self.env))
        for item in self:
            if item in hidden:
                item.display_name = self.env._("Confidential item")
            else:
                day = long_date(self.env, item.date_seen)
                references = ", ".join(item.statement_ids.mapped("reference"))
                name = f"{sources.get(item.source_type)}, {day}"
                if item.erased_on:
                    name = item._get_tombstone()
                name += f" ({references})" if references else ""
                # What has yet to be saved is simply new.
                name = name if item._origin else False
                item.display_name = item.title or derived.get(item.id) or name

    @api.depends("perspective_id", "service_id", "date_seen", "polarity")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for item in self:
            item.sentence = item._get_sentence()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        evidence = super().create(vals_list)
        evidence._check_source_access()
        evidence._adopt_attachments()
        return evidence

    # === ACTIONS === #

    def action_accept(self):
        """It counts from now on; what it corrects is replaced."""
        return self._take("accept")

    def action_dispute(self):
        """Somebody says it was not so: it does not count until that is settled."""
        return self._take("dispute")

    def action_restore(self):
        """It was so after all, and counts again."""
        return self._take("restore")

    def action_withdraw(self):
        """It counts no more; that it was there stays known."""
        return self._take("withdraw")

    def action_accept_possible(self):
        """Accept those of the selected items that can be, and say which not."""
        moved, refused = self._take_possible("accept")
        message = self.env._("%(count)s accepted.", count=len(moved))
        if refused:
            message = self.env._(
                "%(count)s accepted. %(refused)s left as they were: %(reasons)s",
                count=len(moved),
                refused=len(refused),
                reasons=" ".join(sorted(set(refused.values()))),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "warning" if refused else "success",
                "sticky": bool(refused),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === GUARDS === #

    def _why_not_accept(self):
        """Say which items cannot be accepted by this user today."""
        today = fields.Date.context_today(self)
        refused = (self | self.previous_version_id)._why_not_managed()
        refused = {
            item: refused.get(item) or refused.get(item.previous_version_id)
            for item in self
            if item in refused or item.previous_version_id in refused
        }
        for item in self:
            if item.date_seen > today:
                refused[item] = self.env._("It cannot have been seen in the future.")
            elif not item.statement_ids:
                refused[item] = self.env._("Choose at least one statement first.")
            elif item.consent in ("asked", "refused"):
                refused[item] = self.env._("The people it is about have not agreed.")
            elif item.previous_version_id.state not in (False, *LIVE_STATES):
                refused[item] = self.env._("What it corrects is no longer in use.")
        return refused

    def _why_not_managed(self):
        """Say of which services this user is not a manager today."""
        if self.env.su or self.env.user.has_group(QUALITY_LEAD):
            return {}
        managed = self.service_id.filtered("is_managed")
        return {
            item: self.env._(
                "Only a manager of %(service)s or a quality lead can do this.",
                service=item.service_id.display_name,
            )
            for item in self
            if item.service_id not in managed
        }

    # === BUSINESS METHODS === #

    def _took(self, name):
        """Override to keep since when, and until when, we knew it."""
        res = super()._took(name)
        if name == "accept":
            self._note_accepted()
            self._replace_previous()
        elif name in ("withdraw", "supersede"):
            self._note_ended()
        return res

    def _record_past(self, state, date, source):
        """Override to know it from the day it was known elsewhere."""
        result = super()._record_past(state, date, source)
        when = fields.Datetime.to_datetime(date)
        if state in ("accepted", "disputed"):
            new = self.filtered(lambda item: not item.known_from)
            new._write_own({"known_from": when, "verified_date": when.date()})
        elif state != "proposed":
            self._note_ended(when)
        return result

    def _changed(self, vals):
        """Ask again about the source and the service that it now belongs to."""
        result = super()._changed(vals)
        if vals.keys() & {"res_model", "res_id"}:
            self._check_source_access()
        if "service_id" in vals:
            # Rules were asked about the service it comes from; now the other one.
            self.check_access("write")
        if "attachment_ids" in vals:
            self._adopt_attachments()
        return result

    def _adopt_attachments(self):
        """Files uploaded on a new item belong to it from its first save."""
        for item in self:
            # Only the uploader's own files that belong nowhere yet.
            item.attachment_ids.sudo().filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            ).write({"res_model": self._name, "res_id": item.id})

    def _get_hidden(self):
        """Confidential ones among these that the user may not read."""
        confidential = self.filtered(
            lambda item: item.sensitivity == "confidential" and item._origin
        )
        if self.env.uid == SUPERUSER_ID:
            return self.browse()
        return confidential - confidential.sudo(False)._filtered_access("read")

    def _get_sentence(self):
        """Who saw it, where, when, and whether it is good: one sentence."""
        self.ensure_one()
        if not (self.service_id and self.date_seen):
            return False
        polarities = dict(self._fields["polarity"]._description_selection(self.env))
        values = {
            "who": self.perspective_id.name,
            "service": self.service_id.name,
            "day": long_date(self.env, self.date_seen),
            "shows": (polarities.get(self.polarity) or "").lower(),
        }
        if self.perspective_id:
            return self.env._(
                "%(who)s saw this at %(service)s on %(day)s. It shows: %(shows)s.",
                **values,
            )
        return self.env._(
            "Seen at %(service)s on %(day)s. It shows: %(shows)s.", **values
        )

    @api.model
    def _get_fresh_limit(self):
        """The last day that is too long ago to be fresh today."""
        return fields.Date.context_today(self) - relativedelta(months=FRESH_MONTHS)

    def _get_form_action(self):
        """The window with the form of one item."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
