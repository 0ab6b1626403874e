"""Columns of ours on the tables of a host, filled without touching its rows."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists


def add_columns(cr, table, columns):
    """Add what is not there yet, with a value that every row has from the start.

    Were it left to the ORM, the first computation would write each row, and a
    host would find all its records changed on the day we arrived. A value given
    with the column costs nothing, however many rows there are.

    :param columns: dict of the name of a column: pair (type in SQL, value)
    """
    for name, (kind, value) in columns.items():
        if column_exists(cr, table, name):
            continue
        names = SQL.identifier(table), SQL.identifier(name)
        cr.execute(
            SQL("ALTER TABLE %s ADD COLUMN %s %s DEFAULT %s", *names, kind, value)
        )
        cr.execute(SQL("ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT", *names))
