"""This year beside the last one, on the same scale: plain values."""


def compare(env, last, now):
    """A row for each area or part of the organisation rated in either year.

    :param last: ratings of the year before, of everyone together
    :param now: the same of this year
    """
    before, after = (
        {get_key(rating): rating for rating in ratings} for ratings in (last, now)
    )
    words = {
        "better": env._("better"),
        "worse": env._("worse"),
        "same": env._("the same"),
        "new": env._("new"),
        "open": env._("not said yet"),
    }
    none = now.browse()
    return [
        {
            "name": (now_ or last_).display_name,
            "last": last_.level_id.name or "",
            "now": "" if now_.is_carried else now_.level_id.name or "",
            "change": (change := get_change(*get_shares(last_, now_))),
            "words": words[change],
        }
        for key in {**before, **after}
        for last_, now_ in [(before.get(key, none), after.get(key, none))]
    ]


def get_key(rating):
    """What is rated, across editions of the Code; a part of our own by its name."""
    focus = rating.focus_id
    own = rating.focus_name if rating.focus_name != focus.name else ""
    return rating.area_id.reference or "", focus.id, (own or "").strip().casefold()


def get_shares(last, now):
    """Where both stand on the scale, from 0 to 1; None where nothing is said."""
    said = now.level_id and not now.is_carried
    return (
        last.level_id.share if last.level_id else None,
        now.level_id.share if said else None,
    )


def get_change(last, now):
    """
    >>> get_change(0.3, 0.6), get_change(0.6, 0.3), get_change(0.5, 0.5)
    ('better', 'worse', 'same')
    >>> get_change(None, 0.5), get_change(0.5, None), get_change(None, None)
    ('new', 'open', 'open')
    """
    if now is None:
        return "open"
    if last is None:
        return "new"
    if now == last:
        return "same"
    return "better" if now > last else "worse"


def get_plan_said(env, actions):
    """What became of the last plan, in one sentence."""
    if not actions:
        return ""
    return env._(
        "Of the last plan, %(done)s of %(all)s actions are done; people said of "
        "%(worked)s that it worked.",
        done=len(actions.filtered(lambda one: one.state == "done")),
        all=len(actions),
        worked=len(actions.filtered(lambda one: one.did_it_work == "yes")),
    )
