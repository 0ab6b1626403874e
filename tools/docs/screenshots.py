"""Take the pictures of docs/screenshots.md and write that page.

Run it with ./dupq screenshots, which gives it a server with fresh demo data. Each
picture is what one person sees, at a fixed size; the order is that of the list below.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = DOCS / "screenshots"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
LOADED = ".o_action_manager .o_action"
HEADER = """# The main screens

Pictures of the demo data; the provider, its services and its people are made up. Made
by `./dupq screenshots`, which also writes this page: do not edit it.

| picture | who | the question it answers |
| --- | --- | --- |
"""


class Picture(NamedTuple):
    """One screen: who looks at it, how they get there, what it tells them."""

    name: str
    title: str
    who: str
    question: str
    login: str | None
    go: object
    size: dict = DESKTOP


class Person:
    """Somebody at a browser of their own, signed in unless they have no login."""

    def __init__(self, browser, url, login, size):
        self.context = browser.new_context(
            base_url=url,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            **size,
        )
        self.page = self.context.new_page()
        if login:
            self._sign_in(login)

    def _sign_in(self, login):
        self.page.goto("/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", login)
        self.page.click(".oe_login_form button[type=submit]:not([formaction])")
        self.page.wait_for_url(lambda url: "/web/login" not in url, timeout=60_000)

    def open(self, path, text=None, until=LOADED):
        """Go to a screen and, where a text is given, open the record that shows it."""
        self.page.goto(path)
        self.page.wait_for_selector(until, timeout=60_000)
        if text:
            record = f":is(.o_data_row, .o_kanban_record):has-text('{text}')"
            self.page.locator(record).first.get_by_text(text).first.click()
            self.page.wait_for_selector(".o_form_view")

    def call(self, model, method, args, **kwargs):
        """What a screen asks of the server, with the rights of this person."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.context.request.post(
            f"/web/dataset/call_kw/{model}/{method}",
            data={"jsonrpc": "2.0", "method": "call", "params": params},
        ).json()
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
        return answer["result"]

    def photograph(self, file):
        self.page.mouse.move(0, 0)
        self.page.wait_for_load_state("load")
        self.page.wait_for_timeout(1500)  # pictures and fonts settle
        save(self.page.screenshot(animations="disabled", caret="hide"), file)


def save(data, file):
    """Keep it small: as many colours as a screen has, and no more."""
    picture = Image.open(BytesIO(data)).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


# === THE WAY TO EACH SCREEN === #


def coverage_map(person):
    person.open("/odoo/dupq-coverage-map", until=".o_dupq_cell")
    row = person.page.locator(".o_dupq_map_row:has-text('Harbour View')")
    row.locator(".o_dupq_cell").nth(2).click()
    person.page.wait_for_selector(".o_dupq_place")


def coverage(person):
    person.open("/odoo/dupq-coverage")
    service = person.page.locator(".o_group_header:has-text('12 Orchard Road')")
    service.first.click()
    person.page.locator(".o_group_header:has-text('A1')").first.click()
    person.page.wait_for_selector(".o_data_row")


def evidence(person):
    person.open("/odoo/dupq-evidence", "Tenants met both applicants")


def the_code(person):
    person.open("/odoo/dupq-the-code", "A1")


def self_assessment(person):
    person.open("/odoo/dupq-self-assessments", "Harbour View")


def report(person):
    person.page.goto("/quality")
    person.page.get_by_role("link", name="12 Orchard Road").first.click()
    person.page.wait_for_selector("h1")


def easy_read(person):
    report(person)
    person.page.get_by_role("link", name="Easy Read").first.click()
    person.page.wait_for_url("**/easy-read")


def visit(person):
    person.open("/odoo/dupq-quick-visit")


def lesson(person):
    person.open("/odoo/dupq-lessons-to-read", "A change in mood can be pain")


def board(person):
    person.open("/odoo/dupq-board", until=".o_dupq_board_page")


def scoring(person):
    """One bid and a part of the other are scored already."""
    give_scores(person, SCORES["evaluator1.demo"][:6])
    person.open("/odoo/dupq-scoring", until=".o_dupq_answer")


def moderation(person):
    """Both evaluators have locked their scores; the chair brings them together."""
    browser, url = person.context.browser, "/".join(person.page.url.split("/")[:3])
    for login, scores in SCORES.items():
        evaluator = Person(browser, url, login, DESKTOP)
        give_scores(evaluator, scores)
        evaluator.call("dupq.tender.evaluator", "action_lock", [seat_of(evaluator)])
        evaluator.context.close()
    table = person.call("dupq.moderation.table", "get_table", [])
    person.call("dupq.tender.evaluator", "action_declare", [[table["seat"]["id"]]])
    person.call("dupq.tender", "action_moderate", [[table["tender"]["id"]]])
    person.open("/odoo/dupq-moderation", until=".o_dupq_row")


SCORES = {
    "evaluator1.demo": (3, 4, 2, 3, 0, 4, 5, 3, 4, 3),
    "evaluator2.demo": (3, 2, 2, 4, 0, 4, 4, 1, 4, 4),
}
REASONS = (
    "There is no answer.",
    "One sentence touches it; nothing shows that it happens.",
    "Says what staff do; says nothing of what came of it for people.",
    "Says who does what and when, with one example.",
    "Names who was asked, when, and what changed because of it.",
    "Shows over three years what changed, in people's own words.",
)


def seat_of(evaluator):
    return [evaluator.call("dupq.scoring.desk", "get_desk", [])["seat"]["id"]]


def give_scores(evaluator, scores):
    """Score answers in the order of the desk, those that have none so far."""
    seat = seat_of(evaluator)
    desk = evaluator.call("dupq.scoring.desk", "get_desk", [])
    if desk["seat"]["state"] == "waiting":
        evaluator.call("dupq.tender.evaluator", "action_declare", [seat])
        desk = evaluator.call("dupq.scoring.desk", "get_desk", [])
    levels = {level["value"]: level["id"] for level in desk["levels"]}
    places = [(b["id"], c["id"]) for b in desk["bids"] for c in desk["criteria"]]
    for place, value in zip(places, scores, strict=False):
        if list(place) not in desk["done"]:
            bid, criterion = place
            values = {
                "bid_id": bid,
                "criterion_id": criterion,
                "evaluator_id": seat[0],
                "level_id": levels[value],
                "comment": REASONS[value],
            }
            evaluator.call("dupq.score", "create", [values])


PICTURES = (
    Picture(
        "coverage-map", "Coverage map", "service manager, quality lead",
        "What can we show, and where are we blind?",
        "quality.demo", coverage_map,
    ),
    Picture(
        "coverage", "Coverage by statement", "service manager, quality lead",
        "For which statement have we something fresh to show?",
        "manager.demo", coverage,
    ),
    Picture(
        "evidence", "Evidence", "anyone",
        "What was seen, by whom, and can I trust it?",
        "manager.demo", evidence,
    ),
    Picture(
        "the-code", "The Code", "anyone",
        "What does the Code ask of us here?",
        "worker.demo", the_code,
    ),
    Picture(
        "self-assessment", "Self-assessment", "quality lead",
        "What is still missing before we can say this in public?",
        "quality.demo", self_assessment,
    ),
    Picture(
        "public-page", "Public page", "families, commissioners, anyone",
        "What do they say about themselves, and what are they mending?",
        None, report,
    ),
    Picture(
        "easy-read", "Easy Read", "people supported, anyone",
        "The same, with pictures and short sentences.",
        None, easy_read,
    ),
    Picture(
        "quick-visit", "Quick visit, on a phone", "senior manager",
        "What did I see and hear, and what did I promise?",
        "manager.demo", visit, PHONE,
    ),
    Picture(
        "lesson", "Lesson, on a phone", "support worker",
        "What happened, what do we do now, does it touch my work?",
        "worker.demo", lesson, PHONE,
    ),
    Picture(
        "board", "Board page", "board member",
        "Where are people's lives good, where not, and how do we know?",
        "board.demo", board,
    ),
    Picture(
        "scoring-desk", "Scoring desk", "evaluator of a tender",
        "What did this bidder answer, and what do I give it, and why?",
        "evaluator1.demo", scoring,
    ),
    Picture(
        "moderation", "Moderation table", "chair of the panel",
        "Where do we differ, what do we agree, and why?",
        "chair.demo", moderation,
    ),
)  # fmt: skip


def main(url, program, *names):
    """Take all pictures, or those named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=list(ARGUMENTS)
        )
        for picture in PICTURES:
            if not names or picture.name in names:
                take(browser, url, picture)
        browser.close()
    (DOCS / "screenshots.md").write_text(HEADER + "".join(map(row, PICTURES)))


def take(browser, url, picture):
    person = Person(browser, url, picture.login, picture.size)
    picture.go(person)
    person.photograph(FOLDER / f"{picture.name}.png")
    person.context.close()


def row(picture):
    width = 200 if picture.size is PHONE else 400
    image = (
        f'<img src="screenshots/{picture.name}.png" alt="{picture.title}" '
        f'width="{width}">'
    )
    return f"| {image}<br>{picture.title} | {picture.who} | {picture.question} |\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
