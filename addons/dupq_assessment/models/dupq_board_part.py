from odoo import api, models
from odoo.fields import Domain


class DupqBoardPart(models.AbstractModel):
    """What the parts of the board's page share: its scope, and how figures open.

    Everything is read with the rights of the reader. A figure is a dictionary with
    a number and an ``action``: the window that lists exactly what was counted.
    """

    _name = "dupq.board.part"
    _description = "Part of the Board Page"

    @api.model
    def _within(self, region, path="service_id"):
        """Domain of what belongs to the region, or of everything.

        :param region: a service of kind region, or none
        :param str path: from the model to the service
        """
        return Domain(path, "child_of", region.id) if region else Domain.TRUE

    @api.model
    def _get_overdue_domain(self, region):
        return Domain("is_overdue", "=", True) & self._within(region)

    @api.model
    def _get_unvisited_domain(self, region):
        return Domain("is_unvisited", "=", True) & self._within(region, "id")

    @api.model
    def _prepare_action(
        self, name, model, domain, views=("list", "form"), res_id=False
    ):
        """The window that lists exactly what a figure has counted.

        :param model: any recordset of the model to open
        :param domain: the very domain that was counted
        """
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model._name,
            "views": [[False, view] for view in views],
            "res_id": res_id,
            "domain": list(domain),
            "context": {"create": False},
        }

    @api.model
    def _prepare_form_action(self, name, record):
        """The window that shows one record."""
        domain = Domain("id", "=", record.id)
        return self._prepare_action(name, record, domain, ("form",), record.id)
