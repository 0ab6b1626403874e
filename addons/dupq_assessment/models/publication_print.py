"""The printed editions: the values of the screen, in parts, with nothing to load.

Each part is a document of its own, so that a long report is made bit by bit and what
is made is kept. Pictures travel inside the document: the program that makes the PDF
asks no server for anything.
"""

import base64
import io
from functools import lru_cache

from reportlab.pdfgen.canvas import Canvas

from odoo.tools import file_open
from odoo.tools.pdf import NameObject, PdfReader, PdfWriter, createStringObject

# So many quotes, or actions, make one part of a long report, and so many sections of an
# Easy Read one.
QUOTES = 60
ACTIONS = 60
SECTIONS = 12


@lru_cache(maxsize=128)
def picture(name):
    """A drawing of ours as an address that holds the drawing itself."""
    path = f"dupq_code/static/lib/fluent-emoji/{name}.svg"
    with file_open(path, "rb") as file:
        return as_address("image/svg+xml", file.read())


def as_address(mimetype, content):
    """
    >>> as_address("image/png", b"x")
    'data:image/png;base64,eA=='
    """
    return f"data:{mimetype};base64,{base64.b64encode(content).decode()}"


def chunks(items, most):
    """The items in lists of at most so many; one empty list if there is none.

    >>> chunks([1, 2, 3], 2), chunks([], 2)
    ([[1, 2], [3]], [[]])
    """
    return [items[n : n + most] for n in range(0, max(len(items), 1), most)]


def report_parts(report):
    """The parts of a report: a list of what each holds, in their order.

    >>> none = {"quotes_good": [], "quotes_other": [], "quotes_hard": [], "actions": []}
    >>> [part["has"] for part in report_parts(none)]
    [('head', 'words', 'end', 'plan', 'last')]
    >>> many = {**none, "quotes_good": list(range(61)), "actions": list(range(121))}
    >>> [part["has"] for part in report_parts(many)]
    [('head', 'words'), ('words', 'end', 'plan'), ('plan',), ('plan', 'last')]
    """
    quotes = [("good", one) for one in report["quotes_good"]]
    quotes += [("other", one) for one in report["quotes_other"]]
    quotes += [("hard", one) for one in report["quotes_hard"]]
    first, *others = chunks(report["actions"], ACTIONS)
    parts = [
        {"has": ("words",), "quotes": some, "actions": []}
        for some in chunks(quotes, QUOTES)
    ]
    parts[0]["has"] = ("head", *parts[0]["has"])
    parts[-1]["has"] = (*parts[-1]["has"], "end", "plan")
    parts[-1]["actions"] = first
    parts += [{"has": ("plan",), "quotes": [], "actions": some} for some in others]
    parts[-1]["has"] = (*parts[-1]["has"], "last")
    return parts


def easy_read_parts(easy_read):
    """The same for the Easy Read edition: some sections each.

    >>> [len(part["sections"]) for part in easy_read_parts({"sections": [1] * 13})]
    [12, 1]
    """
    lists = chunks(easy_read["sections"], SECTIONS)
    return [
        {"has": ("head",) if number == 0 else (), "sections": some}
        for number, some in enumerate(lists)
    ]


def bind(parts, title, lang, page_words):
    """One PDF out of its parts, with a number on each page, a title and a language.

    :param parts: the content of each part
    :param page_words: gives the words at the foot: ``page_words(number, of)``
    """
    writer = PdfWriter()
    for part in parts:
        for page in PdfReader(io.BytesIO(part), strict=False).pages:
            writer.addPage(page)
    pages = list(writer.pages)
    for number, page in enumerate(pages, 1):
        stamp(page, page_words(number, len(pages)))
    writer.addMetadata({"/Title": title})
    set_language(writer, lang)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), len(pages)


def stamp(page, words):
    """Write a line at the foot of a page."""
    width, height = float(page.mediaBox.getWidth()), float(page.mediaBox.getHeight())
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height))
    canvas.setFont("Helvetica", 14)
    canvas.setFillGray(0.25)
    canvas.drawCentredString(width / 2, 24, words)
    canvas.save()
    page.mergePage(PdfReader(io.BytesIO(out.getvalue())).getPage(0))


def set_language(writer, lang):
    """Tell readers of the document in which language it speaks."""
    writer._root_object.update({NameObject("/Lang"): createStringObject(lang)})
