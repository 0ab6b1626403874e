"""The Easy Read edition of a snapshot: a picture, and one idea in short words."""

import re

from odoo.addons.dupq_code.dates import long_date

from .publication_page import first, group_blocks, with_media
from .publication_report import with_ideas
from .publication_seen import gap_values

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def easy_read_values(publication, progress, is_printed=False):
    """Everything the Easy Read page shows: sections of rows.

    A row is a picture and one or more short sentences beside it.

    :param bool is_printed: leave out what will not be true for long
    """
    blocks = group_blocks(publication)
    title = first(blocks, "title")
    quotes = [with_media(publication, one) for one in blocks.get("quote", [])]
    stones = publication._get_taken_back().get("quote", [])
    if is_printed:
        progress = {**progress, "total": 0, "by_block": {}, "impacts": []}
    env = publication.env
    sections = [
        ("about", "", about(env, title)),
        ("who", "", who(env, first(blocks, "participation"))),
        ("how", "", {"heading": env._("How we did it"), "rows": []}),
        ("overall", "", overall(env, first(blocks, "outcome"))),
        ("gaps", "", gaps(env, blocks)),
        *[
            ("found", one["reference"], area(env, one))
            for one in blocks.get("area", [])
        ],
        ("styles", "", styles(publication, blocks.get("document", []), is_printed)),
        ("words", "", words(env, quotes, stones)),
        ("hard", "", {"heading": env._("What is hard"), "rows": []}),
        ("plan", "", plan(env, blocks.get("action", []), progress)),
        ("differently", "", differently(env, first(blocks, "challenge"))),
    ]
    sections = with_ideas(env, sections, blocks)
    return {
        "place": title.get("service") or title.get("organisation", ""),
        "lang": publication.lang.replace("_", "-"),
        "sections": [section for section in sections if section["rows"]],
        "url": publication.url,
        "pdf": f"{publication.url}/{publication.version}/easy-read/pdf",
    }


def row(picture, *sentences):
    return {"picture": picture, "words": list(sentences)}


def about(env, title):
    _ = env._
    place = title.get("service") or title.get("organisation", "")
    return {
        "heading": _("What this is"),
        "rows": [
            row("house", _("This is about %(place)s.", place=place)),
            row(
                "magnifying-glass-tilted-left",
                _("We looked at how well we support people."),
                _("We asked the people who live and work here."),
            ),
            row(
                "spiral-calendar",
                _(
                    "We wrote this on %(date)s.",
                    date=long_date(env, title.get("date")),
                ),
            ),
        ],
    }


def who(env, participation):
    _ = env._
    rows = [
        row(
            one["picture"],
            _(
                "%(group)s: %(number)s",
                group=one["group"],
                number=one["number"] or _("no number"),
            ),
        )
        for one in participation.get("groups", [])
    ]
    if not all(one["number"] for one in participation.get("groups", [])):
        rows.append(
            row("locked", _("We leave out numbers that tell of fewer than 5 people."))
        )
    if participation.get("managers_only"):
        rows.append(row("briefcase", _("Only managers took part.")))
    if participation.get("missing"):
        rows.append(
            row(
                "thinking-face",
                _("We did not hear from: %(groups)s.", groups=participation["missing"]),
            )
        )
    return {"heading": _("Who told us"), "rows": rows}


def overall(env, outcome):
    rows = [row("light-bulb", line) for line in outcome.get("easy_read", [])]
    return {"heading": env._("What we found"), "rows": rows, "noted": rows}


def gaps(env, blocks):
    """Where groups see it most differently: who says what, in a sentence each."""
    _ = env._
    heading = _("Where we see it differently")
    picture = gap_values(blocks)
    widest = picture and picture["entries"][0]
    if not widest or not widest["gap"]:
        return {"heading": heading, "rows": []}
    pictures = {
        one["group"]: one["picture"]
        for one in first(blocks, "participation").get("groups", [])
    }
    names = {one["reference"]: one["name"] for one in blocks.get("area", [])}
    # Of a statement, the area that it belongs to: its own words are long.
    reference = widest["reference"].split(".")[0]
    rows = [
        row(
            "balance-scale",
            _("We do not all see it in the same way."),
            _("This is where we differ most:"),
            names.get(reference) or widest["name"],
        )
    ]
    rows += [
        row(
            pictures.get(one["group"], "busts-in-silhouette"),
            _("%(group)s say: %(level)s.", group=one["group"], level=one["level"]),
        )
        for one in (*widest["lowest"], *widest["highest"])
    ]
    return {"heading": heading, "rows": rows}


def area(env, data):
    """One area: what it is about, how we are doing, what we found."""
    _ = env._
    lead = [row(data["picture"], data["easy_read"])] if data["easy_read"] else []
    rows = []
    if data["not_applicable"]:
        rows.append(row("white-circle", _("This is not for us.")))
    elif data["rating"]:
        rows.append(
            row(
                data["rating"]["picture"] or "bar-chart",
                _("How are we doing?"),
                _(
                    "%(rating)s. This is step %(position)s of %(of)s.",
                    rating=data["rating"]["words"],
                    position=data["rating"]["position"],
                    of=data["rating"]["of"],
                ),
            )
        )
    noted = [row("eyes", line) for line in data["finding_easy_read"]]
    return {
        "heading": data["name"],
        "rows": lead + rows + noted,
        "lead": lead,
        "noted": noted,
    }


def styles(publication, documents, is_printed):
    """The report in other ways: a film, pictures, an Easy Read paper of our own."""
    _ = publication.env._
    base = publication.get_base_url() if is_printed else ""
    rows = []
    for one in documents:
        media = with_media(publication, one)["media"]
        link = one["url"] or (media and base + media[0]["url"])
        rows.append({**row("framed-picture", one["name"]), "link": link or ""})
    return {"heading": _("We also tell it in another way"), "rows": rows}


def words(env, quotes, stones):
    """What people said, with the pictures, sounds and films they gave."""
    _ = env._
    pictures = {"good": "thumbs-up", "not_yet": "thumbs-down"}
    rows = [
        {
            **row(
                pictures.get(one["feeling"], "speech-balloon"),
                *quoted(env, one),
                one["group"],
            ),
            "own": one["words"] if one.get("short_words") else "",
            "media": one["media"],
        }
        for one in quotes
    ]
    if rows:
        own = row(
            "speaking-head",
            _("These are people's own words."),
            _("We did not change them."),
        )
        rows.insert(0, own)
    rows += [
        row(
            "counterclockwise-arrows-button",
            _("Someone took their words back."),
            _("That was on %(day)s.", day=day),
        )
        for day in stones
    ]
    return {"heading": _("What people said"), "rows": rows}


def quoted(env, quote):
    """What somebody said: in short words if they agreed to some, else as it is."""
    short = (quote.get("short_words") or "").splitlines()
    said = [line.strip() for line in short if line.strip()]
    if said:
        return [env._("In short words:"), *said]
    return [env._("“%(words)s”", words=quote["words"])]


def plan(env, actions, progress):
    """What we will do, how far we are, and what came of it."""
    _ = env._
    rows = [
        promise(env, one, progress["by_block"].get(one["sequence"], {}))
        for one in actions
    ]
    if progress["total"]:
        rows.append(
            row(
                "check-mark-button",
                _(
                    "%(done)s of %(total)s things are done today.",
                    done=progress["done"],
                    total=progress["total"],
                ),
            )
        )
    return {"heading": _("What we will do"), "rows": rows}


def promise(env, action, now):
    """What we will do, by when if that is still to come, and how far we are."""
    date = long_date(env, action["date_due"])
    due = [] if now.get("is_over") else [env._("We will do it by %(date)s.", date=date)]
    picture = "check-mark-button" if now.get("is_over") else "spiral-calendar"
    return row(picture, action["what"], *due, *filter(None, [now.get("easy")]))


def differently(env, challenge):
    """How to tell us: by the address alone where there is one, it is short."""
    _ = env._
    text = challenge.get("text") or ""
    rows = [row("raised-hand", _("Is this wrong? Please tell us."))]
    if address := ADDRESS.search(text):
        rows.append(
            row(
                "envelope",
                _("You can write to this address:"),
                address[0],
                _("Somebody may help you."),
            )
        )
    elif text:
        rows.append(row("envelope", text))
    return {"heading": _("Do you see it differently?"), "rows": rows}
