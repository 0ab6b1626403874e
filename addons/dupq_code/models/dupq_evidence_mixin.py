from odoo import api, fields, models
from odoo.fields import Command, Domain

from .dupq_evidence import LIVE_STATES


class DupqEvidenceMixin(models.AbstractModel):
    """A record of the provider's Odoo that evidence can be linked to.

    Nothing is stored on the host: evidence knows its source, not the reverse.
    """

    _name = "dupq.evidence.mixin"
    _description = "Record that evidence can be linked to"

    # What the evidence is offered to be when it is linked by hand.
    _dupq_source_type = "hand"
    _dupq_perspective = None
    _dupq_statements = ()

    dupq_evidence_count = fields.Integer(
        string="Evidence", compute="_compute_dupq_evidence_count"
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_dupq_evidence_count(self):
        """How many items the user may read; none for users without evidence."""
        counts = {}
        if self.env["dupq.evidence"].has_access("read"):
            counts = dict(
                self.env["dupq.evidence"]._read_group(
                    self._get_dupq_evidence_domain(), ["res_id"], ["__count"]
                )
            )
        for record in self:
            record.dupq_evidence_count = counts.get(record._origin.id, 0)

    def unlink(self):
        """Override to mark the evidence that came from these records."""
        if not self:
            return super().unlink()
        # Evidence outlives its source, whoever deletes that.
        evidence_sudo = self.env["dupq.evidence"].sudo()
        evidence_sudo = evidence_sudo.search(self._get_dupq_source_domain())
        result = super().unlink()
        evidence_sudo._mark_source_gone()
        return result

    # === ACTIONS === #

    def action_dupq_evidence_open(self):
        """Show the evidence from this record; offer a first item if there is none."""
        self.ensure_one()
        self.check_access("read")
        may_add = self.env["dupq.evidence"].has_access("create")
        if may_add and not self.dupq_evidence_count:
            return self.action_dupq_evidence_link()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Evidence"),
            "res_model": "dupq.evidence",
            "view_mode": "list,kanban,form",
            "domain": list(self._get_dupq_evidence_domain()),
            "context": self._prepare_dupq_evidence_defaults(),
        }

    def action_dupq_evidence_link(self):
        """Open a new item of evidence with what this record already says."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link as evidence"),
            "res_model": "dupq.evidence",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": self._prepare_dupq_evidence_defaults(),
        }

    # === HOOKS FOR HOSTS === #

    def _get_dupq_person_names(self):
        """Override to give ``{id: [names]}`` of people a title must not name."""
        return {}

    def _get_dupq_evidence_date(self):
        """Override to say on which day this was seen; today when unknown."""
        return fields.Date.context_today(self)

    def _get_dupq_service(self):
        """Override to say in which service this was seen, where the record knows."""
        return self.env["dupq.service"]

    def _get_dupq_source_action(self):
        """Extend to open the record in a form of its own."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _get_dupq_suggested_statements(self):
        """Statements of the Code that such a record usually speaks to."""
        statements = self.env["dupq.code.statement"]
        for reference in self._dupq_statements:
            statements |= (
                self.env.ref(
                    f"dupq_code.dupq_code_statement_{reference}",
                    raise_if_not_found=False,
                )
                or statements
            )
        return statements

    # === BUSINESS METHODS === #

    def _get_dupq_source_domain(self):
        ids = self._origin.ids
        return Domain("res_model", "=", self._name) & Domain("res_id", "in", ids)

    def _get_dupq_evidence_domain(self):
        return self._get_dupq_source_domain() & Domain("state", "in", LIVE_STATES)

    def _prepare_dupq_evidence_defaults(self):
        """Context of a new item of evidence from this record."""
        group = self._dupq_perspective and self.env.ref(
            f"dupq_code.dupq_stakeholder_group_{self._dupq_perspective}",
            raise_if_not_found=False,
        )
        today = fields.Date.context_today(self)
        service = self._get_dupq_service()
        return {
            **({"default_service_id": service.id} if service else {}),
            "default_res_model": self._name,
            "default_res_id": self.id,
            "default_source_type": self._dupq_source_type,
            "default_date_seen": min(self._get_dupq_evidence_date() or today, today),
            "default_perspective_id": group.id if group else False,
            "default_statement_ids": [
                Command.set(self._get_dupq_suggested_statements().ids)
            ],
        }
