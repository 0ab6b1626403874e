from functools import partial

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.modules.registry import Registry
from odoo.tools.safe_eval import safe_eval

from ..const import ADMINISTRATOR

# What a domain that no longer fits its model may raise, in evaluation or search.
BROKEN = (
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    UserError,
    psycopg2.Error,
)


class DupqWorkflowGate(models.Model):
    """A condition that an organisation adds to a step, without code.

    Records that do not meet the domain are stopped, or let through with a
    warning for which a reason must be given. Whether a record meets it does not
    depend on who presses the button, so it is asked with all rights; the person
    sees the gate's own message and nothing else. To keep that from becoming a
    window on records an administrator may not see, a gate is saved only if its
    editor could search with its domain themselves.
    """

    _name = "dupq.workflow.gate"
    _description = "Gate"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "model, transition, sequence, id"
    _rec_name = "message"

    # Where it stands
    move = fields.Selection(
        selection="_selection_move",
        string="Step",
        compute="_compute_move",
        inverse="_inverse_move",
    )
    model_id = fields.Many2one(
        "ir.model",
        string="Kind",
        required=True,
        index=True,
        ondelete="cascade",
        tracking=True,
    )
    model = fields.Char(related="model_id.model", store=True, index=True)
    transition = fields.Char(string="Technical step", required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: for every company.", tracking=True
    )
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10)

    # What it asks, and what it says
    domain = fields.Char(
        string="The record must meet", required=True, default="[]", tracking=True
    )
    severity = fields.Selection(
        [("block", "Stop the step"), ("warn", "Warn and ask why")],
        string="If it does not",
        required=True,
        default="block",
        tracking=True,
    )
    message = fields.Char(
        required=True,
        translate=True,
        tracking=True,
        help="The whole sentence people see: what is missing, and what to do next.",
    )
    broken = fields.Char(
        string="Cannot be checked",
        readonly=True,
        copy=False,
        help="Why the condition could not be evaluated. Until it is mended, the gate "
        "stops its step.",
    )

    # === COMPUTE METHODS === #

    @api.model
    def _selection_move(self):
        log = self.env["dupq.workflow.log"]
        models_ = [self.env[name] for name in log._get_workflow_models()]
        return [
            (f"{model._name},{move.name}", f"{model._description}: {move.title}")
            for model in sorted(models_, key=lambda model: model._description)
            for move in model._get_transitions()
        ]

    @api.depends("model", "transition")
    def _compute_move(self):
        for gate in self:
            has_both = gate.model and gate.transition
            gate.move = f"{gate.model},{gate.transition}" if has_both else False

    @api.onchange("move")
    def _inverse_move(self):
        for gate in self:
            gate.update(self._get_move_values({"move": gate.move}))

    @api.constrains("model_id", "transition", "domain")
    def _check_can_be_asked(self):
        known = {key for key, _label in self._selection_move()}
        for gate in self:
            if f"{gate.model},{gate.transition}" not in known:
                raise ValidationError(
                    self.env._("Choose a step that exists for this kind of record.")
                )
            try:
                # Constraints run in sudo mode; the editor's own rights count here.
                model = self.env[gate.model].with_user(self.env.user)
                model.search(gate._get_domain(model.env), limit=1)
            except BROKEN as error:
                raise ValidationError(
                    self.env._("This condition cannot be asked: %s", error)
                ) from error

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to take the step as people choose it, from one list."""
        return super().create(
            [{**vals, **self._get_move_values(vals)} for vals in vals_list]
        )

    def write(self, vals):
        """Override to give a gate another chance once its condition changed."""
        vals = {**vals, **self._get_move_values(vals)}
        if "domain" in vals or "model_id" in vals:
            vals = {"broken": False, **vals}
        return super().write(vals)

    @api.model
    def _get_move_values(self, vals):
        if not vals.get("move"):
            return {}
        model, transition = vals["move"].split(",")
        return {
            "model_id": self.env["ir.model"]._get_id(model),
            "transition": transition,
        }

    # === BUSINESS METHODS === #

    @api.model
    def _judge(self, records, transition):
        """Ask all gates of one step about the whole set.

        :return: two dicts ``{record: sentence}``: stopped, and warned
        """
        stopped, warned = {}, {}
        if not records:
            return stopped, warned
        # In sudo mode: a gate holds for everyone, and only its message is shown.
        gates_sudo = self.sudo().with_context(active_test=True)
        for gate_sudo in gates_sudo.search(
            [("model", "=", records._name), ("transition", "=", transition.name)]
        ):
            for verdict, found in zip(
                (stopped, warned), gate_sudo._ask(records), strict=True
            ):
                for record, sentence in found.items():
                    before = verdict.get(record)
                    verdict[record] = f"{before} {sentence}" if before else sentence
        return stopped, warned

    def _ask(self, records):
        """Ask this gate about the whole set; one that is broken stops everything."""
        concerned = records.filtered(self._concerns)
        try:
            # An error in the query must not take the transaction with it.
            with self.env.cr.savepoint():
                met = self._get_met_ids(concerned)
        except psycopg2.OperationalError:
            raise
        except BROKEN as error:
            self._report_broken(str(error))
            return dict.fromkeys(concerned, self._get_broken_sentence()), {}
        failing = {r: self.message for r in concerned if r.id not in met}
        return ({}, failing) if self.severity == "warn" else (failing, {})

    def _concerns(self, record):
        if not self.company_id or "company_id" not in record._fields:
            return True
        return (record.company_id or record.env.company) == self.company_id

    def _get_domain(self, env):
        """The condition as seen by the person who presses the button."""
        context = {
            "uid": env.uid,
            "user": env.user,
            "company_id": env.company.id,
            "company_ids": env.companies.ids,
        }
        return Domain(safe_eval(self.domain or "[]", context))

    def _get_met_ids(self, records):
        model_sudo = self.env[self.model].sudo().with_context(active_test=False)
        domain = Domain("id", "in", records.ids) & self._get_domain(records.env)
        return set(model_sudo.search(domain, order="id")._ids)

    # === BROKEN GATES === #

    def _get_broken_sentence(self):
        return self.env._(
            "A condition that your organisation set on this step cannot be checked. "
            "The administrators have been told."
        )

    def _report_broken(self, error):
        """Tell the administrators once this transaction is over, however it ends.

        The step is refused, so what this transaction writes is rolled back.
        """
        if self.broken == error:
            return
        tell = partial(_tell_administrators, self.env.cr.dbname, self.id, error)
        for hook in (self.env.cr.postrollback, self.env.cr.postcommit):
            pending = hook.data.setdefault("dupq_code.broken_gates", set())
            if self.id not in pending:
                pending.add(self.id)
                hook.add(tell)

    def _tell_administrators(self, error):
        """Give each administrator something to do, once for each way to break."""
        self.ensure_one()
        if self.broken == error:
            return
        self.broken = error
        summary = self.env._("This gate cannot be checked and stops its step.")
        for user in self.env.ref(ADMINISTRATOR).all_user_ids.filtered("active"):
            self.activity_schedule(summary=summary, note=error, user_id=user.id)


def _tell_administrators(db_name, gate_id, error):
    """Open a transaction of its own, because the one that found out has ended."""
    with Registry(db_name).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        if gate := env["dupq.workflow.gate"].browse(gate_id).exists():
            gate._tell_administrators(error)
