from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.dupq_code.changes import is_change

# So many other reports are named one by one.
NAMED_REPORTS = 5


class DupqAssessmentPublic(models.AbstractModel):
    """What a self-assessment says in public, and how it comes out.

    A part of ``dupq.assessment``, in a file of its own.
    """

    _name = "dupq.assessment.public"
    _description = "Public Part of a Self-assessment"
    _inherit = ["dupq.assessment.declaration"]

    # What the public page is made from
    _published_fields = (
        "date_from",
        "date_to",
        "outcome",
        "outcome_easy_read",
        "barriers",
        "declaration",
        "declared_by",
        "declared_role",
        "date_declared",
        "declaration_paper_ids",
        "challenge",
        "few_voices_reason",
        "breadth_reason",
        "design_group_ids",
        "design_note",
    )

    # What was found
    outcome = fields.Text(string="What we found overall", copy=False)
    outcome_easy_read = fields.Text(
        string="The same in Easy Read",
        copy=False,
        help="One short sentence a line, with everyday words.",
    )
    barriers = fields.Text(string="What is hard", copy=False)
    challenge = fields.Text(
        string="How to tell us we are wrong",
        default=lambda self: self._default_challenge(),
    )

    # What came out
    change_note = fields.Char(
        string="What has changed",
        copy=False,
        help="Shown beside the new version of a report that was corrected.",
    )
    publication_url = fields.Char(
        string="Public page", compute="_compute_publication_url"
    )
    edition_ids = fields.Many2many(
        "dupq.publication.edition",
        string="Printed editions",
        compute="_compute_edition_ids",
    )

    hidden_numbers = fields.Text(
        string="Numbers that are not shown", compute="_compute_hidden_numbers"
    )

    # === DEFAULTS === #

    @api.model
    def _default_challenge(self):
        """How to reach the company, for whoever sees it differently."""
        company = self.env.company
        contact = company.email or company.phone or company.name
        return self.env._(
            "If this is not what you see or live, please tell us: %(contact)s. "
            "We answer, and we print what comes of it.",
            contact=contact,
        )

    # === COMPUTE METHODS === #

    @api.depends("publication_ids")
    def _compute_publication_url(self):
        for assessment in self:
            assessment.publication_url = assessment.publication_ids[:1].url

    @api.depends("publication_ids.edition_ids")
    def _compute_edition_ids(self):
        for assessment in self:
            assessment.edition_ids = assessment.publication_ids.edition_ids

    @api.depends("state")
    def _compute_hidden_numbers(self):
        """Before it comes out: numbers that other reports make telling, a line each."""
        blocks = self.env["dupq.publication.block"]
        for assessment in self:
            is_next = assessment.state == "completed"
            found = blocks._get_left_out(assessment) if is_next else {}
            assessment.hidden_numbers = "\n".join(
                self.env._(
                    "%(number)s: together with %(reports)s",
                    number=number,
                    reports="; ".join(reports[:NAMED_REPORTS])
                    + ("..." if reports[NAMED_REPORTS:] else ""),
                )
                for number, reports in found.items()
            )

    # === ACTIONS === #

    def action_view_public_page(self):
        """Open what the public sees."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self.publication_url,
            "target": "new",
        }

    # === GUARDS === #

    def _why_not_publish(self):
        """The outcome and the plan come out together; each quote has consent."""
        refused = {}
        for assessment in self:
            if missing := assessment._get_missing_to_publish():
                refused[assessment] = " ".join(missing)
        return refused

    def _get_missing_to_publish(self):
        """Sentences: what the Code or a promise to a person still asks for.

        Extend to ask for more before a report comes out.
        """
        self.ensure_one()
        missing = []
        if not self._says_outcome():
            missing.append(self.env._("Write what you found overall."))
        if not self.action_ids:
            missing.append(self.env._("Add at least one action to the plan."))
        if open_quotes := self._get_open_quotes():
            missing.append(
                self.env._(
                    "%(count)s of the quotes to print need the person's consent and "
                    "no names in them. Press “Clear the quotes” at the top of the page "
                    "to record the consent, or to take them out of the report.",
                    count=len(open_quotes),
                )
            )
        if self.publication_ids and not self.change_note:
            missing.append(self.env._("Say what has changed since the last version."))
        missing += self._get_missing_declaration()
        return missing

    def _says_outcome(self):
        """Whether what was found can be read. Extend for other styles of a report."""
        return bool((self.outcome or "").strip())

    def _refuse_published(self, vals):
        """Refuse, for everyone, to change what the public can read."""
        names = vals.keys() & set(self._published_fields)
        for assessment in self:
            if assessment.state in ("published", "replaced") and any(
                is_change(assessment, name, vals[name]) for name in names
            ):
                raise UserError(
                    self.env._(
                        "“%(assessment)s” is published. Correct it to change what "
                        "it says.",
                        assessment=assessment.display_name,
                    )
                )

    # === BUSINESS METHODS === #

    def _publish(self, date=None):
        """Make the snapshots; those published before make room for them.

        :param date: the day they came out, if not today
        """
        self.env["dupq.publication"]._publish(self, date=date)
        # Whoever may publish has the questions asked that follow from it.
        self.env["dupq.assessment.impact"].sudo()._prepare(self, date=date)
        for assessment in self:
            assessment._get_published_before()._take("replace")

    def _get_published_before(self):
        """Published ones of the same place by the same Code, before this one."""
        self.ensure_one()
        return self.search(
            self._get_same_place_domain()
            & Domain("id", "!=", self.id)
            & Domain("code_id.key", "=", self.code_id.key)
            & Domain("state", "=", "published")
            & Domain("date_to", "<=", self.date_to)
        )
