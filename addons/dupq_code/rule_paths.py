"""Following a path of fields from a record, in SQL, with the rights of somebody."""

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL


class NotInSql(Exception):
    """The path goes over a field that the database does not hold."""


def split_path(path):
    """
    >>> split_path("employee_id.department_id")
    ('employee_id', 'department_id')
    >>> split_path(None)
    ()
    """
    return tuple((path or "").split(".")) if path else ()


def hops(model, path):
    """The fields of a path, each with the model that it is on.

    :raise KeyError: if a field is not there, or a field before the last is no link
    :return: list of (model, field)
    """
    result = []
    for name in split_path(path):
        if model is None:
            raise KeyError(name)
        field = model._fields[name]
        result.append((model, field))
        model = model.env[field.comodel_name] if field.relational else None
    return result


def stored_paths(model, path, _seen=frozenset()):
    """The path, and those of the stored fields that a computed value on it is from.

    :return: list of paths, none twice
    """
    paths, prefix = [path], ""
    for owner, field in hops(model, path):
        if not field.store and (owner._name, field.name) not in _seen:
            seen = _seen | {(owner._name, field.name)}
            for needed in owner.pool.field_depends.get(field, ()):
                paths += [f"{prefix}{p}" for p in stored_paths(owner, needed, seen)]
        prefix += f"{field.name}."
    return list(dict.fromkeys(paths))


def is_searchable(model, path):
    """Whether a condition may ask the path."""
    return all(field._description_searchable for _model, field in hops(model, path))


def leaves_in(domain, prefix=""):
    """Every (path, condition) of a domain, also within “any of its lines”.

    >>> domain = Domain("a.b", "=", 1) & Domain("c", "any", [("d", "=", 2)])
    >>> [path for path, _leaf in leaves_in(domain)]
    ['a.b', 'c', 'c.d']
    """
    for leaf in Domain(domain).iter_conditions():
        path = f"{prefix}{leaf.field_expr}"
        yield path, leaf
        if leaf.operator in ("any", "not any"):
            yield from leaves_in(leaf.value, f"{path}.")


def is_in_sql(model, path):
    """Whether the database can follow the path: stored links, one record each."""
    found = hops(model, path)
    links, last = found[:-1], found[-1:]
    return all(_is_link_in_sql(field) for _model, field in links) and all(
        _is_value_in_sql(field) for _model, field in last
    )


def _is_link_in_sql(field):
    return field.type == "many2one" and _is_value_in_sql(field)


def _is_value_in_sql(field):
    if field.type in ("one2many", "many2many"):
        return False
    # A name that is not stored but read from a link, as Odoo itself searches it.
    by_link = field.related and (field.compute_sudo or field.inherited)
    return bool(field.store or by_link)


def to_sql(model, query, path):
    """The value at the end of a path, as the user of ``model`` may read it.

    Each record on the way that this user may not read counts as empty.

    :param model: empty recordset of the query's main table, with the user
    :param query: the Query to which the joins are added
    :return: pair (SQL value, field at the end)
    """
    alias = query.table
    *links, last = hops(model, path)
    for link_model, field in links:
        if not _is_link_in_sql(field):
            raise NotInSql(path)
        alias = _join(link_model, field, alias, query)
    last_model, field = last
    if not _is_value_in_sql(field):
        raise NotInSql(path)
    return last_model._field_to_sql(alias, field.name, query), field


def _join(model, field, alias, query):
    comodel = model.env[field.comodel_name]
    joined = query.make_alias(alias, f"{field.name}__seen")
    condition = SQL(
        "%s = %s",
        model._field_to_sql(alias, field.name, query),
        SQL.identifier(joined, "id"),
    )
    readable = comodel._search([], active_test=False)
    if readable.where_clause:
        condition = SQL(
            "%s AND %s IN %s",
            condition,
            SQL.identifier(joined, "id"),
            readable.subselect(),
        )
    query.add_join("LEFT JOIN", joined, comodel._table, condition)
    return joined


def get_words(record, path):
    """What a person reads at the end of a path; nothing where it may not be read."""
    try:
        value = follow(record, path)
        field = hops(record, path)[-1][1]
    except (AccessError, KeyError):
        return ""
    if field.type == "selection":
        value = dict(field._description_selection(record.env)).get(value)
    return value or ""


def follow(record, path):
    """The value at the end of a path of one record; what may not be read is empty."""
    value = record
    for name in path.split("."):
        if name == "id":
            continue
        value = value[name]
        if isinstance(value, BaseModel):
            value = value[:1]._filtered_access("read")
    return value
