from odoo import api, models
from odoo.fields import Domain


class DupqRotaWeek(models.AbstractModel):
    """Nobody who is away is proposed to come instead of a stranger."""

    _name = "dupq.rota.week"
    _inherit = "dupq.rota.week"

    @api.model
    def _get_away(self, employee_ids, since, until):
        """Extend with time off that was approved or asked for."""
        # Only whether they are away: neither why nor for how long is shown.
        leaves_sudo = self.env["hr.leave"].sudo()
        found = leaves_sudo.search_fetch(
            Domain("employee_id", "in", employee_ids)
            & Domain("state", "in", ("confirm", "validate1", "validate"))
            & Domain("date_from", "<", until)
            & Domain("date_to", ">", since),
            ["employee_id", "date_from", "date_to"],
        )
        away = [(one.employee_id.id, one.date_from, one.date_to) for one in found]
        return super()._get_away(employee_ids, since, until) + away
