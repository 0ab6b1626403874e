from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize


class PrivacyLookupWizard(models.TransientModel):
    """Offers what we keep about an applicant, which has no address of its own."""

    _inherit = "privacy.lookup.wizard"

    def _get_query(self):
        """Extend to find our records about the applicants of that name or address."""
        parts = [super()._get_query()]
        for model, records in self._get_dupq_records().items():
            parts.append(
                SQL(
                    """SELECT %s AS res_model_id, id AS res_id, True AS is_active
                         FROM unnest(%s::int[]) AS id""",
                    self.env["ir.model"]._get_id(model),
                    records.ids,
                )
            )
        return SQL(" UNION ALL ").join(parts)

    def _get_dupq_records(self):
        """Ours about those applicants: ``{model: records}``."""
        # Whoever may look for personal data of all kinds may be told where it is.
        applicants_sudo = self.env["hr.applicant"].sudo()
        email = email_normalize(self.email.strip())
        name = self.name.strip()
        found_sudo = applicants_sudo.with_context(active_test=False).search(
            Domain("email_normalized", "=", email)
            | Domain("partner_name", "ilike", name)
            | Domain("partner_id.email_normalized", "=", email)
            | Domain("partner_id.name", "ilike", name)
        )
        eraser = self.env["dupq.eraser"]
        about = eraser._get_models_about("hr.applicant")
        gathered = eraser._gather(found_sudo)
        return {model: some for model, some in gathered.items() if model in about}


class PrivacyLookupWizardLine(models.TransientModel):
    """Empties what is ours, where Odoo would delete it and the figures with it."""

    _inherit = "privacy.lookup.wizard.line"

    def action_unlink(self):
        """Override: ours is emptied; an applicant's is, before the applicant goes."""
        self.ensure_one()
        eraser = self.env["dupq.eraser"]
        # As Odoo does here: this dialog is for those who may delete anything.
        record_sudo = self.env[self.res_model].sudo().browse(self.res_id).exists()
        if self.is_unlinked or not record_sudo:
            return super().action_unlink()
        if self.res_model == "hr.applicant":
            names = [record_sudo.partner_name] if record_sudo.partner_name else []
            eraser._erase(record_sudo, "applicant", "asked", names)
        elif self.res_model in self._get_dupq_models():
            eraser._erase(record_sudo, "record", "asked")
            self.execution_details = self.env._(
                "Emptied %(kind)s #%(number)s",
                kind=self.res_model_id.name,
                number=self.res_id,
            )
            self.is_unlinked = True
            return None
        return super().action_unlink()

    def _get_dupq_models(self):
        """What is emptied rather than deleted; a person has a dialog of their own."""
        eraser = self.env["dupq.eraser"]
        about = {*eraser._get_models_about("dupq.person")}
        return about.union(eraser._get_models_about("hr.applicant")) - {"dupq.person"}
