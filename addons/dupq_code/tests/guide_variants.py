"""The same guide as other tools hand it on: each function is one way of saving."""

import random
import re

_BULLET = re.compile(r"^- (?:\* )?", re.MULTILINE)
_LIGATURES = {"ffi": "\ufb03", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}


def bullets(sign):
    """Every bullet is ``sign``."""
    return lambda text, _random: _BULLET.sub(sign, text)


def ligatures(text, _random):
    for letters, ligature in _LIGATURES.items():
        text = text.replace(letters, ligature)
    return text


def curly(text, _random):
    return text.replace("'", "\u2019").replace(" - ", " \u2013 ")


def bold(text, _random):
    """Headings and the first words of lines are bold, as in markdown."""
    return re.sub(r"^(\w+ \w+)", r"**\1**", text, flags=re.MULTILINE)


def spaced(text, _random):
    """Blank lines and spaces everywhere, one of them not to be broken."""
    return text.replace("\n", "  \n\n").replace(" the ", " the\u00a0")


def wrapped(width):
    """Lines of at most ``width`` letters; paragraphs keep their blank lines."""
    return lambda text, _random: _wrap(text, width)


def hyphenated(width):
    """Narrow lines whose last words are broken with a hyphen, as in print."""
    return lambda text, chance: _wrap(text, width, chance)


def _wrap(text, width, chance=None):
    lines = []
    for line in text.split("\n"):
        row = ""
        for word in line.split(" "):
            if len(row) + len(word) < width:
                row = f"{row} {word}" if row else word
                continue
            if chance and word.isalpha() and word.islower() and len(word) > 5:
                place = chance.randrange(2, len(word) - 2)
                row, word = f"{row} {word[:place]}-".lstrip(), word[place:]
            lines.append(row)
            row = word
        lines.append(row)
    return "\n".join(lines)


def paged(text, _random):
    """Each 25 lines a page of its own, with header, footer, number and form feed."""
    lines, pages = text.split("\n"), []
    for page, start in enumerate(range(0, len(lines), 25), 1):
        head = ["A guide to getting better", ""]
        foot = ["", f"Page {page} of 40", "www.example.org", str(page), "\f"]
        pages += head + lines[start : start + 25] + foot
    return "\n".join(pages)


def chapter_pages(text, _random):
    """Each page of a chapter begins with the chapter's title, in narrow columns."""
    title, lines = "", []
    for place, line in enumerate(_wrap(text, 50).split("\n")):
        if found := re.fullmatch(r"\d\. (.*)", line):
            title = found[1]
        if title and place % 12 == 0:
            lines += [str(place), title]
        lines.append(line)
    return "\n".join(lines)


def soft_hyphens(text, _random):
    return re.sub(r"\b([a-z]{4})([a-z]{4})", "\\1\u00ad\\2", text)


LAYOUTS = {
    "round bullets": bullets("• "),
    "dashes": bullets("\u2013 "),
    "no bullets": bullets(""),
    "letter o as bullet": bullets("o  "),
    "bullets on lines of their own": bullets("•\n"),
    "ligatures": ligatures,
    "curly quotes": curly,
    "bold": bold,
    "spaced": spaced,
    "wrapped": wrapped(66),
    "narrow": wrapped(34),
    "hyphenated": hyphenated(58),
    "pages": paged,
    "pages with the chapter's title": chapter_pages,
    "soft hyphens": soft_hyphens,
}
ENCODINGS = {
    "plain": lambda text: text.encode(),
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 LE": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE with mark": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-16 BE": lambda text: text.encode("utf-16-be"),
    "Windows": lambda text: text.replace("●", "•").encode("cp1252", "replace"),
    "UTF-8 read as Windows": lambda text: _mojibake(text),
}


def _mojibake(text):
    return text.encode().decode("cp1252", "ignore").encode()


def mixed(text, seed):
    """Bytes of the text after some layouts and one encoding chosen by ``seed``.

    :return: what was done, in words, and the bytes
    """
    chance = random.Random(seed)
    layouts = [name for name in LAYOUTS if name != "pages with the chapter's title"]
    names = chance.sample(layouts, chance.randint(2, 5))
    names.sort(key=list(LAYOUTS).index)
    for name in names:
        text = LAYOUTS[name](text, chance)
    encoding = chance.choice(["plain", "CRLF", "UTF-16", "UTF-16 BE"])
    return f"{', '.join(names)} as {encoding}", ENCODINGS[encoding](text)


def cuts(text, count=20, seed=2013):
    """The text cut off at ``count`` random places."""
    chance = random.Random(seed)
    return [text[: chance.randrange(1, len(text))] for _turn in range(count)]
