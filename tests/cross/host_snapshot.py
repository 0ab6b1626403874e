"""Take a picture of every table of a database that is not ours, and compare two."""

OURS = "dupq"


def is_ours(name):
    """Whether a table or a column belongs to one of our addons."""
    return OURS in name


def take(cursor):
    """Every row of every host table: ``{table: {key: {column: value}}}``.

    The key is the id, or the whole row where a table has none (relations).
    """
    cursor.execute(
        "SELECT table_name, array_agg(column_name::text)"
        " FROM information_schema.columns"
        " JOIN information_schema.tables USING (table_schema, table_name)"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' GROUP BY 1"
    )
    tables = {name: columns for name, columns in cursor.fetchall() if not is_ours(name)}
    return {name: _rows(cursor, name, tables[name]) for name in sorted(tables)}


def _rows(cursor, table, columns):
    cursor.execute(f'SELECT to_jsonb(t) FROM "{table}" t')
    rows = [
        {name: value for name, value in row.items() if not is_ours(name)}
        for (row,) in cursor
    ]
    if "id" in columns:
        return {row["id"]: row for row in rows}
    return {repr(sorted(row.items())): row for row in rows}


def compare(before, after):
    """What differs, as three dicts by table: changed, removed and added rows.

    ``changed`` is ``{table: {id: {column: (old, new)}}}``; a table that exists
    on one side only counts as all its rows added or removed.
    """
    changed, removed, added = {}, {}, {}
    for table in sorted(before.keys() | after.keys()):
        old, new = before.get(table, {}), after.get(table, {})
        if gone := old.keys() - new.keys():
            removed[table] = {key: old[key] for key in gone}
        if fresh := new.keys() - old.keys():
            added[table] = {key: new[key] for key in fresh}
        if differing := _differing(old, new):
            changed[table] = differing
    return changed, removed, added


def _differing(old, new):
    result = {}
    for key in old.keys() & new.keys():
        columns = {
            name: (old[key].get(name), new[key].get(name))
            for name in old[key].keys() | new[key].keys()
            if old[key].get(name) != new[key].get(name)
        }
        if columns:
            result[key] = columns
    return result
