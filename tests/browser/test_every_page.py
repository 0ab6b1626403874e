"""Proves that every address of dupq_assessment that people open without the backend is
accessible, fits 320 px and 400 % zoom and is used by keys alone, that none of them was
forgotten here, and that Easy Read keeps its own rules. Takes two minutes."""

import itertools

import pytest
from browser.easy_pages import ROWS, check_easy_read
from browser.test_choosing_staff import NARROW, ZOOMED, names, tab_to
from browser.test_public_pages_axe import FILL, PORTAL_USERS
from cross.saying_story import (
    PEOPLE,
    PLAN,
    SETUP,
    get_questions,
    send_link,
)
from harness.server import OdooServer
from playwright.sync_api import expect

pytestmark = pytest.mark.long
FAMILY = PORTAL_USERS[0]
TELLER = "teller.portal"
# Every address that a controller of dupq_assessment answers to a browser that looks.
ROUTES = """
for rule in env["ir.http"].routing_map().iter_rules():
    method = rule.endpoint.func
    modules = {one.__module__.split(".")[2] for one in type(method.__self__).__mro__
               if method.__name__ in vars(one)}
    if "dupq_assessment" in modules and "GET" in rule.methods:
        print("ROUTE", rule.rule)
line = env["dupq.assessment.participant"].search(
    [("assessment_id.name", "=", "SAYING")], order="id", limit=1)
print("SAY", f"/my/self-assessments/{line.assessment_id.id}/say/{line.id}")
print("ACTION", env["dupq.action"].search([("name", "=like", "Photographs%")]).id)
"""
# A draft that may be contested.
RATED = """
draft = env["dupq.assessment"].search([("name", "=", "SAYING")]).summary_ids[0]
draft.level_id = draft.assessment_id.scale_id.level_ids[-1]
print("RATING", draft.id)
env.cr.commit()
"""
# What is no page: a machine reads it, or it is a picture, sound or film.
NO_PAGES = {
    "/quality/<string:address>/report.json",
    "/quality/<string:address>/<int:version>/report.json",
    "/quality/<string:address>/<int:version>/media/<int:sequence>/<int:number>",
}
# Words that are cut off, or stand beside the screen.
HIDDEN = """() => [...document.querySelectorAll("body *")]
    .filter((node) => node.checkVisibility() && !node.closest(".dq-hidden, .dq-skip"))
    .filter((node) => [...node.childNodes].some(
        (x) => x.nodeType === 3 && x.data.trim()))
    .filter((node) => {
        const box = node.getBoundingClientRect(), style = getComputedStyle(node);
        const scrolls = node.closest(".dq-table-scroll");
        const hidden = style.overflowX === "hidden";
        return !scrolls && (box.left < -1 || box.right > innerWidth + 1
            || (hidden && node.scrollWidth > node.clientWidth + 1));
    })
    .map((node) => `is cut off: ${node.outerHTML.slice(0, 80)}`)
"""
# Each is one stop for the Tab key; the answers of one question are one together.
STOPS = """() => {
    const all = [...document.querySelectorAll(
        "a[href], button, input, textarea, select, summary, audio, video")];
    return all.filter((node) => node.checkVisibility() && !node.disabled)
        .filter((node) => node.type !== "hidden")
        .filter((node, i) => node.type !== "radio"
            || all.findIndex((one) => one.name === node.name) === i)
        .length;
}"""
FOCUS = """() => {
    const node = document.activeElement;
    if (node === document.body) {
        return null;
    }
    const shows = (one) => {
        const style = getComputedStyle(one);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    };
    const box = node.getBoundingClientRect();
    return {
        what: node.outerHTML.slice(0, 80),
        shown: [node, node.closest("label")].some((one) => one && shows(one)),
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0
            && box.left < innerWidth,
    };
}"""


@pytest.fixture(scope="module")
def server(chain):
    server = OdooServer(chain, "minimal").start()
    out = server.shell(FILL % {"users": PORTAL_USERS})
    line = next(line for line in out.splitlines() if line.startswith("URL "))
    server.report, server.assessment = line.split()[1:]
    server.shell(SETUP + PLAN)
    lines = (server.shell(ROUTES) + server.shell(RATED)).splitlines()
    server.routes = {line[6:] for line in lines if line.startswith("ROUTE ")}
    (server.say,) = (line[4:] for line in lines if line.startswith("SAY "))
    (server.action,) = (line[7:] for line in lines if line.startswith("ACTION "))
    (server.rating,) = (line[7:] for line in lines if line.startswith("RATING "))
    server.question = get_questions(server)[0]
    yield server
    server.stop()


def pages_of(server):
    """{route: [(address, login)]}: at least one page for each."""
    report, mine = server.report, "/my/self-assessments"
    said = [
        (f"{server.say}/{path}", TELLER)
        for path in (
            f"0/{server.question}",
            f"e/{server.question}",
            f"0/contest-{server.rating}",
            f"e/contest-{server.rating}",
            *("0/ratings", "e/ratings", "e/contested"),
            *("0/all", "e/all", "0/mine", "e/mine", "e/stop", "e/thanks", "0/no-such"),
        )
    ]
    worked = "/my/did-it-work"
    asked = (f"e/worked-{server.action}", f"0/worked-{server.action}", "0/worked")
    quality = "/quality/<string:address>"
    return {
        mine: [(mine, FAMILY), (mine, PORTAL_USERS[1])],
        f"{mine}/<int:assessment_id>": [(f"{mine}/{server.assessment}", FAMILY)],
        f"{mine}/<path:anything>": [(f"{mine}/no/such", FAMILY)],
        f"{mine}/<int:assessment_id>/say/<int:line_id>": [(server.say, TELLER)],
        f"{mine}/<int:assessment_id>/say/<int:line_id>/<path:path>": said,
        worked: [(worked, TELLER), (worked, FAMILY)],
        f"{worked}/<path:path>": [(f"{worked}/{path}", TELLER) for path in asked],
        "/quality": [("/quality", None)],
        "/quality/<path:anything>": [("/quality/no/such/page", None)],
        **{
            f"{quality}{version}{page}": [(f"{report}{number}{page}", None)]
            for version, number in (("", ""), ("/<int:version>", "/1"))
            for page in ("", "/easy-read", "/check", "/pdf", "/easy-read/pdf")
        },
    }


def test_no_page_was_forgotten(server):
    assert server.routes == NO_PAGES | set(pages_of(server))


@pytest.mark.parametrize("view", (NARROW, ZOOMED), ids=names)
def test_every_page_is_accessible_and_nothing_is_cut_off(server, new_page, axe, view):
    new_page.expect_error("404")
    visitors, problems = {}, []
    for address, login in itertools.chain.from_iterable(pages_of(server).values()):
        if login not in visitors:
            visitors[login] = new_page(login, server=server, **view)
        page = visitors[login]
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found = axe(page) + page.evaluate(HIDDEN)
        found += [f"{wide} px wide"] if wide > view["width"] else []
        problems += [f"{address}: {line}" for line in found]
    assert not problems, "\n".join(problems)


def test_every_page_is_walked_through_by_keys_alone(server, new_page):
    """Each link, button and field is reached, shows it, and stands on the screen."""
    new_page.expect_error("404")
    visitors, problems = {}, []
    for address, login in itertools.chain.from_iterable(pages_of(server).values()):
        if login not in visitors:
            visitors[login] = new_page(
                login, server=server, **ZOOMED, reduced_motion="reduce"
            )
        problems += [f"{address}: {line}" for line in walk(visitors[login], address)]
    assert not problems, "\n".join(problems)


def walk(page, address):
    page.goto(address)
    problems, stops, wanted = [], 0, page.evaluate(STOPS)
    for _step in range(wanted * 8 + 20):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if not focus:
            break
        stops += 1
        if not focus["shown"] or not focus["seen"]:
            problems.append(f"no focus to be seen: {focus}")
    # A film or a recording has stops of its own for its buttons.
    if stops < wanted:
        problems.append(f"{stops} of {wanted} places are reached by Tab")
    return problems


def test_all_questions_are_answered_by_keys_alone(server, new_page):
    """From the door of the link to the last question, at 400 % zoom."""
    page = new_page(server=server, **ZOOMED, reduced_motion="reduce")
    link = send_link(server, PEOPLE)
    page.goto(link.path)
    for heading in ("Welcome", "Say what you think"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        tab_to(page, "Start")
        page.keyboard.press("Enter")
    total = len(get_questions(server))
    for number in range(1, total + 1):
        expect(page.get_by_text(f"Question {number} of {total}")).to_be_visible()
        tab_to_answers(page)
        page.keyboard.press("Space")
        tab_to(page, "Keep it and go on")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    (count,) = server.sql("SELECT count(*) FROM dupq_voice WHERE channel = 'link'")
    assert count == [str(total)]


def tab_to_answers(page):
    for _step in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "answer":
            return
    raise AssertionError("the answers are not reached by keys")


def test_what_is_said_in_easy_read_keeps_its_rules(server, new_page):
    """Each question, and all around them: one picture, short sentences, known words."""
    page = new_page(server=server, width=390)
    link = send_link(server, PEOPLE)
    page.goto(link.path)
    shown = [page.evaluate(ROWS)]
    page.click("text=Start")
    expect(page.get_by_role("heading", name="Say what you think")).to_be_visible()
    shown.append(page.evaluate(ROWS))
    paths = [*get_questions(server), "all", "mine", "stop", "thanks"]
    paths += ["worked", f"worked-{server.action}"]
    paths += ["ratings", "contested", f"contest-{server.rating}"]
    for path in paths:
        page.goto(f"{link.path}/e/{path}")
        rows = page.evaluate(ROWS)
        assert rows, path
        shown.append(rows)
    problems = check_easy_read(server, *shown)
    assert not problems, "\n".join(problems)
