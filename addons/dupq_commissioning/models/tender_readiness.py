"""What a tender still lacks: one question each, answered in words.

Each function takes one tender and gives the sentence that says what is missing,
or something false when nothing is. Guards ask them in turn.
"""

from ..const import MIN_EVALUATORS
from ..scoring import from_field, plain


def deadline(tender):
    """Bidders need to know until when."""
    _ = tender.env._
    if not tender.date_deadline:
        return _("Say until when bids are taken.")
    return tender.is_past_deadline and _("The deadline has already passed.")


def weights(tender):
    """Everything counts for something, and all of it for exactly 100."""
    _ = tender.env._
    if not tender.criterion_ids:
        return _("There are no criteria yet.")
    if any(criterion.weight <= 0 for criterion in tender.criterion_ids):
        return _("Every criterion needs a weight above zero.")
    shares = from_field(tender.quality_weight) + from_field(tender.price_weight)
    if shares != 100:
        return _(
            "Quality and price together are %(sum)s, they need to be 100.",
            sum=plain(shares),
        )
    return not tender.is_weight_exact and _(
        "The weights do not fit: %(note)s.", note=tender.weight_note
    )


def criteria(tender):
    """Bidders know what is asked, evaluators what to look for."""
    bare = tender.criterion_ids.filtered(lambda c: not (c.question and c.guide))
    return bare and tender.env._(
        "%(criterion)s has no question or no scoring guide yet.",
        criterion=bare[0].name,
    )


def scale(tender):
    """Each step of the scale is there and means something."""
    _ = tender.env._
    values = sorted(tender.scale_level_ids.mapped("value"))
    if len(values) < 2 or values != list(range(len(values))):
        return _("The scale needs every step from 0 to its highest score.")
    bare = tender.scale_level_ids.filtered(lambda level: not level.description)
    return bare and _("Say what a %(score)s on the scale means.", score=bare[0].value)


def panel(tender):
    """Somebody moderates, and more than one person scores."""
    _ = tender.env._
    roles = tender.evaluator_ids.mapped("role")
    if "chair" not in roles:
        return _("The panel has no chair yet.")
    return roles.count("evaluator") < MIN_EVALUATORS and _(
        "The panel needs at least %(count)s evaluators.", count=MIN_EVALUATORS
    )


def open_time(tender):
    """Bids stay sealed until the deadline has passed on the server's clock."""
    return not tender.is_past_deadline and tender.env._(
        "Bids stay sealed until %(deadline)s.", deadline=tender._say_deadline()
    )


def bids(tender):
    """There is something to open."""
    return not tender._get_live_bids() and tender.env._(
        "No bid was received. Cancel the tender instead."
    )


def chair(tender):
    """The user chairs the panel and has declared no conflict."""
    mine = tender.evaluator_ids.filtered(
        lambda seat: (
            seat.user_id == tender.env.user
            and seat.role == "chair"
            and seat.state in ("declared", "locked")
        )
    )
    return not mine and tender.env._(
        "Only the chair of the panel, once free of conflicts, takes this step."
    )


def all_locked(tender):
    """Everyone who scores has locked their scores, and they are enough people."""
    _ = tender.env._
    scoring = tender.evaluator_ids.filtered(
        lambda seat: seat.role == "evaluator" and seat.state != "stood_down"
    )
    if len(scoring) < MIN_EVALUATORS:
        return _(
            "Fewer than %(count)s evaluators are left. Add one to the panel.",
            count=MIN_EVALUATORS,
        )
    waiting = scoring.filtered(lambda seat: seat.state != "locked")
    return waiting and _(
        "%(names)s: scores not locked yet.",
        # Colleagues on the panel know each other by name.
        names=", ".join(waiting.sudo().mapped("user_id.name")),
    )
