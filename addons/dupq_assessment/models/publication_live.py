"""What is true today beside a snapshot: how far the plan is, and what came of it.

Of the actions, nothing but their state and days leaves this file; of what people
said about the change, only what was made public.
"""

from odoo.addons.dupq_code.dates import long_date

from .publication_words import paragraphs


def live_values(publication):
    """Everything the live strip shows of one publication."""
    env = publication.env
    # Public pages show these plain values of actions and impact notes, never records.
    publication_sudo = publication.sudo()
    assessment_sudo = publication_sudo.assessment_id
    actions_sudo = env["dupq.action"].sudo()
    actions_sudo = actions_sudo.search([("assessment_id", "=", assessment_sudo.id)])
    by_state = actions_sudo.grouped("state")
    counts = {state: len(actions) for state, actions in by_state.items()}
    impacts_sudo = assessment_sudo.impact_ids.filtered(
        lambda impact: impact.state == "public"
    )
    changes = [*actions_sudo.mapped("write_date"), *impacts_sudo.mapped("write_date")]
    return {
        "total": len(actions_sudo),
        "done": counts.get("done", 0),
        "in_progress": counts.get("in_progress", 0),
        "open": counts.get("open", 0),
        "dropped": counts.get("dropped", 0),
        "late": len(actions_sudo.filtered("is_overdue")),
        "since": long_date(env, publication_sudo.date),
        "updated": long_date(env, max(changes, default=None)),
        "by_block": action_states(publication_sudo, actions_sudo),
        "impacts": [impact_values(impact) for impact in impacts_sudo],
    }


def impact_values(impact):
    """What has changed since, for whom, and who says so: groups, never people."""
    _ = impact.env._
    headings = {
        "3": _("After 3 months: what has changed?"),
        "6": _("After 6 months: what has changed?"),
    }
    return {
        "heading": headings.get(impact.months, _("What has changed?")),
        "changed": paragraphs(impact.what_changed),
        "told": _(
            "For: %(whom)s. Told by: %(who)s. %(day)s.",
            whom=", ".join(impact.for_group_ids.mapped("name")),
            who=", ".join(impact.told_by_group_ids.mapped("name")),
            day=long_date(impact.env, impact.date_shown),
        ),
    }


def action_states(publication_sudo, actions_sudo):
    """How far each promise of the plan is: {place of its block: state and words}."""
    known = {action.id: action for action in actions_sudo}
    states = {}
    for block in publication_sudo.block_ids:
        action = known.get(block.source_id)
        if action and block.source_model == "dupq.action":
            states[block.sequence] = action_state(action)
    return states


def action_state(action):
    """The state of one action: the colour of its tag, the words, and a sentence."""
    _ = action.env._
    if action.state == "done":
        day = long_date(action.env, action.date_done)
        words = _("Done on %(day)s", day=day) if day else _("Done")
        easy = _("This is done.")
        return {"tag": "dq-tag-good", "words": words, "easy": easy, "is_over": True}
    if action.state == "dropped":
        easy = _("We do not do this any more.")
        return {"tag": "", "words": _("Given up"), "easy": easy, "is_over": True}
    if action.is_overdue:
        return {"tag": "dq-tag-bad", "words": _("Late"), "easy": _("This is late.")}
    if action.state == "in_progress":
        easy = _("We have begun.")
        return {"tag": "dq-tag-warn", "words": _("In progress"), "easy": easy}
    easy = _("We have not begun yet.")
    return {"tag": "", "words": _("Not begun"), "easy": easy}
