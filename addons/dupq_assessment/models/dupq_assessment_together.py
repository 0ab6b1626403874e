from odoo import Command, fields, models
from odoo.exceptions import UserError

# Kinds of values that two people can write over each other.
WORDS = ("char", "text", "selection", "boolean", "integer", "float", "date", "many2one")


class DupqAssessmentTogether(models.AbstractModel):
    """Several people write in one self-assessment, and nobody over another.

    A part of ``dupq.assessment``, in a file of its own. The form sends along what
    stood on the screen; where something else stands there now, the second is told
    and nothing of either is lost. Different fields and lines never disturb.
    """

    _name = "dupq.assessment.together"
    _description = "Writing together in a Self-assessment"

    seen = fields.Json(
        store=False, help="What stood on the screen before it was changed."
    )

    def write(self, vals):
        """Override to compare what the writer has seen with what is there."""
        if "seen" in vals:
            vals = dict(vals)
            seen = vals.pop("seen") or {}
            self._refuse_unseen(seen, vals)
        return super().write(vals)

    def _refuse_unseen(self, seen, vals):
        """Refuse to write over what somebody else wrote in the meantime.

        :param dict seen: {field: value}, and {list: {id: {field: value}}}
        """
        self.ensure_one()
        _refuse_changed(self, seen, vals)
        for name, lines in seen.items():
            field = self._fields.get(name)
            if field and field.type == "one2many" and isinstance(lines, dict):
                new = {
                    command[1]: command[2]
                    for command in vals.get(name, [])
                    if command[0] == Command.UPDATE
                }
                ids = [id_ for id_ in map(int, lines) if id_ in new]
                for line in self[name].filtered(lambda one, ids=ids: one.id in ids):
                    _refuse_changed(line, lines[str(line.id)], new[line.id])


def _refuse_changed(record, seen, vals):
    """Refuse what neither was seen nor is the same as what is written now."""
    for name in seen.keys() & vals.keys():
        field = record._fields.get(name)
        if not field or field.type not in WORDS:
            continue
        there = _as_sent(field, record)
        if there not in (_as_empty(seen[name]), _as_empty(vals[name])):
            raise UserError(
                record.env._(
                    "%(who)s has changed “%(what)s” (%(where)s) while you were "
                    "writing. Nothing of theirs is lost, and yours is still on your "
                    "screen: copy your words, load the page again, and look at both.",
                    # Only the name of a colleague who may write here.
                    who=record.sudo().write_uid.name,
                    what=field._description_string(record.env),
                    where=record.display_name,
                )
            )


def _as_sent(field, record):
    """The value as a form would send it."""
    value = record[field.name]
    if field.type == "many2one":
        return value.id or False
    if field.type == "date":
        return fields.Date.to_string(value) or False
    return _as_empty(value)


def _as_empty(value):
    """Empty is empty, whether it is False, None or an empty text.

    >>> _as_empty(""), _as_empty(None), _as_empty(0), _as_empty("a")
    (False, False, 0, 'a')
    """
    return False if value is None or value == "" else value
