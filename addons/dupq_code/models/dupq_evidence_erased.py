from odoo import api, fields, models
from odoo.fields import Domain

from ..dates import long_date


class DupqEvidenceErased(models.AbstractModel):
    """What was erased from an item of evidence, because somebody asked for it.

    A part of ``dupq.evidence``, in a file of its own. The item stays, and counts as
    it did; its words, files and link are gone, and it says since when.
    """

    _name = "dupq.evidence.erased"
    _description = "Erased words of evidence"

    erased_on = fields.Date(
        readonly=True,
        copy=False,
        help="On this day its words and files were erased, because a person asked for "
        "it. It still counts.",
    )

    @api.model
    def _get_own_fields(self):
        """Extend: nobody says so but the door that erases."""
        return super()._get_own_fields() | {"erased_on"}

    @api.model
    def _get_about(self, found):
        """Items from these records, with what they correct and what corrects them.

        :param found: ``{model: records}``
        """
        sources = Domain.OR(
            Domain("res_model", "=", model) & Domain("res_id", "in", records.ids)
            for model, records in found.items()
        )
        # Whoever erases need not be able to open what is erased.
        items = self.sudo().with_context(active_test=False).search(sources)
        new = items
        while new:
            new = (new.previous_version_id | new.next_version_ids) - items
            items |= new
        return items

    def _note_erased(self):
        """Leave a dated tombstone where words or files of somebody were."""
        said = self.env["dupq.eraser"]._filter_said(self)
        said |= self.filtered("attachment_ids")
        today = fields.Date.context_today(self)
        said.filtered(lambda i: not i.erased_on)._write_own({"erased_on": today})
        self.env.flush_all()

    def _get_tombstone(self):
        return self.env._("Erased on %(day)s", day=long_date(self.env, self.erased_on))
