from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

# What a rule's title may name: never a person, a contact or free text.
NAMED_MODELS = (
    "hr.job",
    "hr.department",
    "hr.skill",
    "hr.skill.type",
    "hr.skill.level",
    "hr.resume.line.type",
    "hr.work.location",
    "slide.channel",
    "survey.survey",
    "event.event",
    "dupq.service",
    "dupq.training.kind",
)
# What only a run says of an item.
OWN_FIELDS = frozenset(("rule_id", "rule_digest", "rule_values", "ended_by_rule"))


class DupqEvidenceDerived(models.AbstractModel):
    """What a rule says of the evidence it made from a record.

    A part of ``dupq.evidence``, in a file of its own.
    """

    _name = "dupq.evidence.derived"
    _description = "Evidence made by a rule"

    rule_id = fields.Many2one(
        "dupq.evidence.rule",
        string="Made by the rule",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    rule_digest = fields.Char(readonly=True, copy=False)
    rule_values = fields.Json(readonly=True, copy=False)
    ended_by_rule = fields.Boolean(
        readonly=True,
        copy=False,
        help="The rule replaced or withdrew it, because its source changed.",
    )

    why_here = fields.Char(string="Why is this here?", compute="_compute_why_here")

    @api.model
    def _get_own_fields(self):
        """Extend with what only a run of the rule says."""
        return super()._get_own_fields() | OWN_FIELDS

    def _check_not_fixed(self, vals):
        """Override to leave to the source what a rule read there."""
        content = self._get_content_fields() & vals.keys()
        if content and any(item.rule_id for item in self):
            raise UserError(
                self.env._(
                    "A rule made this from a record: correct the record, or withdraw "
                    "this and say why."
                )
            )
        return super()._check_not_fixed(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_derived(self):
        if any(item.rule_id for item in self):
            raise UserError(
                self.env._(
                    "A rule made this from a record. Withdraw it instead, and say why."
                )
            )

    @api.depends("rule_id", "source_gone", "date_seen", "service_id")
    @api.depends_context("lang")
    def _compute_why_here(self):
        for item in self:
            # Whoever reads the item may know which rule made it.
            rule_sudo = item.rule_id.sudo()
            item.why_here = rule_sudo._explain_item(item) if rule_sudo else False

    def action_open_rule(self):
        """Show the rule that made it, to those who may read rules."""
        self.ensure_one()
        self.check_access("read")
        self.rule_id.check_access("read")
        return self.rule_id.get_formview_action()

    def _get_linked_by(self):
        """Who can tell more of the source: the owner of the rule, or the author."""
        # Only the name, for somebody who may read the item.
        return self.rule_id.sudo().owner_id or self.create_uid

    def _get_derived_titles(self):
        """Titles of rule-made items, rendered now: ``{id: words}``.

        The ledger keeps the parameters only, so that a title is in the reader's
        language and never keeps a name that was corrected in the source.
        """
        made = self.filtered("rule_id")
        # Which rule made an item is no secret; its title is for every reader.
        rules = {rule.id: rule for rule in made.rule_id.sudo()}
        names = made._get_named_values()
        return {
            item.id: rules[item.rule_id.id]._render_title(
                {
                    key: item._show_value(value, names)
                    for key, value in (item.rule_values or {}).items()
                }
            )
            for item in made
        }

    def _get_named_values(self):
        """Names of the records in the titles: ``{(model, id): name}``."""
        wanted = {}
        for item in self:
            for value in (item.rule_values or {}).values():
                if isinstance(value, list) and value[0] in NAMED_MODELS:
                    wanted.setdefault(value[0], set()).add(value[1])
        return {
            (model, record.id): record.display_name
            for model, ids in wanted.items()
            if model in self.env
            # Names of jobs, skills and the like are no secret (NAMED_MODELS).
            for record in self.env[model].sudo().browse(ids).exists()
        }

    @api.model
    def _show_value(self, value, names):
        """A value of a title in words: see `dupq.evidence.rule.reader._to_json`."""
        match value:
            case [model, id_]:
                return names.get((model, id_), "")
            case {"date": day}:
                return format_date(self.env, day, date_format="d MMMM yyyy")
            case {"choice": [model, name, key]} if model in self.env:
                field = self.env[model]._fields.get(name)
                choices = field._description_selection(self.env) if field else ()
                return dict(choices).get(key, "")
            case dict() | list() | None:
                return ""
        return str(value)
