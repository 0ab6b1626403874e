"""What a reader of a report will ask, and what the record answers, without any ORM.

The five questions that the Code's own pages ask of a report, and one more: whether
something that is not good yet was left out of it. A question is answered by what the
record holds or by what somebody found in a file or film, never by how it is written.
The words for people are made elsewhere.

The record of a good report answers all of them:

>>> good = Facts(
...     numbers={"people": 4, "families": 3, "staff": 7},
...     methods={"creative": 4, "interview": 3, "focus_group": 7},
...     areas=5, areas_met=2, bad_recognised=1, hands=3, occasions=4, days=9,
...     quote_groups=3, quotes_critical=2, actions=4, actions_dated=4, challenges=5,
... )
>>> [(one.key, one.is_answered) for one in ask(good)] == [(key, True) for key in KEYS]
True
"""

from dataclasses import dataclass, field

WHO, HOW, CHECKLIST, WORDS, PLAN = "who", "how", "checklist", "words", "plan"
LEFT_OUT = "left_out"
KEYS = (WHO, HOW, CHECKLIST, WORDS, PLAN, LEFT_OUT)

# Signs of a report that somebody filled in alone
ALL_MET, ONE_HAND = "all_met", "one_hand"
ONE_OCCASION, ONE_DAY = "one_occasion", "one_day"
MANAGERS_ONLY, ECHO = "managers_only", "echo"
# What else can be missing
NOBODY, UNHEARD = "nobody", "unheard"
NO_WAY = "no_way"
NO_QUOTES, ONE_GROUP, NOTHING_CRITICAL = "no_quotes", "one_group", "nothing_critical"
NO_PLAN, NO_DATES, NO_CHALLENGE = "no_plan", "no_dates", "no_challenge"
DROPPED = "dropped"

# So few people can be heard in one meeting, and by one who writes it down.
A_HOUSEHOLD = 12
# A day on which so many groups came together was a day with people.
A_DAY_TOGETHER = 3


@dataclass(frozen=True)
class Facts:
    """What the record holds; counts are 0 where there is nothing.

    :param numbers: how many took part, by group
    :param methods: how many took part, by the way in which they did
    :param unheard: whether a group was not heard that should have been
    :param is_managers_only: only people who lead took part
    :param areas: lines that are rated; ``areas_met`` of them "we meet it"
    :param good_all: every area is met, and every good statement is recognised
    :param bad_recognised: bad statements that are recognised
    :param echoes: findings that say little but the words of the Code itself, up to
        the first that says more
    :param hands: people who wrote, rated or led a discussion; 0 if nobody knows
    :param occasions: discussions, surveys and other ways in which people were heard
    :param days: days on which something was said, rated or noted; 0 if nobody knows
    :param elsewhere: of who, how, words, hard and plan: what a file or film shows
    """

    numbers: dict = field(default_factory=dict)
    methods: dict = field(default_factory=dict)
    unheard: bool = False
    is_managers_only: bool = False
    services: int = 1
    areas: int = 0
    areas_met: int = 0
    good_all: bool = False
    bad_recognised: int = 0
    echoes: int = 0
    hands: int = 0
    occasions: int = 0
    days: int = 0
    quotes: int = 0
    quote_groups: int = 0
    quotes_critical: int = 0
    actions: int = 0
    actions_dated: int = 0
    challenges: int = 0
    dropped: int = 0
    elsewhere: frozenset = frozenset()

    @property
    def people(self):
        return sum(self.numbers.values())


@dataclass(frozen=True)
class Answer:
    """One question, and what speaks against a yes, as names of what was seen."""

    key: str
    doubts: tuple = ()

    @property
    def is_answered(self):
        return not self.doubts


def ask(facts):
    """All questions with their answers, in their order."""
    checks = (who, how, checklist, words, plan, left_out)
    return [
        Answer(key, tuple(check(facts)))
        for key, check in zip(KEYS, checks, strict=True)
    ]


def who(facts):
    """Whether it says who took part, and whether those did whose lives it is about.

    >>> list(who(Facts())), list(who(Facts(elsewhere={"who"})))
    (['nobody'], [])
    >>> list(who(Facts(numbers={"managers": 2}, unheard=True, is_managers_only=True)))
    ['managers_only']
    >>> list(who(Facts(numbers={"staff": 2}, unheard=True)))
    ['unheard']
    """
    if facts.is_managers_only:
        yield MANAGERS_ONLY
    elif not facts.people:
        if "who" not in facts.elsewhere:
            yield NOBODY
    elif facts.unheard:
        yield UNHEARD


def how(facts):
    """Whether it says in which ways people took part.

    >>> list(how(Facts(methods={"survey": 20}))), list(how(Facts()))
    ([], ['no_way'])
    >>> list(how(Facts(elsewhere={"how"})))
    []
    """
    if not any(facts.methods.values()) and "how" not in facts.elsewhere:
        yield NO_WAY


def checklist(facts):
    """Signs that somebody ticked off the statements, and asked nobody.

    >>> list(checklist(Facts(areas=5, areas_met=5, good_all=True)))
    ['all_met']
    >>> list(checklist(Facts(areas=5, hands=1, occasions=1, days=1)))
    ['one_hand', 'one_occasion', 'one_day']
    >>> list(checklist(Facts(areas=5, areas_met=5)))
    []
    >>> list(checklist(Facts(areas=5, areas_met=5, good_all=True, bad_recognised=1)))
    []
    >>> [list(checklist(Facts(areas=5, echoes=echoes))) for echoes in (4, 5)]
    [[], ['echo']]

    A house of four that talked it over in one meeting has not ticked anything off.

    >>> house = {"people": 4, "families": 2, "staff": 3}
    >>> list(checklist(Facts(house, areas=5, hands=1, occasions=1, days=1)))
    []

    Two houses, or more people than that, are no household.

    >>> list(checklist(Facts(house, services=2, areas=5, hands=1)))
    ['one_hand']
    >>> list(checklist(Facts({**house, "staff": 7}, areas=5, hands=1)))
    ['one_hand']
    """
    is_all_met = facts.areas_met == facts.areas and facts.good_all
    if facts.areas and is_all_met and not facts.bad_recognised:
        yield ALL_MET
    if facts.areas and facts.echoes == facts.areas:
        yield ECHO
    together = len([number for number in facts.numbers.values() if number])
    is_household = (
        facts.services <= 1
        and facts.people <= A_HOUSEHOLD
        and together >= A_DAY_TOGETHER
    )
    if not facts.areas or is_household:
        return
    if facts.hands == 1:
        yield ONE_HAND
    if facts.occasions == 1:
        yield ONE_OCCASION
    if facts.days == 1:
        yield ONE_DAY


def words(facts):
    """Whether people speak for themselves, several groups, and not only praise.

    >>> list(words(Facts(quote_groups=1, quotes=3)))
    ['one_group', 'nothing_critical']
    >>> list(words(Facts(elsewhere={"words"})))
    []
    """
    if "words" in facts.elsewhere:
        return
    if not (facts.quotes or facts.quote_groups):
        yield NO_QUOTES
        return
    if facts.quote_groups < 2:
        yield ONE_GROUP
    if not facts.quotes_critical:
        yield NOTHING_CRITICAL


def plan(facts):
    """Whether it says what is hard, and what will be done by when.

    >>> list(plan(Facts(actions=2, actions_dated=1)))
    ['no_dates', 'no_challenge']
    >>> list(plan(Facts(actions=1, actions_dated=1, elsewhere={"hard"})))
    []
    """
    if "plan" not in facts.elsewhere:
        if not facts.actions:
            yield NO_PLAN
        elif facts.actions_dated < facts.actions:
            yield NO_DATES
    if not facts.challenges and "hard" not in facts.elsewhere:
        yield NO_CHALLENGE


def left_out(facts):
    """Whether something that is not good yet went out of the text without a reason.

    >>> list(left_out(Facts(dropped=1)))
    ['dropped']
    """
    if facts.dropped:
        yield DROPPED
