"""The steps of answering a question, as they stand in the address of a page."""

from dataclasses import dataclass

# The three answers, each with its picture, in the order in which they are shown.
PICTURES = {"yes": "thumbs-up", "not_sure": "thinking-face", "no": "thumbs-down"}


@dataclass(frozen=True)
class Step:
    """One question; with an answer, the page that asks why."""

    number: int
    answer: str | None = None

    @classmethod
    def parse(cls, path):
        """The step that a path names, or None.

        >>> Step.parse("12"), Step.parse("12/not_sure")
        (Step(number=12, answer=None), Step(number=12, answer='not_sure'))
        >>> Step.parse("12/perhaps"), Step.parse("x"), Step.parse("1/yes/no")
        (None, None, None)
        """
        number, _slash, answer = path.partition("/")
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        if answer and answer not in PICTURES:
            return None
        return cls(int(number), answer or None)
