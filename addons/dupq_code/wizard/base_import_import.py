from odoo import fields, models

from odoo.addons.base_import.models.base_import import ImportValidationError


class BaseImportImport(models.TransientModel):
    """Files of ours: what is wrong with a day stands in plain words."""

    _inherit = "base_import.import"

    def _parse_date_from_data(self, data, index, name, field_type, options):
        """Override to name the row, the words and the column as people see them."""
        try:
            return super()._parse_date_from_data(data, index, name, field_type, options)
        except ImportValidationError as error:
            if self.res_model.startswith("dupq."):
                self._refuse_day(data, index, name, field_type)
            raise error

    def _refuse_day(self, data, index, name, field_type):
        """Refuse the first day that was not read; those read before are as stored."""
        column = name.partition("/")[0]
        label = self.env[self.res_model].fields_get([column], ["string"])
        read = (
            fields.Date.to_date if field_type == "date" else fields.Datetime.to_datetime
        )
        for row, line in enumerate(data, 1):
            try:
                read(line[index])
            except ValueError:
                raise ImportValidationError(
                    self.env._(
                        "Row %(row)s: “%(value)s” in the column “%(column)s” is no day "
                        "or hour as written in this file. Correct it, or choose on "
                        "this screen how days are written.",
                        row=row,
                        value=line[index],
                        column=label.get(column, {}).get("string") or name,
                    ),
                    field=name,
                    field_type=field_type,
                ) from None
