from odoo import api, fields, models


class DupqActionSource(models.AbstractModel):
    """A finding from which actions can be planned at once, and which shows them."""

    _name = "dupq.action.source"
    _description = "Finding that Actions Come From"

    planned_action_count = fields.Integer(
        string="Actions", compute="_compute_planned_action_count"
    )

    def _compute_planned_action_count(self):
        """Those that the reader may open, counted at once."""
        counts = dict(
            self.env["dupq.action"]._read_group(
                self._get_planned_domain(), ["source_id"], ["__count"]
            )
            if self.env["dupq.action"].has_access("read")
            else ()
        )
        for record in self:
            record.planned_action_count = counts.get(record.id, 0)

    def action_plan_action(self):
        """Open a new action that says from what it came."""
        self.ensure_one()
        values = self._prepare_action_values()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What we will do about it"),
            "res_model": "dupq.action",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    def action_view_planned(self):
        """Open the actions that came from it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_assessment.dupq_action_action"
        )
        action["domain"] = list(self._get_planned_domain())
        action["context"] = {}
        return action

    def _get_planned_domain(self):
        return [("source_model", "=", self._name), ("source_id", "in", self.ids)]

    def _prepare_action_values(self):
        """Extend to say more from the start; never the words of a person."""
        self.ensure_one()
        values = {"source_model": self._name, "source_id": self.id}
        for name in ("assessment_id", "service_id", "company_id", "area_id"):
            if name in self._fields and self[name]:
                values[name] = self[name].id
        if finding := self._get_action_finding():
            values["finding"] = finding
        return values

    @api.model
    def _get_action_finding(self):
        """Extend to say in words what was found, where that may be repeated."""
        return ""
