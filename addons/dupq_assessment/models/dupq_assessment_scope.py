from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.dupq_code.changes import is_change


class DupqAssessmentScope(models.AbstractModel):
    """By what a self-assessment goes: Code, scale, period, and its evidence.

    A part of ``dupq.assessment``, in a file of its own. All of it but the period,
    and the place and the approach too, are fixed once the self-assessment has begun.
    """

    _name = "dupq.assessment.scope"
    _description = "Scope of a Self-assessment"

    # Decided at the start: what was assessed, by which Code, on which scale
    _pinned_fields = (
        "scope",
        "service_id",
        "service_ids",
        "company_id",
        "kind",
        "approach",
        "focus_ids",
        "focus_other",
        "code_id",
        "scale_id",
    )

    # The Code and the scale
    code_id = fields.Many2one(
        "dupq.code",
        string="By the Code",
        required=True,
        ondelete="restrict",
        domain=[("state", "=", "active")],
        default=lambda self: self.env["dupq.code"]._get_usual(),
    )
    scale_id = fields.Many2one(
        "dupq.rating.scale",
        required=True,
        ondelete="restrict",
        domain="[('company_id', 'in', (company_id, False))]",
        default=lambda self: self._default_scale_id(),
    )

    # The period
    date_from = fields.Date(
        string="Evidence from",
        required=True,
        default=lambda self: (
            fields.Date.context_today(self) - relativedelta(years=1, days=-1)
        ),
    )
    date_to = fields.Date(
        string="Evidence until",
        required=True,
        default=fields.Date.context_today,
        help="The last day of the twelve months the self-assessment looks back on.",
    )

    # === DEFAULTS === #

    @api.model
    def _default_scale_id(self):
        """The first scale that is shared or the company's own."""
        return self.env["dupq.rating.scale"].search(
            [("company_id", "in", (self.env.company.id, False))], limit=1
        )

    # === CONSTRAINT METHODS === #

    @api.constrains("scale_id", "company_id")
    def _check_scale_id(self):
        for assessment in self:
            owner = assessment.scale_id.company_id
            if owner and owner != assessment.company_id:
                raise ValidationError(
                    self.env._("This rating scale belongs to another company.")
                )

    def _refuse_begun(self, vals):
        """Refuse, for everyone, to change what was decided at the start."""
        names = vals.keys() & set(self._pinned_fields)
        for assessment in self:
            if assessment.state != "planned" and any(
                is_change(assessment, name, vals[name]) for name in names
            ):
                raise UserError(
                    self.env._(
                        "What is assessed, the Code and the scale stay as they were "
                        "when “%(assessment)s” began.",
                        assessment=assessment.display_name,
                    )
                )

    # === ACTIONS === #

    def action_view_evidence(self):
        """Open the evidence of the period, for every area."""
        self.ensure_one()
        return self._open_evidence(self._get_evidence_domain(), self.display_name)

    # === EVIDENCE === #

    def _get_evidence_domain(self):
        """Accepted items of the service and period, whatever the area."""
        self.ensure_one()
        domain = Domain("state", "=", "accepted")
        domain &= Domain("date_seen", ">=", self.date_from)
        domain &= Domain("date_seen", "<=", self.date_to)
        domain &= Domain("statement_ids.code_id", "=", self.code_id.id)
        return domain & self._get_services_domain()

    def _count_evidence(self):
        """Items a reader may open, by area: {area: (says good, says not yet)}."""
        self.ensure_one()
        model = self.env["dupq.evidence"]
        if not self.id or not model.has_access("read"):
            return {}
        links = model._fields["statement_ids"]
        items = model._search(self._get_evidence_domain())
        counts = dict.fromkeys(self.code_id.area_ids, (0, 0))
        # Once for each area, however many of its statements an item is about.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT statement.area_id,
                       count(DISTINCT item.id) FILTER (WHERE item.polarity = 'good'),
                       count(DISTINCT item.id) FILTER (WHERE item.polarity = 'not_yet')
                  FROM %(items)s item
                  JOIN %(links)s link ON link.%(item)s = item.id
                  JOIN dupq_code_statement statement
                    ON statement.id = link.%(statement)s
                 WHERE statement.code_id = %(code)s
              GROUP BY statement.area_id
                """,
                items=items.subselect(
                    SQL.identifier(items.table, "id"),
                    SQL.identifier(
                        items.table, "polarity", to_flush=model._fields["polarity"]
                    ),
                ),
                links=SQL.identifier(links.relation),
                item=SQL.identifier(links.column1),
                statement=SQL.identifier(links.column2),
                code=self.code_id.id,
            )
        )
        areas = self.env["dupq.code.area"]
        return counts | {areas.browse(id_): tuple(count) for id_, *count in rows}

    def _open_evidence(self, domain, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "dupq.evidence",
            "view_mode": "list,form",
            "domain": list(domain),
            "context": {"create": False},
        }
