"""Our pages outside the backend are accessible: filled, empty, not found, with and
without website, wide and 320 px, light and dark, by keyboard alone. About a minute."""

import pytest
from harness.server import OdooServer

pytestmark = pytest.mark.long

PORTAL_USERS = ("family.axe", "nobody.axe")
# A service with a very long name, texts of many words, and words that never end.
FILL = """
from base64 import b64decode
from odoo import Command, fields
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
from datetime import timedelta
company = env.company
group = env.ref("base.group_portal")
users = {
    login: env["res.users"].create({
        "name": login, "login": login, "password": login,
        "group_ids": [Command.set(group.ids)],
    })
    for login in %(users)r
}
service = env["dupq.service"].create({
    "name": "The house at the end of the very long lane beside the old "
    "railway station where seven people live together",
})
long = ("We found this and wrote it down in many words. " * 60).strip()
endless = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamter" * 3
ref = lambda name: env.ref("dupq_code.dupq_stakeholder_group_" + name)
one = env["dupq.assessment"].create({
    "service_id": service.id,
    "outcome": long + "\\n\\n" + endless,
    "outcome_easy_read": "We asked people.\\nMost things are good.",
    "barriers": long,
    "declaration": long,
    "declared_by": "The chair",
    "declared_role": "chair",
    "date_declared": fields.Date.today(),
    "few_voices_reason": "Nobody came. " + long,
    "participant_ids": [
        Command.create({
            "group_id": ref(name).id, "planned": 7, "actual": number,
            "support_given": long[:200], "what_changed": endless,
            "partner_id": users[%(users)r[0]].partner_id.id,
        })
        for name, number in (
            ("people_supported", 7), ("support_staff", 6), ("team_managers", 1)
        )
    ],
    "barrier_ids": [
        Command.create({"name": long[:80], "response": words})
        for words in (long, "")
    ],
    "voice_ids": [
        Command.create({
            "words": "Our house.", "group_id": ref("people_supported").id,
            "feeling": "mixed", "consent": "yes", "is_anonymised": True,
            "is_printed": True, "attachment_ids": [Command.create({
                "name": name, "raw": raw, "mimetype": mimetype,
            })],
        })
        for name, raw, mimetype in (
            ("house.png", b64decode(PNG), "image/png"),
            ("song.ogg", b"OggS", "audio/ogg"),
            ("film.mp4", b"....ftypmp42", "video/mp4"),
        )
    ] + [
        Command.create({
            "words": words, "group_id": ref("people_supported").id,
            "feeling": feeling, "consent": "yes", "is_anonymised": True,
            "is_printed": True,
        })
        for words, feeling in ((long, "good"), (endless, "not_yet"))
    ],
    "action_ids": [
        Command.create({
            "name": endless[:60] + " " + long[:150], "finding": long,
            "measure": long[:300], "service_id": service.id,
            "date_due": fields.Date.today() + timedelta(days=days),
            "owner_id": env.uid,
        })
        for days in (-5, 50, 500)
    ],
})
one._take("start")
levels = one.scale_id.level_ids
for number, rating in enumerate(one.summary_ids):
    rating.write({
        "level_id": levels[number %% len(levels)].id,
        "status": ("meeting", "working", "not_yet")[number %% 3],
        "finding": long, "easy_read": "We found this.", "barrier": endless,
        "good_ids": [Command.set(rating.area_id.good_ids.ids)],
        "bad_ids": [Command.set(rating.area_id.bad_ids.ids)],
    })
    one.perspective_rating_ids = [
        Command.create({
            "area_id": rating.area_id.id, "level_id": level.id,
            "perspective_id": ref(name).id,
        })
        for name, level in zip(("people_supported", "support_staff"), levels)
    ]
one.proportion_ids = [
    Command.create({
        "area_id": one.summary_ids[0].area_id.id, "receiving": 6, "supported": 7,
        "method": long[:200],
    })
]
env["dupq.assessment.dissent"].create({
    "rating_id": one.summary_ids[0].id, "words": long,
    "group_id": ref("people_supported").id,
})
one.summary_ids[-1].write({
    "is_not_applicable": True, "not_applicable_reason": long[:200],
})
one._take("complete")
one._take("publish")
one._take("correct", reason="A mistake")
one.change_note = long[:150]
one._take("complete")
one._take("publish")
# Somebody takes words back, and says what has changed.
one.voice_ids[-1].action_withdraw_consent()
impact = one.impact_ids[0]
impact.write({
    "has_changed": "partly", "what_changed": long,
    "for_group_ids": ref("people_supported").ids,
    "told_by_group_ids": ref("people_supported").ids,
})
impact.action_show()
print("URL", one.publication_url, one.id)
env.cr.commit()
"""
WIDE = {"width": 1280, "color_scheme": "light"}
DARK = {"width": 1280, "color_scheme": "dark"}
VIEWS = (
    WIDE,
    {"width": 320, "color_scheme": "light"},
    # 400 % zoom of a screen of 1280 by 1024
    {"width": 320, "height": 256, "color_scheme": "dark", "reduced_motion": "reduce"},
)


@pytest.fixture(scope="module")
def site(chain):
    """A server without website, before and after something is published."""
    yield from serve(chain, "minimal")


@pytest.fixture(scope="module")
def website_site(chain):
    yield from serve(chain, "full")


def serve(chain, kind):
    server = OdooServer(chain, kind).start()
    yield Site(server)
    server.stop()


class Site:
    """A server with the addresses of its pages, filled when first asked for."""

    def __init__(self, server):
        self.server = server
        self._paths = None

    @property
    def paths(self):
        if not self._paths:
            out = self.server.shell(FILL % {"users": PORTAL_USERS})
            line = next(line for line in out.splitlines() if "URL" in line)
            self._paths = line.split("URL ")[1].split()
        return self._paths

    def pages(self):
        """(address, login) of every page of ours, in every state it has."""
        url, number = self.paths
        family, nobody = PORTAL_USERS
        return [
            ("/quality", None),
            (url, None),
            (f"{url}/1", None),
            (f"{url}/easy-read", None),
            (f"{url}/1/easy-read", None),
            (f"{url}/check", None),
            # No clock runs here, so its PDF is still being made.
            (f"{url}/easy-read/pdf", None),
            ("/quality/not-there", None),
            ("/quality/not/there/at/all", None),
            ("/my/self-assessments", family),
            (f"/my/self-assessments/{number}", family),
            ("/my/self-assessments/999999", family),
            ("/my/self-assessments", nobody),
        ]


def test_the_empty_index_is_accessible(site, new_page, axe):
    if site._paths:
        pytest.fail("this test comes first, before anything is published")
    for view in VIEWS:
        look_at_the_empty_index(site, new_page(server=site.server, **view), axe)


def look_at_the_empty_index(site, page, axe):
    page.goto("/quality")
    assert "Nothing is published yet" in page.inner_text("main")
    axe.check(page)


@pytest.mark.parametrize(
    "view", VIEWS, ids=lambda view: "-".join(map(str, view.values()))
)
def test_every_page_is_accessible_and_fits(site, new_page, axe, view):
    look_at_every_page(site, new_page, axe, view)


def test_the_website_module_changes_no_page(website_site, new_page, axe):
    """It lends our pages neither frame nor style: one look shows that."""
    page = new_page(server=website_site.server, **DARK)
    look_at_the_empty_index(website_site, page, axe)
    look_at_every_page(website_site, new_page, axe, DARK)
    look_without_script(website_site, new_page)


def look_at_every_page(site, new_page, axe, view):
    new_page.expect_error("404")
    visitors = {}
    problems = []
    for path, login in site.pages():
        if login not in visitors:
            visitors[login] = new_page(login, server=site.server, **view)
        page = visitors[login]
        page.goto(path)
        problems += [f"{path}: {line}" for line in axe(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > view["width"]:
            problems.append(f"{path}: {wide} px wide on {view['width']}")
        problems += [f"{path}: {small}" for small in page.evaluate(SMALL_TARGETS)]
    assert not problems, "\n".join(problems)


# Links in a line of text may be small (WCAG 2.5.8); what stands by itself may not.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select")]
    .filter((node) => !node.closest("p, li:not(nav li):not(.dq-links li)"))
    .filter((node) => node.className !== "dq-skip")
    .map((node) => [node, node.getBoundingClientRect()])
    .filter(([node, box]) => box.height < 24 || box.width < 24)
    .map(([node, box]) => `${node.outerHTML.slice(0, 80)} has ${box.height} px`)
"""


def test_the_report_is_read_by_keyboard_alone(site, new_page):
    page = new_page(server=site.server)
    page.goto(site.paths[0])
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert skip >= 0, "the skip link shows itself when it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = []
    for _step in range(60):
        page.keyboard.press("Tab")
        where = page.evaluate(FOCUS)
        if where["href"] in seen or not where["href"]:
            break
        assert where["outline"] > 0, f"{where['href']} shows no focus"
        seen.append(where["href"])
    assert {"#who", "#found", "#plan", "#differently"} <= set(seen)


FOCUS = """() => {
    const node = document.activeElement;
    const style = getComputedStyle(node);
    return {
        href: node.getAttribute("href"),
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    };
}"""


def test_easy_read_is_reached_and_left_by_the_switch(site, new_page):
    page = new_page(server=site.server, width=390)
    page.goto(site.paths[0])
    page.click("text=Easy Read")
    page.wait_for_url("**/easy-read")
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size >= 14 * 96 / 72, "Easy Read is 14 points or more"
    for row in page.query_selector_all(".dq-easy-row"):
        picture = row.query_selector("img").bounding_box()
        words = row.query_selector(".dq-easy-words").bounding_box()
        assert picture["x"] < words["x"], "picture left, words right"
    page.click("text=All the words")
    page.wait_for_url(lambda url: not url.endswith("easy-read"))


def test_pages_work_without_script_and_load_nothing_from_elsewhere(site, new_page):
    look_without_script(site, new_page)


def look_without_script(site, new_page):
    page = new_page(server=site.server, java_script_enabled=False)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.paths[0])
    assert "What we will do" in page.inner_text("main")
    assert all(url.startswith(site.server.url) for url in asked), asked
    assert not [url for url in asked if url.endswith(".js")], asked


def test_pages_print_dark_on_white_without_what_only_a_screen_needs(site, new_page):
    page = new_page(server=site.server, color_scheme="dark")
    page.emulate_media(media="print")
    for path in (site.paths[0], f"{site.paths[0]}/easy-read"):
        page.goto(path)
        assert page.locator("h1").is_visible()
        for gone in (".dq-contents", ".dq-switch", ".dq-skip"):
            assert not page.locator(f"{gone}:visible").count(), (path, gone)
        assert page.evaluate(DARK_SPOTS) == [], path
        page.set_viewport_size({"width": 658, "height": 987})  # A4 within its margins
        assert page.evaluate("document.documentElement.scrollWidth") <= 658, path


# Backgrounds that would cost ink and swallow the words on them.
DARK_SPOTS = """() => [...document.querySelectorAll("body, body *:not(.dq-step)")]
    .filter((node) => node.checkVisibility())
    .map((node) => [node, getComputedStyle(node).backgroundColor.match(/[\\d.]+/g)])
    .filter(([node, [r, g, b, a = 1]]) => a > 0 && (+r + +g + +b) / 3 < 200)
    .map(([node]) => node.outerHTML.slice(0, 80))
"""


def test_axe_sees_a_fault_when_there_is_one(site, new_page, axe):
    page = new_page(server=site.server)
    page.goto(site.paths[0])
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert any("html-has-lang" in line for line in axe(page))
