"""What the editor says to people about a text: sentences made from remarks."""

from .. import easy_read, plain_words


def remark_words(env, remark):
    """A remark in the margin as one sentence."""
    _ = env._
    if remark.kind == plain_words.LONG:
        return _(
            "%(number)s words in one sentence. Can it be two or three?",
            number=remark.hint,
        )
    if remark.kind == plain_words.PASSIVE:
        return _("“%(words)s”: who does it? Say who.", words=remark.words)
    if remark.kind == plain_words.RARE:
        return _("“%(words)s”: not everybody knows this word.", words=remark.words)
    if remark.kind == plain_words.ACRONYM:
        if remark.hint:
            return _(
                "%(words)s: write “%(plain)s (%(words)s)” the first time.",
                words=remark.words,
                plain=remark.hint,
            )
        return _("%(words)s: say what the letters stand for.", words=remark.words)
    if remark.hint:
        return _(
            "“%(words)s”: say “%(plain)s” instead?",
            words=remark.words,
            plain=remark.hint,
        )
    return _("“%(words)s”: is there a plainer word?", words=remark.words)


def problem_words(env, problem):
    """A rule of Easy Read that is not kept, as one sentence."""
    _ = env._
    if problem.kind == easy_read.NO_WORDS:
        return _("Write the idea in a short sentence.")
    if problem.kind == easy_read.NO_PICTURE:
        return _("Choose a picture.")
    if problem.kind == easy_read.LONG:
        return _(
            "“%(words)s” has %(number)s words; %(most)s are enough.",
            words=problem.words,
            number=problem.hint,
            most=easy_read.LONGEST,
        )
    if problem.kind == easy_read.MANY:
        return _(
            "%(number)s sentences for one picture: make two ideas of it.",
            number=problem.hint,
        )
    if problem.kind == easy_read.PAGES:
        return _(
            "About %(number)s pages; after %(most)s people stop reading.",
            number=problem.hint,
            most=easy_read.MOST_PAGES,
        )
    if problem.hint:
        return _(
            "Explain “%(words)s”, or say “%(plain)s”.",
            words=problem.words,
            plain=problem.hint,
        )
    return _("Explain “%(words)s”.", words=problem.words)


def library_words(env):
    """What the checker cannot see without a library, as a sentence, or nothing."""
    if missing := plain_words.missing_libraries():
        return env._(
            "Rare words and reading age are not checked here: not installed: "
            "%(names)s. Sentences, jargon and letters are.",
            names=", ".join(missing),
        )
    return ""
