from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, groupby


class DupqWorkflowLog(models.Model):
    """One move of one record: who, when, from, to and why.

    Append-only: rows are added by the engine and by nothing else, ``sudo``
    included. Whoever may read the record may read its log. The log stays when
    the record is deleted, though nobody can open it then; it goes with its model
    when the addon is uninstalled.
    """

    _name = "dupq.workflow.log"
    _description = "Workflow Log"
    _inherit = ["dupq.untouchable"]
    _order = "date desc, id desc"
    _rec_name = "res_name"
    _log_access = False

    # What moved
    model_id = fields.Many2one(
        "ir.model", string="Kind", required=True, index=True, ondelete="cascade"
    )
    model = fields.Char(string="Technical kind", required=True)
    res_id = fields.Many2oneReference(
        string="Record number", model_field="model", required=True, index=True
    )
    res_name = fields.Char(string="Record", compute="_compute_res_name")

    # How, by whom, why
    transition = fields.Char()
    step = fields.Char(compute="_compute_labels")
    state_from = fields.Char(string="Technical state before")
    state_to = fields.Char(string="Technical state after", required=True)
    from_label = fields.Char(string="From", compute="_compute_labels")
    to_label = fields.Char(string="To", compute="_compute_labels")
    date = fields.Datetime(required=True, index=True)
    user_id = fields.Many2one("res.users", string="By", ondelete="set null")
    reason = fields.Text()
    warnings = fields.Text(help="What the gates warned of when it was done anyway.")
    is_automatic = fields.Boolean(string="By the date")

    # A life that happened elsewhere
    is_recorded_later = fields.Boolean(string="Recorded later")
    recorded_on = fields.Datetime()
    source = fields.Char()
    remark = fields.Char(compute="_compute_remark")

    # === COMPUTE METHODS === #

    @api.depends("model", "res_id")
    def _compute_res_name(self):
        for model, logs in groupby(self, lambda log: log.model):
            records = self._get_records(model, [log.res_id for log in logs])
            names = {record.id: record.display_name for record in records}
            for log in logs:
                log.res_name = names.get(log.res_id, self.env._("Deleted"))

    @api.depends("model", "transition", "state_from", "state_to")
    @api.depends_context("lang")
    def _compute_labels(self):
        for model, logs in groupby(self, lambda log: log.model):
            workflow = self.env[model] if self._is_workflow(model) else None
            moves = workflow._get_transitions() if workflow is not None else ()
            titles = {move.name: move.title for move in moves}
            for log in logs:
                label = workflow._get_state_label if moves else str
                log.step = titles.get(log.transition, log.transition)
                log.from_label = log.state_from and label(log.state_from)
                log.to_label = label(log.state_to)

    @api.depends("is_recorded_later", "is_automatic", "source")
    def _compute_remark(self):
        for log in self:
            log.remark = False
            if log.is_automatic:
                log.remark = self.env._("Its date had passed.")
            if log.is_recorded_later:
                log.remark = self.env._(
                    "Recorded later by %(user)s from %(origin)s.",
                    user=log.user_id.name or self.env._("a former user"),
                    origin=log.source,
                )

    # === ONLY APPENDED === #

    @api.model
    def _make_untouchable_error(self):
        return AccessError(
            self.env._("The workflow log is written by the steps themselves only.")
        )

    @api.model
    def _append(self, records, states_before, values, warnings=None):
        """Add one row for each record, in one statement.

        SQL because the ORM's own ``create`` is refused to everybody, and because
        it would insert a hundred rows at a time.
        """
        common = {
            "model_id": self.env["ir.model"]._get_id(records._name),
            "model": records._name,
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
            **{name: value or None for name, value in values.items()},
        }
        self.env.cr.execute(
            SQL(
                """INSERT INTO %(table)s (%(names)s, res_id, state_from, warnings)
                   SELECT %(values)s, * FROM unnest(
                        %(ids)s::int[], %(before)s::text[], %(warnings)s::text[])""",
                table=SQL.identifier(self._table),
                names=SQL(", ").join(map(SQL.identifier, common)),
                values=SQL(", ").join(
                    SQL("%s::%s", value, SQL(self._fields[name].column_type[1]))
                    for name, value in common.items()
                ),
                ids=list(records._ids),
                before=[states_before[id_] or None for id_ in records._ids],
                warnings=[(warnings or {}).get(id_) for id_ in records._ids],
            )
        )
        records.invalidate_recordset(["workflow_log_ids"], flush=False)

    # === READING === #

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Override to find the moves of those records only that the user may read.

        One sub-query for each kind of record, within the same query.
        """
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._get_readable_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        """Override to ask, once for each kind, which records the user may read."""
        result = super()._check_access(operation)
        if self.env.su or operation != "read" or not any(self._ids):
            return result
        readable = set()
        # In sudo mode to know which records are meant; they are asked for without.
        for model, logs_sudo in self.sudo().grouped("model").items():
            found = set(self._get_records(model, logs_sudo.mapped("res_id")).ids)
            readable.update(log.id for log in logs_sudo if log.res_id in found)
        refused = self.filtered(lambda log: log.id not in readable)
        if not refused:
            return result
        if result:
            refused |= result[0]
        return refused, lambda: refused._make_unreadable_error()

    def _make_unreadable_error(self):
        return AccessError(
            self.env._("You may read the history of those records only that you see.")
        )

    @api.model
    def _is_workflow(self, model):
        """Whether ``model`` is a kind of record that has a life."""
        cls = self.env.registry.get(model)
        return bool(cls) and not cls._abstract and hasattr(cls, "_get_transitions")

    @api.model
    def _get_workflow_models(self):
        """The names of all kinds of records that have a life."""
        return [name for name in self.env.registry if self._is_workflow(name)]

    @api.model
    def _get_records(self, model, ids):
        """The records among ``ids`` that exist and that this user may read."""
        if not self._is_workflow(model) or not self.env[model].has_access("read"):
            return self.browse()
        records = self.env[model].with_context(active_test=False)
        return records.search([("id", "in", list(set(ids)))], order="id")

    @api.model
    def _get_readable_domain(self):
        domains = []
        for model in self._get_workflow_models():
            if self.env[model].has_access("read"):
                query = self.env[model]._search([], active_test=False)
                domains.append(
                    Domain("model", "=", model) & Domain("res_id", "in", query)
                )
        return Domain.OR(domains)
