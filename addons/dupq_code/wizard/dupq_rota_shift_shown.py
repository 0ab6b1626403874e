from odoo import api, fields, models


class DupqRotaShiftShown(models.TransientModel):
    """A shift behind a figure of the rota, wherever it is kept.

    Opening a figure lists as many shifts as were counted. What the reader may not read
    is a confidential item, and nothing else: no day, no worker, no person.
    """

    _name = "dupq.rota.shift.shown"
    _description = "Shift behind a figure"
    _order = "is_secret, start, id"
    _rec_name = "title"

    is_secret = fields.Boolean(readonly=True)
    source_id = fields.Many2one("dupq.rota.source", readonly=True, ondelete="cascade")
    res_id = fields.Integer(readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True, ondelete="cascade")
    agency_ref = fields.Char(readonly=True)
    person_id = fields.Many2one("dupq.person", readonly=True, ondelete="cascade")
    start = fields.Datetime(readonly=True)
    stop = fields.Datetime(string="End", readonly=True)
    kind = fields.Selection(selection="_selection_kind", readonly=True)

    title = fields.Char(string="Who works", compute="_compute_title")
    person = fields.Char(string="Person supported", compute="_compute_person")
    place = fields.Char(string="Kept in", compute="_compute_place")

    @api.model
    def _selection_kind(self):
        """The kinds of shift."""
        return self.env["dupq.shift"]._fields["kind"]._description_selection(self.env)

    @api.depends("is_secret", "employee_id", "agency_ref")
    @api.depends_context("lang")
    def _compute_title(self):
        for line in self:
            # Names of colleagues are shown to everyone who sees the shift.
            worker = line.employee_id.sudo().name or line.agency_ref
            line.title = (
                self.env._("Confidential item")
                if line.is_secret
                else worker or self.env._("No longer known")
            )

    @api.depends("person_id")
    @api.depends_context("uid")
    def _compute_person(self):
        called = self.env["dupq.rota.week"]._get_called(self.person_id)
        for line in self:
            line.person = called.get(line.person_id.id, "")

    @api.depends("source_id", "is_secret")
    @api.depends_context("lang")
    def _compute_place(self):
        for line in self:
            # Only what the source is called, from which the reader reads the shift.
            place = line.source_id.sudo().name or self.env._("Shifts")
            line.place = "" if line.is_secret else place

    # === ACTIONS === #

    @api.model
    def _get_action(self, service, rows):
        """List these shifts.

        :param rows: dicts as ``dupq.rota.shifts`` reads them
        """
        names = ("source_id", "res_id", "employee_id", "agency_ref", "person_id")
        shown = self.create(
            [
                {name: row[name] for name in (*names, "start", "stop", "kind")}
                if row["is_readable"]
                else {"is_secret": True}
                for row in rows
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_rota_shift_shown_action"
        )
        # Whoever sees the figure knows of which service it is.
        name = self.env._("Shifts: %(service)s", service=service.sudo().name)
        action["name"] = action["display_name"] = name
        action["domain"] = [("id", "in", shown.ids)]
        return action

    def action_open(self):
        """Open the shift where it is kept."""
        self.ensure_one()
        # Only which kind of record it is: the record asks for rights of its own.
        model = self.source_id.sudo().model or "dupq.shift"
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
