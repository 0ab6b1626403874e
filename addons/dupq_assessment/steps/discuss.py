from .step import step


def check(assessment, figures):
    """Whether people are asked, not for show, and speak for themselves.

    Also of what is not good yet.
    """
    _ = assessment.env._
    sessions = assessment.session_ids.filtered(lambda one: one.state != "cancelled")
    held = sessions.filtered(lambda one: one.state == "held")
    silent = held.filtered(lambda one: not (one.support_given and one.papers_given))
    documents = assessment.document_ids
    voices = assessment.printed_voice_ids
    printed = voices._may_be_printed()
    waiting = voices - printed
    return step(
        _("Discuss"),
        _(
            "Discussions that took place: %(held)s. Quotes that may be printed: "
            "%(number)s.",
            held=len(held),
            number=len(printed),
        ),
        (
            sessions
            or figures.get_voices(assessment).count
            or documents._shows("words"),
            _("Plan a discussion, and ask people."),
        ),
        (
            not silent,
            _(
                "Say which papers people had before, and what support: %(sessions)s.",
                sessions=", ".join(silent.mapped("name")),
            ),
        ),
        (
            printed or documents._shows("words"),
            _("Print what people said, with their consent."),
        ),
        (
            not printed or "not_yet" in printed.mapped("feeling"),
            _("Print something that is not good yet, too."),
        ),
        (not waiting, _("Some quotes wait for consent or still hold names.")),
    )
