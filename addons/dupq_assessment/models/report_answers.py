"""What is said to a writer about each question of a reader: sentences."""

from .. import report_quality as asked


def question(env, key):
    """The question as a reader asks it."""
    _ = env._
    return {
        asked.WHO: _("Does it say who took part?"),
        asked.HOW: _("Does it say how you did it?"),
        asked.CHECKLIST: _("Is it more than a checklist?"),
        asked.WORDS: _("Does it hold a range of what people said?"),
        asked.PLAN: _("Does it say what is hard, and what you will do by when?"),
        asked.LEFT_OUT: _("Does it still say what is not good yet?"),
    }[key]


def why(env, key):
    """Why a reader asks it."""
    _ = env._
    return {
        asked.WHO: _("People trust a report by those whose lives it is about."),
        asked.HOW: _("A meeting, a survey and a talk at home find different things."),
        asked.CHECKLIST: _(
            "A list of what you meet sounds as if nobody had been asked."
        ),
        asked.WORDS: _("Quotes, good and bad, show that everybody could speak."),
        asked.PLAN: _(
            "Nobody is perfect. A report that names nothing hard does not convince."
        ),
        asked.LEFT_OUT: _("Openness is a promise of the Code."),
    }[key]


def seen(assessment, facts, answer):
    """What was seen in the record, as one or more sentences."""
    env = assessment.env
    if answer.is_answered:
        return _answered(env, facts, answer.key)
    return " ".join(_doubt(assessment, facts, doubt) for doubt in answer.doubts)


def _answered(env, facts, key):
    _ = env._
    if key == asked.WHO and facts.people:
        return _(
            "%(people)s people of %(groups)s groups took part.",
            people=facts.people,
            groups=len([number for number in facts.numbers.values() if number]),
        )
    if key == asked.HOW and facts.methods:
        return _("Ways in which people took part: %(ways)s.", ways=len(facts.methods))
    if key == asked.CHECKLIST:
        return _("Nothing in the record looks like ticking off a list.")
    if key == asked.WORDS and facts.quotes:
        return _(
            "Quotes: %(quotes)s, of %(groups)s groups. Critical ones: %(critical)s.",
            quotes=facts.quotes,
            groups=facts.quote_groups,
            critical=facts.quotes_critical,
        )
    if key == asked.PLAN and facts.actions:
        return _(
            "Actions with a day: %(actions)s. Things that are hard are named.",
            actions=facts.actions_dated,
        )
    if key == asked.LEFT_OUT:
        return _("Nothing that is not good yet was taken out without a reason.")
    return _("It is said in the file or link that you added.")


def _doubt(assessment, facts, doubt):
    _ = assessment.env._
    return {
        asked.NOBODY: _("Nobody is written down as having taken part."),
        asked.MANAGERS_ONLY: _("Only managers took part."),
        asked.UNHEARD: _(
            "Nobody of these groups took part: %(groups)s.",
            groups=assessment.few_voices,
        ),
        asked.NO_WAY: _("No meeting, survey or talk is written down."),
        asked.ALL_MET: _(
            "Every area is met, every good statement recognised and no bad one."
        ),
        asked.ECHO: _("What you found repeats the words of the Code."),
        asked.ONE_HAND: _("One person has written and rated everything."),
        asked.ONE_OCCASION: _("Everything comes from one occasion."),
        asked.ONE_DAY: _("Everything was said, noted and rated on one day."),
        asked.NO_QUOTES: _("No quote may be printed."),
        asked.ONE_GROUP: _("All quotes are of one group."),
        asked.NOTHING_CRITICAL: _("No quote says what is not good yet."),
        asked.NO_PLAN: _("There is no action in the plan."),
        asked.NO_DATES: _("An action has no day by which it is done."),
        asked.NO_CHALLENGE: _("Nothing is named that is not good yet, or hard."),
        asked.DROPPED: _(
            "Taken out of the text although it is not good yet, and nobody has said "
            "why: %(number)s.",
            number=facts.dropped,
        ),
    }[doubt]
