"""A picture for each question: it stands beside the words and never instead of them.

Names are of the files in ``dupq_code/static/lib/fluent-emoji``.
"""

# The questions of the Driving Up Quality Code, by their reference.
BY_REFERENCE = {
    "A1.Q1": "handshake",
    "A1.Q2": "sun",
    "A1.Q3": "bullseye",
    "A1.Q4": "house-with-garden",
    "A1.Q5": "thinking-face",
    "A1.Q6": "check-mark-button",
    "A1.Q7": "ear",
    "A1.Q8": "woman-teacher",
    "A1.Q9": "puzzle-piece",
    "A1.Q10": "construction",
    "A2.Q1": "star",
    "A2.Q2": "people-hugging",
    "A2.Q3": "spiral-calendar",
    "A2.Q4": "houses",
    "A2.Q5": "compass",
    "A3.Q1": "person-raising-hand",
    "A3.Q2": "thumbs-up",
    "A3.Q3": "memo",
    "A3.Q4": "key",
    "A3.Q5": "smiling-face-with-smiling-eyes",
    "A3.Q6": "worried-face",
    "A3.Q7": "red-heart",
    "A3.Q8": "busts-in-silhouette",
    "A4.Q1": "speech-balloon",
    "A4.Q2": "counterclockwise-arrows-button",
    "A4.Q3": "megaphone",
    "A4.Q4": "pound-banknote",
    "A4.Q5": "balance-scale",
    "A4.Q6": "raised-hand",
    "A5.Q1": "waving-hand",
    "A5.Q2": "shield",
    "A5.Q3": "footprints",
    "A5.Q4": "chart-increasing",
    "A5.Q5": "classical-building",
    "A5.Q6": "magnifying-glass-tilted-left",
    "A5.Q7": "graduation-cap",
    "A5.Q8": "artist-palette",
}
# Other questions: the first of these words that is found in them.
BY_WORD = (
    ("friend", "people-hugging"),
    ("family", "house-with-garden"),
    ("families", "house-with-garden"),
    ("home", "house"),
    ("food", "fork-and-knife"),
    ("cook", "cooking"),
    ("weekend", "sun"),
    ("money", "pound-banknote"),
    ("safe", "shield"),
    ("health", "hospital"),
    ("train", "woman-teacher"),
    ("staff", "busts-in-silhouette"),
    ("choose", "person-raising-hand"),
    ("happy", "smiling-face-with-smiling-eyes"),
)
USUAL = "speech-balloon"


def get_picture(reference, words):
    """The picture for a question with this reference (or none) and these words.

    >>> get_picture("A2.Q2", "How do we help you to make friends?")
    'people-hugging'
    >>> get_picture(False, "What do you do at the weekend?")
    'sun'
    >>> get_picture(False, "Anything else?")
    'speech-balloon'
    """
    if reference in BY_REFERENCE:
        return BY_REFERENCE[reference]
    words = (words or "").lower()
    return next((picture for word, picture in BY_WORD if word in words), USUAL)
