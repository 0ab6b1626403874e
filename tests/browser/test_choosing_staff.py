"""Proves that people choose their staff, and say how they are doing, on a phone, by
keys alone, without script, with their voice, by a link and on the portal, and that
every page is accessible and Easy Read. Takes a minute."""

import pytest
from cross.choosing_story import SETUP, Link
from harness.server import OdooServer
from playwright.sync_api import expect

pytestmark = pytest.mark.long
WIDE = {"width": 1280, "color_scheme": "light"}
NARROW = {"width": 320, "color_scheme": "light"}
# 400 % zoom of a screen of 1280 by 1024
ZOOMED = {"width": 320, "height": 256, "color_scheme": "dark"}
DARK = {"width": 1280, "color_scheme": "dark"}
POINTS = 14 * 96 / 72
# Words of a page that are smaller than Easy Read wants them.
SMALL_WORDS = """(least) => [...document.querySelectorAll("main *")]
    .filter((node) => node.checkVisibility() && node.innerText
        && [...node.childNodes].some((x) => x.nodeType === 3 && x.data.trim()))
    .filter((node) => parseFloat(getComputedStyle(node).fontSize) < least)
    .map((node) => node.outerHTML.slice(0, 80))
"""
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, textarea")]
    .filter((node) => node.checkVisibility() && node.type !== "hidden")
    .filter((node) => node.className !== "dq-skip")
    .map((node) => [node, node.getBoundingClientRect()])
    .filter(([node, box]) => box.height < 24 || box.width < 24)
    .map(([node, box]) => `${node.outerHTML.slice(0, 80)} has ${box.height} px`)
"""
# A microphone that hums: there is none in a test.
HUM = """() => {
    const listen = async () => {
        const context = new AudioContext();
        const tone = context.createOscillator();
        const out = context.createMediaStreamDestination();
        tone.connect(out);
        tone.start();
        return out.stream;
    };
    Object.defineProperty(navigator, "mediaDevices", {
        value: {getUserMedia: listen}, configurable: true,
    });
}"""


@pytest.fixture(scope="module")
def server(chain):
    yield from serve(chain, "minimal")


@pytest.fixture(scope="module")
def website_server(chain):
    yield from serve(chain, "full")


def serve(chain, kind):
    server = OdooServer(chain, kind).start()
    server.shell(SETUP)
    server.links = Link.send(server, *["personal"] * 9)
    yield server
    server.stop()


@pytest.fixture
def link(server):
    return ask(server)


def ask(server):
    """A link to a person who was asked about three applicants just now."""
    server.sql("DELETE FROM dupq_choice WHERE taken_by = 'circle'")
    server.sql("UPDATE dupq_choice SET state = 'asked', answer = NULL, words = NULL")
    return server.links.pop()


def choices(server):
    return server.sql(
        "SELECT answer, words, taken_by, attachment_id FROM dupq_choice"
        " WHERE state = 'answered' ORDER BY id"
    )


def first_choice(server):
    return server.sql("SELECT min(id) FROM dupq_choice")[0][0]


class Look:
    """Looks at pages in one view, and keeps what is wrong with them."""

    def __init__(self, axe, view):
        self.axe, self.view, self.problems = axe, view, []

    def at(self, page, name, path=None):
        if path:
            page.goto(path)
        page.wait_for_load_state("load")
        wide = page.evaluate("document.documentElement.scrollWidth")
        found = [
            *self.axe(page),
            *([f"{wide} px wide"] if wide > self.view["width"] else []),
            *page.evaluate(SMALL_WORDS, POINTS),
            *page.evaluate(SMALL_TARGETS),
        ]
        self.problems += [f"{name}: {line}" for line in found]


def names(view):
    return "-".join(map(str, view.values()))


@pytest.mark.parametrize("view", (WIDE, NARROW, ZOOMED), ids=names)
def test_every_page_is_accessible_large_and_fits(server, new_page, axe, view):
    look_at_every_page(server, new_page, axe, view)


def test_the_website_module_changes_no_page(website_server, new_page, axe):
    """It lends our pages neither frame nor style: one look shows that."""
    look_at_every_page(website_server, new_page, axe, DARK)


def look_at_every_page(server, new_page, axe, view):
    new_page.expect_error("40[34]|410|422|429")
    look, link = Look(axe, view), ask(server)
    look_behind_a_link(look, new_page(server=server, **view), link, server)
    look_from_elsewhere(look, new_page(server=server, **view), link)
    look_on_the_portal(look, new_page("jane.portal", server=server, **view), server)
    assert not look.problems, "\n".join(look.problems)


def look_behind_a_link(look, page, link, server):
    number = first_choice(server)
    look.at(page, "door", link.path)
    page.click("text=Start")
    page.wait_for_selector("text=Look at Ola")
    look.at(page, "start")
    for path in (f"/{number}", f"/{number}/yes", "/stop", "/thanks", "/nothing"):
        look.at(page, path, link.path + path)
    page.goto(f"{link.path}/{number}/no")
    page.set_input_files(
        "#file", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"MZ"}
    )
    page.click("text=Keep my answer")
    page.wait_for_selector(".dq-errors")
    look.at(page, "error")


def look_from_elsewhere(look, page, link):
    """A link that is another browser's already, and one that nobody sent."""
    look.at(page, "elsewhere", link.path)
    page.click("text=Send me a code")
    page.wait_for_selector("#code")
    look.at(page, "code")
    page.fill("#code", "1")
    page.click("text=Go on")
    page.wait_for_selector(".dq-errors")
    look.at(page, "wrong code")
    look.at(page, "unknown", f"{link.path}x")


def look_on_the_portal(look, page, server):
    look.at(page, "portal list", "/my/choices")
    page.click("text=Look at Ola")
    page.wait_for_selector(".dq-answers")
    look.at(page, "portal why", f"{page.url}/not_sure")


def test_sister_says_how_staff_are_doing_by_keys_at_400_per_cent(server, new_page, axe):
    """Each page about staff is looked at once, in the narrowest view."""
    new_page.expect_error("422")
    look, page = Look(axe, ZOOMED), new_page(server=server, **ZOOMED)
    [link] = Link.send(server, "personal", purpose="feedback")
    page.goto(link.path)
    tab_to(page, "Start")
    page.keyboard.press("Enter")
    expect(page.get_by_text("wants you to say how it is")).to_be_visible()
    look.at(page, "start")
    tab_to(page, "Say how Robin is doing")
    page.keyboard.press("Enter")
    expect(page.locator(".dq-answers")).to_be_visible()
    look.at(page, "question")
    tab_to(page, "Not sure")
    page.keyboard.press("Enter")
    expect(page.locator("#works")).to_be_visible()
    look.at(page, "why")
    page.fill("#works", "He waits.")
    page.set_input_files(
        "#file", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"MZ"}
    )
    tab_to(page, "Keep my answer")
    page.keyboard.press("Enter")
    expect(page.locator(".dq-errors")).to_be_visible()
    look.at(page, "error")
    expect(page.locator("#works")).to_have_value("He waits.")
    tab_to(page, "works_not")
    page.keyboard.type("He is late.")
    tab_to(page, "Keep my answer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 more question")).to_be_visible()
    look.at(page, "thanks")
    assert not look.problems, "\n".join(look.problems)
    said = server.sql(
        "SELECT go_on, works, works_not, taken_by, state FROM dupq_staff_feedback"
        " WHERE taken_by <> 'recorded_with'"
    )
    assert said == [["not_sure", "He waits.", "He is late.", "circle", "answered"]]


def test_jane_says_how_staff_are_doing_with_her_voice(server, new_page):
    page = new_page("jane.portal", server=server, width=390)
    page.add_init_script(f"({HUM})()")
    page.goto("/my")
    page.click("a:has-text('My choices')")
    page.click("text=Say how Alex is doing")
    page.click(".dq-answer-yes")
    record_voice(page)
    kept = server.sql(
        "SELECT f.go_on, f.taken_by, a.mimetype, coalesce(a.public, false), a.res_model"
        " FROM dupq_staff_feedback f JOIN ir_attachment a ON a.id = f.attachment_id"
    )
    assert kept == [["yes", "person", "audio/webm", "f", "dupq.staff.feedback"]]


def test_sister_chooses_on_a_phone_without_script(server, link, new_page):
    page = new_page(server=server, width=320, java_script_enabled=False)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(link.path)
    page.click("text=Start")
    page.click("text=Look at Ola")
    assert "What Nobodysname shares with Ola" in page.inner_text("main")
    assert "At the kitchen table" in page.inner_text("main")
    page.click(".dq-answer-no")
    page.click("text=Change it")
    page.click(".dq-answer-yes")
    page.fill("#words", "He walks as fast as she does.")
    page.click("text=Keep my answer")
    assert "2 more questions" in page.inner_text("main")
    page.click("text=Stop for now")
    assert "same link" in page.inner_text("main")
    page.goto(link.path)
    assert "Ola" not in page.inner_text("main")
    assert choices(server)[0][:3] == ["yes", "He walks as fast as she does.", "circle"]
    assert all(url.startswith(server.url) for url in asked), asked


def test_jane_chooses_on_the_portal_by_keys_alone(server, link, new_page):
    page = new_page("jane.portal", server=server, width=768)
    page.goto("/my/choices")
    tab_to(page, "Look at Ola")
    page.keyboard.press("Enter")
    page.wait_for_selector(".dq-answers")
    tab_to(page, "Not sure")
    page.keyboard.press("Enter")
    page.wait_for_selector("#words")
    tab_to(page, "words")
    page.keyboard.type("He was late.")
    tab_to(page, "supporter_name")
    page.keyboard.type("A friend")
    tab_to(page, "Keep my answer")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Thank you")
    assert choices(server)[0][:3] == ["not_sure", "He was late.", "person"]
    tab_to(page, "Go on")


def tab_to(page, wanted):
    """Go from control to control until the wanted one has the focus, and shows it."""
    for _step in range(40):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if wanted in (focus["text"], focus["id"]):
            assert focus["outline"] > 0, f"{wanted} shows no focus"
            return
    raise AssertionError(f"{wanted} is not reached by keys")


FOCUS = """() => {
    const node = document.activeElement;
    const style = getComputedStyle(node);
    return {
        text: node.innerText.trim(), id: node.id,
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    };
}"""


def test_jane_says_why_with_her_voice(server, link, new_page):
    page = new_page("jane.portal", server=server, width=390)
    page.add_init_script(f"({HUM})()")
    page.goto("/my/choices")
    page.click("text=Look at Ola")
    page.click(".dq-answer-yes")
    record_voice(page)
    answer, _words, _by, attachment = choices(server)[0]
    kept = server.sql(
        "SELECT mimetype, file_size > 100, coalesce(public, false), res_model"
        f" FROM ir_attachment WHERE id = {attachment}"
    )
    assert answer == "yes"
    assert kept == [["audio/webm", "t", "f", "dupq.choice"]]


def record_voice(page):
    page.click("text=Record my voice")
    page.wait_for_selector("text=You are being recorded now.")
    page.wait_for_timeout(400)
    page.click("text=Stop recording")
    page.wait_for_selector("text=Your voice is ready to be sent.")
    page.click("text=Keep my answer")
    page.wait_for_selector("text=Thank you")


def test_without_a_microphone_words_remain(server, link, new_page):
    page = new_page(server=server)
    page.goto(link.path)
    page.click("text=Start")
    page.goto(f"{link.path}/{first_choice(server)}/yes")
    page.fill("#words", "Some words")
    page.click("text=Record my voice")
    page.wait_for_selector("text=We cannot hear you.")
    assert page.input_value("#words") == "Some words"


def test_page_open_when_the_wish_is_taken_back_is_refused(server, link, new_page):
    new_page.expect_error("404")
    kin = new_page("kin.portal", server=server)
    kin.goto("/my/choices")
    kin.click("text=Look at Ola")
    kin.click(".dq-answer-yes")
    kin.fill("#words", "Too late")
    server.shell(
        'env["dupq.circle.member"].search('
        '[("person_id.reference", "=", "P-LINK")]).action_withdraw()\n'
        "env.cr.commit()"
    )
    kin.click("text=Keep my answer")
    kin.wait_for_selector("text=We cannot find this page")
    assert not choices(server)
    kin.goto("/my/choices")
    assert "not asked anything" in kin.inner_text("main")
