from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..names import names_in


class DupqEvidenceSource(models.AbstractModel):
    """Where an item of evidence came from: a record of the provider's Odoo.

    A part of ``dupq.evidence``, in a file of its own.
    """

    _name = "dupq.evidence.source"
    _description = "Source of evidence"

    source_type = fields.Selection(
        [
            ("hand", "Written by hand"),
            ("job", "Job"),
            ("recruitment", "Recruitment"),
            ("training", "Training"),
            ("skill", "Skill or certificate"),
            ("meeting", "Meeting"),
            ("rota", "Rota and time off"),
            ("other", "Other records"),
        ],
        string="Source",
        required=True,
        default="hand",
        copy=False,
    )
    res_model = fields.Char(string="Source model", copy=False)
    res_id = fields.Many2oneReference(
        string="Source record", model_field="res_model", copy=False
    )
    source_gone = fields.Boolean(
        readonly=True,
        copy=False,
        help="The record this came from has been deleted. The evidence stays.",
    )

    # === CONSTRAINT METHODS === #

    @api.constrains("res_model", "res_id", "service_id")
    def _check_source(self):
        """A source is a record of a kind, and of a company, that can be linked."""
        linked = self.filtered(lambda item: item.res_model or item.res_id)
        # A correction keeps its source, whoever makes it and wherever it is now.
        linked = linked.filtered(lambda item: not item._is_same_source())
        if not all(
            item.res_id and item.res_model in self._get_source_models()
            for item in linked
        ):
            raise ValidationError(
                self.env._("Evidence cannot be linked to this kind of record.")
            )
        for sources, evidence in linked._grouped_by_source_model():
            evidence._check_source_company(sources.exists())

    def _check_source_company(self, sources):
        if "company_id" not in sources._fields:
            return
        # Only the companies are compared: nothing of the source is shown.
        companies = {source.id: source.company_id for source in sources.sudo()}
        for item in self:
            company_sudo = companies.get(item.res_id)
            if company_sudo and company_sudo != item.company_id:
                raise ValidationError(
                    self.env._(
                        "The record and %(service)s belong to two companies.",
                        service=item.service_id.display_name,
                    )
                )

    @api.constrains("title", "res_model", "res_id")
    def _check_title(self):
        """Titles carry no names: they are read by more people than sources are."""
        titled = self.filtered(lambda item: item.title and item.res_id)
        for sources, evidence in titled._grouped_by_source_model():
            # Names are only looked for in the title, and none is shown.
            sources_sudo = sources.sudo().exists()
            names = sources_sudo._get_dupq_person_names()
            for item in evidence:
                if names_in(item.title, names.get(item.res_id, [])):
                    raise ValidationError(
                        self.env._(
                            "The title gives away the name of a person it is about. "
                            "Say what was seen without the name."
                        )
                    )

    def _check_source_access(self):
        """Who links a record can open it: else a title would be an oracle.

        Not a constraint, because those are checked with all rights.
        """
        for sources, _evidence in self._grouped_by_source_model():
            if len(sources.exists()) < len(sources) or not sources.has_access("read"):
                raise AccessError(
                    self.env._("You can only link a record that you can open.")
                )

    # === ACTIONS === #

    def action_open_source(self):
        """Open the record this came from, if its own rules let the user."""
        self.ensure_one()
        self.check_access("read")
        source = self._get_source()
        if source is None or not source.exists():
            raise UserError(
                self.env._("The record this came from is gone. The evidence stays.")
            )
        if not source.has_access("read"):
            raise UserError(
                self.env._(
                    "This came from a record that your role does not open "
                    "(%(kind)s). %(author)s, who linked it, may tell you more.",
                    kind=self.env[self.res_model]._description,
                    author=self._get_linked_by().name,
                )
            )
        if hasattr(source, "_get_dupq_source_action"):
            return source._get_dupq_source_action()
        return source.get_formview_action()

    # === BUSINESS METHODS === #

    @api.model
    def _get_source_models(self):
        """The models that evidence can be linked to, in this database."""
        mixin = self.env.registry["dupq.evidence.mixin"]
        return [
            name
            for name, model in self.env.registry.items()
            if issubclass(model, mixin) and not model._abstract
        ]

    def _grouped_by_source_model(self):
        """Pairs (source records, evidence), one for each model that is here."""
        models_here = self._get_source_models()
        linked = self.filtered(lambda i: i.res_id and i.res_model in models_here)
        return [
            (self.env[model].browse(set(evidence.mapped("res_id"))), evidence)
            for model, evidence in linked.grouped("res_model").items()
        ]

    def _is_same_source(self):
        """Whether it corrects an item that came from the same record."""
        previous = self.previous_version_id
        return (previous.res_model, previous.res_id) == (self.res_model, self.res_id)

    def _get_source(self):
        """The record this came from, or None when its model is not here."""
        # A rule looks at any kind of record; by hand only those that say they can.
        here = self.env if self.rule_id else self._get_source_models()
        if self.res_model not in here or not self.res_id:
            return None
        return self.env[self.res_model].browse(self.res_id)

    def _mark_source_gone(self):
        """Say that the source is deleted; the evidence itself stays as it was."""
        self.filtered(lambda item: not item.source_gone)._write_own(
            {"source_gone": True}
        )

    @api.autovacuum
    def _gc_vanished_sources(self):
        """Find sources that a database cascade deleted without telling us.

        Of models that are here: one that was uninstalled is out of sight, which
        is not the same as deleted.
        """
        if self._abstract:
            return
        # Looks for ids that are gone; shows nothing to anybody.
        evidence_sudo = self.sudo()
        groups = evidence_sudo._read_group(
            [
                ("res_model", "in", self._get_source_models()),
                ("res_id", "!=", False),
                ("source_gone", "=", False),
            ],
            ["res_model"],
            ["id:recordset", "res_id:array_agg"],
        )
        for model, items_sudo, ids in groups:
            found = set(self.env[model].sudo().browse(set(ids)).exists().ids)
            items_sudo.filtered(
                lambda i, f=found: i.res_id not in f
            )._mark_source_gone()
