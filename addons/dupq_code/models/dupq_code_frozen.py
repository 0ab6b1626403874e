from odoo import api, fields, models
from odoo.exceptions import UserError

from ..changes import is_change

# Our wording is written in English; every kind of English counts as its source.
SOURCE_LANG = "en_US"


class DupqCodeFrozen(models.AbstractModel):
    """Something that publishing an edition of a Code freezes, for everyone.

    What an organisation adds for itself (company_id is set) stays open.
    """

    _name = "dupq.code.frozen"
    _description = "Frozen by publishing"

    # What publishing freezes; a translated field only in the language of the Code.
    _frozen_fields = ()
    # The many2one by which the record hangs in its edition.
    _parent_field = None

    is_frozen = fields.Boolean(compute="_compute_is_frozen")

    # === COMPUTE METHODS === #

    @api.depends(lambda self: self._frozen_depends())
    def _compute_is_frozen(self):
        frozen_sudo = self._frozen_part()
        for record in self:
            record.is_frozen = record in frozen_sudo

    # === CRUD METHODS === #

    def _prepare_create_values(self, vals_list):
        """Refuse new parts of a published edition, seen after defaults are in."""
        vals_list = super()._prepare_create_values(vals_list)
        if self._parent_field:
            part = [vals for vals in vals_list if not vals.get("company_id")]
            self._check_parents_open({vals.get(self._parent_field) for vals in part})
        return vals_list

    def write(self, vals):
        self._check_frozen(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._frozen_part()._refuse_frozen()

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        if field_name in self._frozen_fields:
            self._check_translations(field_name, translations)
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    # === BUSINESS METHODS === #

    def _edition(self):
        """Override to say which edition the records are part of."""
        return self.code_id

    @api.model
    def _frozen_depends(self):
        """Extend to name the fields that decide whether a record is frozen."""
        return ["code_id.state"]

    def _frozen_part(self):
        """Those of the records that a published edition contains."""
        # The edition's state decides for everyone, whoever may read it.
        records_sudo = self.sudo()
        if "company_id" in self._fields:
            records_sudo = records_sudo.filtered(lambda record: not record.company_id)
        return records_sudo.filtered(
            lambda record: any(code.state != "draft" for code in record._edition())
        )

    def _check_parents_open(self, parent_ids):
        """Refuse to hang something into an edition that is published."""
        model = self._fields[self._parent_field].comodel_name
        # The edition's state decides for everyone, whoever may read it.
        parents_sudo = self.env[model].sudo().browse(filter(None, parent_ids))
        parents_sudo.exists()._frozen_part()._refuse_frozen()

    def _check_frozen(self, vals):
        """Refuse values that change what publishing has frozen."""
        moving = {self._parent_field, "company_id"} & self._fields.keys()
        names = (moving | set(self._frozen_fields)) & vals.keys()
        if not names:
            return
        frozen_sudo = self._frozen_part()
        frozen_sudo.filtered(
            lambda record: record._has_frozen_change(names, vals)
        )._refuse_frozen()
        if moving & vals.keys():
            (self - frozen_sudo)._check_moved_in(vals)

    def _check_moved_in(self, vals):
        """Refuse to make open records a part of an edition that is published."""
        parent_ids = set()
        # Only the ids of parents and companies are looked at.
        for record_sudo in self.sudo():
            own = "company_id" in self._fields and record_sudo.company_id.id
            if not vals.get("company_id", own):
                old_id = record_sudo[self._parent_field].id
                parent_ids.add(vals.get(self._parent_field, old_id))
        if parent_ids:
            self._check_parents_open(parent_ids)

    def _has_frozen_change(self, names, vals):
        """Whether the values would change one of the frozen fields."""
        self.ensure_one()
        for name in names:
            field = self._fields[name]
            if vals[name] and field.translate and not self._writes_source():
                continue
            if is_change(self, name, vals[name]):
                return True
        return False

    @api.model
    def _writes_source(self):
        """Whether a plain write now goes to the wording in the Code's language."""
        lang = self.env.lang or SOURCE_LANG
        # Odoo takes any writing for the source while American English is off.
        english_on = self.env["res.lang"]._get_data(code=SOURCE_LANG)
        return self._is_source_lang(lang) or not english_on

    @api.model
    def _is_source_lang(self, lang):
        """Whether the language is that of our wording: any kind of English."""
        return lang.split("_")[0] == SOURCE_LANG.split("_")[0]

    def _check_translations(self, field_name, translations):
        """Refuse translations that reword the source of a published edition."""
        for lang, text in translations.items():
            if isinstance(text, str) and self._is_source_lang(lang):
                frozen_sudo = self._frozen_part().with_context(lang=lang)
                frozen_sudo.filtered(
                    lambda record, text=text: (record[field_name] or "") != text
                )._refuse_frozen()

    def _refuse_frozen(self):
        """Say that the records are frozen, if there are any."""
        if self:
            raise UserError(
                self.env._(
                    "“%(item)s” is part of a published edition and stays as it is. "
                    "Record an erratum beside it, or make a new edition.",
                    item=self[0].display_name,
                )
            )
