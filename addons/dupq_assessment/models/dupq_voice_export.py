from odoo import models

# By which a spreadsheet takes words for a formula.
FORMULA_SIGNS = tuple("=+-@\t\r")


class DupqVoiceExport(models.AbstractModel):
    """What people said leaves for a spreadsheet as words, never as a formula.

    A part of what holds words of people: voices, objections, notes of discussions.
    """

    _name = "dupq.voice.export"
    _description = "Voices in a spreadsheet"

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """Override: what begins like a formula is marked as text, as people do it.

        Not in a file that is made to be imported again.
        """
        rows = super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        if not _is_toplevel_call or self.env.context.get("import_compat", True):
            return rows
        return [[as_text(value) for value in row] for row in rows]


def as_text(value):
    """The same words, marked as text where a spreadsheet would calculate.

    >>> as_text("=1+1"), as_text(" @x"), as_text("Good."), as_text(7)
    ("'=1+1", "' @x", 'Good.', 7)
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
