from ..easy_read import is_long
from .step import step


def check(assessment, figures):
    """Whether it is told plainly and in Easy Read, and answers a reader's questions."""
    _ = assessment.env._
    remarks = figures.get_remarks(assessment)
    open_ones = [one for one in remarks if not one["is_answered"] and not one["reason"]]
    answered = len(remarks) - len(open_ones)
    quotes = assessment.printed_voice_ids._may_be_printed()
    long = quotes.filtered(lambda one: not one.short_words and is_long(one.words))
    return step(
        _("Report"),
        _(
            "%(answered)s of %(all)s questions of a reader answered.",
            answered=answered,
            all=len(remarks),
        ),
        (assessment._says_outcome(), _("Write what you found overall.")),
        (
            assessment.outcome_easy_read
            or assessment.section_ids.idea_ids
            or "easy_read" in assessment.document_ids.mapped("style"),
            _("Write the same in Easy Read."),
        ),
        (
            not long,
            _(
                "Long for Easy Read: %(number)s of the quotes. Agree short words with "
                "those who said them.",
                number=len(long),
            ),
        ),
        *[(False, one["sentence"]) for one in open_ones],
    )
