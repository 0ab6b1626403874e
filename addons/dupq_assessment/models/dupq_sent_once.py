from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL


class DupqSentOnce(models.AbstractModel):
    """Something that a browser may send again when it does not know of its arrival.

    The browser makes up a key; what comes again with the same key is there already
    and changes nothing.
    """

    _name = "dupq.sent.once"
    _description = "Sent once only"

    client_key = fields.Char(
        string="Key of the sender",
        readonly=True,
        copy=False,
        help="Made up by the browser that sent it, so that a lost answer and a second "
        "try do not make two of it.",
    )

    _client_key_uniq = models.UniqueIndex(
        "(client_key) WHERE client_key IS NOT NULL", "This was saved already."
    )

    @api.model
    def _create_once(self, vals_list, are_new=False):
        """Create those whose key is not there yet, and give the new ones.

        :param are_new: none of the keys is there, as somebody has looked already
        """
        keys = [] if are_new else [vals["client_key"] for vals in vals_list]
        known = self._get_known_keys(keys) if keys else set()
        new = {vals["client_key"]: vals for vals in reversed(vals_list)}
        # In the order of the keys, so that two requests never wait for each other.
        values = [new[key] for key in sorted(new.keys() - known)]
        try:
            records = self.create(values)
            records.flush_recordset()
        except UniqueViolation as error:
            # The first try is just arriving. Odoo asks again, and then it is there.
            raise ConcurrencyError("sent twice at once") from error
        return records

    @api.model
    def _get_known_keys(self, keys):
        """Which of the keys are there: only that is asked, whoever may read a row."""
        rows = self.env.execute_query(
            SQL(
                "SELECT client_key FROM %s WHERE client_key = ANY(%s)",
                SQL.identifier(self._table),
                list(keys),
            )
        )
        return {key for (key,) in rows}
