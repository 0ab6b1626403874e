from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

# What a person may put right by hand.
BY_HAND = {"address"}


class DupqAssessmentSurveyInvitee(models.Model):
    """Somebody who gets a survey: asked once, or why not yet.

    Nothing here says whether they answered, and nothing leads to an answer.
    """

    _name = "dupq.assessment.survey.invitee"
    _description = "Who Gets a Survey"
    _order = "survey_id desc, id"
    _rec_name = "partner_id"

    survey_id = fields.Many2one(
        "dupq.assessment.survey",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="survey_id.company_id", store=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Who",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    address = fields.Char(
        string="E-mail address",
        compute="_compute_address",
        store=True,
        readonly=False,
        help="Put it right here for this survey, or in the contact for good.",
    )
    is_asked = fields.Boolean(string="Asked", readonly=True, copy=False)
    trouble = fields.Selection(
        [
            ("missing", "There is no e-mail address"),
            ("invalid", "This is not an e-mail address"),
            ("returned", "The message could not be delivered"),
        ],
        string="Why not",
        compute="_compute_trouble",
        store=True,
        copy=False,
    )
    detail = fields.Char(string="What the mail server said", readonly=True, copy=False)
    # Only as long as the message waits; it is deleted once it is sent.
    mail_id = fields.Many2one(
        "mail.mail",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
        groups=fields.NO_ACCESS,
    )

    _partner_uniq = models.Constraint(
        "UNIQUE(survey_id, partner_id)", "Nobody gets the same survey twice."
    )
    _waiting_idx = models.Index(
        "(survey_id, id) WHERE is_asked IS NOT TRUE AND trouble IS NULL"
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_id.email")
    def _compute_address(self):
        for invitee in self:
            invitee.address = invitee.partner_id.email

    @api.depends("address")
    def _compute_trouble(self):
        for invitee in self:
            address = (invitee.address or "").strip()
            if invitee.is_asked or email_normalize(address, strict=False):
                invitee.trouble = False
            else:
                invitee.trouble = "invalid" if address else "missing"

    # === CRUD METHODS === #

    def write(self, vals):
        """Override: by hand only the address, which then has another try."""
        if not self.env.su and vals.keys() - BY_HAND:
            raise AccessError(
                self.env._("Here only an address is put right; the rest happens.")
            )
        res = super().write(vals)
        if "address" in vals:
            self.survey_id._trigger_cron()
        return res

    # === ACTIONS === #

    def action_open_contact(self):
        """Open the contact, to put the address right for good."""
        self.ensure_one()
        return self.partner_id.get_formview_action()
