from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dupq_code.changes import is_change
from odoo.addons.dupq_code.const import QUALITY_LEAD
from odoo.addons.dupq_code.workflow import kept_with_cursor

from .report_facts import came_words, get_told_cells

# Key of the leave to sign; kept with the cursor, never in a context.
SIGNING = object()
# What only signing writes, and what a signature stands under.
SIGNATURE = ("declared_user_id", "datetime_signed")
SIGNED = ("declaration", "declared_by", "declared_role", "date_declared")


class DupqAssessmentDeclaration(models.AbstractModel):
    """What the chair or the chief executive declares, and how they stand for it.

    A part of ``dupq.assessment``, in a file of its own. It is signed here by the one
    who declares it, with their own login, or recorded from a signed paper. What is
    signed stays as it is until the signature is taken back.
    """

    _name = "dupq.assessment.declaration"
    _description = "Declaration of a Self-assessment"

    declaration = fields.Text(copy=False)
    declared_role = fields.Selection(
        [("chair", "Chair of the board"), ("chief_executive", "Chief executive")],
        string="As",
    )
    declaration_signer_id = fields.Many2one(
        "res.users",
        string="Who signs",
        domain=[("share", "=", False)],
        help="The chair or the chief executive, who signs here with their own login.",
    )
    declared_user_id = fields.Many2one(
        "res.users", string="Signed here by", readonly=True, copy=False
    )
    datetime_signed = fields.Datetime(string="Signed on", readonly=True, copy=False)
    may_sign = fields.Boolean(compute="_compute_may_sign")

    # Recorded from paper
    declared_by = fields.Char(
        string="Signed by", copy=False, help="As it is printed in the report."
    )
    date_declared = fields.Date(string="Declared on", copy=False)
    declaration_paper_ids = fields.Many2many(
        "ir.attachment",
        "dupq_assessment_declaration_paper_rel",
        string="The signed paper",
        copy=False,
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "declaration_signer_id", "declared_user_id", "declaration", "declared_role"
    )
    @api.depends_context("uid")
    def _compute_may_sign(self):
        for assessment in self:
            assessment.may_sign = (
                assessment.declaration_signer_id == self.env.user
                and not assessment.declared_user_id
                and bool(assessment.declaration and assessment.declared_role)
            )

    # === CRUD METHODS === #

    def _prepare_create_values(self, vals_list):
        """Override: nothing is born signed, whatever a context says."""
        vals_list = super()._prepare_create_values(vals_list)
        for vals in vals_list:
            self._refuse_signature(vals)
        return vals_list

    def write(self, vals):
        """Override to keep what is signed."""
        self._refuse_signature(vals)
        self._refuse_signed(vals)
        return super().write(vals)

    @api.model
    def _refuse_signature(self, vals):
        """Only signing signs, for everyone."""
        if any(vals.get(name) for name in SIGNATURE) and not self._is_signing():
            raise UserError(
                self.env._("Only the one who declares it signs it, with a click here.")
            )

    def _refuse_signed(self, vals):
        names = vals.keys() & {*SIGNED, *SIGNATURE}
        if not names or self._is_signing():
            return
        for assessment in self.filtered("declared_user_id"):
            if any(is_change(assessment, name, vals[name]) for name in names):
                raise UserError(
                    self.env._(
                        "%(person)s has signed this declaration. Take the signature "
                        "back to change it.",
                        person=assessment.declared_by,
                    )
                )

    def _is_signing(self):
        return self.env.cr.cache.get(SIGNING, False)

    # === ACTIONS === #

    def action_draft_declaration(self):
        """Write a first draft of the declaration, from the ratings; edit it then."""
        for assessment in self:
            assessment.declaration = assessment._prepare_declaration()

    def action_ask_for_signature(self):
        """Give the one who signs something to do."""
        for assessment in self:
            if not assessment.declaration or not assessment.declaration_signer_id:
                raise UserError(
                    self.env._("Write the declaration, and choose who signs it, first.")
                )
            assessment.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=assessment.declaration_signer_id.id,
                summary=self.env._("Read the declaration, and sign it if it is yours"),
            )

    def action_sign_declaration(self):
        """Sign as oneself: the user who is named to do it, and nobody else."""
        self.ensure_one()
        self.check_access("read")
        if self.declaration_signer_id != self.env.user:
            raise UserError(
                self.env._(
                    "This declaration waits for %(person)s.",
                    # Who signs is printed in the report.
                    person=self.sudo().declaration_signer_id.name
                    or self.env._("somebody who is named to sign it"),
                )
            )
        if not self.may_sign:
            raise UserError(self.env._("There is nothing to sign here."))
        self._sign(
            {
                "declared_user_id": self.env.uid,
                "datetime_signed": fields.Datetime.now(),
                "declared_by": self.env.user.name,
                "date_declared": fields.Date.context_today(self),
            },
            self.env._("The declaration was signed."),
        )

    def action_take_back_signature(self):
        """Take back one's own signature, or have a quality lead take it back."""
        self.ensure_one()
        self.check_access("read")
        is_lead = self.env.user.has_group(QUALITY_LEAD) and self.has_access("write")
        if self.declared_user_id != self.env.user and not is_lead:
            raise UserError(
                self.env._("Only who signed it, or a quality lead, takes it back.")
            )
        self._sign(
            dict.fromkeys((*SIGNATURE, "declared_by", "date_declared"), False),
            self.env._("The signature under the declaration was taken back."),
        )

    def _sign(self, values, words):
        """Write the signature of the one who signs, who can only read the rest."""
        # Who may sign was asked by the buttons; nothing else is written here.
        self_sudo = self.sudo()
        with kept_with_cursor(self.env.cr, SIGNING, True):
            self_sudo.write(values)
        self_sudo.message_post(
            body=words,
            author_id=self.env.user.partner_id.id,
            subtype_xmlid="mail.mt_note",
        )
        self_sudo.activity_ids.filtered(
            lambda one: (
                one.user_id == self.env.user and "eclaration" in (one.summary or "")
            )
        ).action_done()

    # === BUSINESS METHODS === #

    def _get_missing_declaration(self):
        """What the company asks for, beyond the Code: a setting, off at first."""
        self.ensure_one()
        # The setting is no secret; whoever publishes need not manage companies.
        is_needed = self.company_id.sudo().dupq_declaration_required
        if is_needed and not (self.declaration and self.declared_by):
            return [
                self.env._("The chair or the chief executive signs the declaration.")
            ]
        return []

    def _prepare_declaration(self):
        """A first draft: what was done, how it stands, what needs work."""
        self.ensure_one()
        work = self.summary_ids.filtered(
            lambda one: one.status in ("working", "not_yet")
        )
        return self.env._(
            "We have joined the %(code)s and have looked at ourselves honestly. "
            "%(took_part)s We still have work to do on: %(areas)s. "
            "Our whole report and our plan are on this page.",
            code=self.code_id.name,
            took_part=came_words(self.env, get_told_cells(self)),
            areas="; ".join(work.area_id.mapped("name")) or self.env._("..."),
        )
