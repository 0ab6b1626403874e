"""Conditions of a rule in words, for the people who ask what they mean."""

from datetime import datetime

from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.date_utils import parse_date

from .rule_paths import hops


def parts_of(domain):
    """The conditions that must all be met, each by itself.

    >>> [list(part) for part in parts_of(Domain("a", "=", 1) & Domain("b", "=", 2))]
    [[('a', '=', 1)], [('b', '=', 2)]]
    """
    is_and = getattr(domain, "OPERATOR", None) == "&"
    return list(domain.children) if is_and else [domain]


def say(model, domain):
    """A condition as a sentence would have it: “Valid until is today or later”.

    :param model: the records that are asked, with the language of the reader
    """
    operator = getattr(domain, "OPERATOR", None)
    if operator in ("|", "&"):
        word = model.env._(" or ") if operator == "|" else model.env._(" and ")
        return word.join(say(model, child) for child in domain.children)
    if operator == "!":
        return model.env._("not (%(condition)s)", condition=say(model, domain.child))
    leaves = list(domain.iter_conditions())
    if len(leaves) != 1:
        return str(list(domain))
    return _say_leaf(model, leaves[0])


def say_path(model, path):
    """The labels along a path, as the screens show it: “Type > Course”."""
    found = hops(model, path)
    return " > ".join(field._description_string(model.env) for _owner, field in found)


def _say_leaf(model, leaf):
    try:
        label = say_path(model, leaf.field_expr)
        owner, field = hops(model, leaf.field_expr)[-1]
    except KeyError:
        return str(leaf)
    if leaf.operator in ("any", "not any"):
        value = say(model.env[field.comodel_name], Domain(leaf.value))
        phrases = _get_phrases(model.env)
    elif leaf.value is False and field.type != "boolean":
        value, phrases = "", _get_empty_phrases(model.env)
    else:
        value = _say_value(owner, field, leaf.value)
        phrases = _get_phrases(model.env)
        if field.type in ("date", "datetime"):
            phrases |= _get_day_phrases(model.env)
    phrase = phrases.get(leaf.operator, f"%(field)s {leaf.operator} %(value)s")
    return phrase % {"field": label, "value": value}


def _get_empty_phrases(env):
    empty, filled = env._("%(field)s is empty"), env._("%(field)s is filled in")
    return {"=": empty, "in": empty, "!=": filled, "not in": filled}


def _get_day_phrases(env):
    return {
        ">=": env._("%(field)s is %(value)s or later"),
        "<=": env._("%(field)s is %(value)s or earlier"),
        ">": env._("%(field)s is after %(value)s"),
        "<": env._("%(field)s is before %(value)s"),
    }


def _get_phrases(env):
    is_, is_not = env._("%(field)s is %(value)s"), env._("%(field)s is not %(value)s")
    has = env._("%(field)s contains %(value)s")
    has_not = env._("%(field)s does not contain %(value)s")
    return {
        "=": is_,
        "in": is_,
        "!=": is_not,
        "not in": is_not,
        ">=": env._("%(field)s is %(value)s or more"),
        "<=": env._("%(field)s is %(value)s or less"),
        ">": env._("%(field)s is more than %(value)s"),
        "<": env._("%(field)s is less than %(value)s"),
        **dict.fromkeys(("like", "ilike", "=like", "=ilike"), has),
        **dict.fromkeys(("not like", "not ilike", "not =ilike"), has_not),
        "child_of": env._("%(field)s is, or is under, %(value)s"),
        "parent_of": env._("%(field)s is, or is above, %(value)s"),
        "any": env._("one of %(field)s fits: %(value)s"),
        "not any": env._("none of %(field)s fits: %(value)s"),
    }


def _say_value(owner, field, value):
    if isinstance(value, list | tuple | set | frozenset):
        return owner.env._(" or ").join(_say_value(owner, field, one) for one in value)
    env = owner.env
    if field.type == "boolean":
        return env._("yes") if value else env._("no")
    if field.type == "selection":
        return dict(field._description_selection(env)).get(value, str(value))
    if field.type in ("date", "datetime") and value:
        return _say_day(env, value)
    if field.relational and isinstance(value, int):
        # What the reader may not see has no name here.
        linked = env[field.comodel_name].browse(value).exists()
        return linked._filtered_access("read").display_name or "…"
    return str(value)


def _say_day(env, value):
    if value in ("today", "now"):
        return env._("today")
    moment = parse_date(value, env) if isinstance(value, str) else value
    day = moment.date() if isinstance(moment, datetime) else moment
    return format_date(env, day, date_format="d MMMM yyyy")
