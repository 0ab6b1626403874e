"""Choosing staff: the steps of it, as they stand in the address of a page, and what
follows from the answers. Without any ORM."""

from dataclasses import dataclass

# The three answers, each with its picture, in the order in which they are shown.
PICTURES = {"yes": "thumbs-up", "not_sure": "thinking-face", "no": "thumbs-down"}


@dataclass(frozen=True)
class Step:
    """One candidate; with an answer, the page that asks why."""

    choice_id: int
    answer: str | None = None

    @classmethod
    def parse(cls, path):
        """The step that a path names, or None.

        >>> Step.parse("12"), Step.parse("12/not_sure")
        (Step(choice_id=12, answer=None), Step(choice_id=12, answer='not_sure'))
        >>> Step.parse("12/perhaps"), Step.parse("x"), Step.parse("1/yes/no")
        (None, None, None)
        """
        number, _slash, answer = path.partition("/")
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        if answer and answer not in PICTURES:
            return None
        return cls(int(number), answer or None)


def chosen_otherwise(answers, applicants):
    """For which applicants who chose otherwise: ``{applicant: [people]}``.

    Somebody said anything but yes of them, or yes of another and nothing of them.

    >>> answers = {("Ola", "Jane"): "yes", ("Sam", "Jane"): "no", ("Sam", "Max"): "yes"}
    >>> chosen_otherwise(answers, ["Ola", "Sam", "Kim"])
    {'Ola': ['Max'], 'Sam': ['Jane'], 'Kim': ['Jane', 'Max']}
    >>> chosen_otherwise({("Ola", "Jane"): "not_sure"}, ["Ola", "Sam"])
    {'Ola': ['Jane']}
    """
    of_applicant, has_chosen = {}, {}
    for (applicant, person), answer in answers.items():
        of_applicant.setdefault(applicant, {})[person] = answer
        has_chosen[person] = has_chosen.get(person, False) or answer == "yes"
    found = {}
    for applicant in applicants:
        own = of_applicant.get(applicant, {})
        people = [
            person
            for person, somebody in has_chosen.items()
            if own.get(person) != "yes" and (person in own or somebody)
        ]
        if people:
            found[applicant] = people
    return found
