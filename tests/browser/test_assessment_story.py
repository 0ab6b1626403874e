"""Proves a whole self-assessment by the real screens and seven people, one of them with
Easy Read on a phone: planned, talked about, rated, contested, written, declared and
published; and that a stranger reads all of it. Also the guide's example of four people
who share a house. Three minutes."""

import re

import pytest
from browser import shared_house as house
from browser import story_steps as steps
from browser.desk import Desk
from playwright.sync_api import expect

pytestmark = pytest.mark.long

NAME = "Orchard Road, told by seven"
SISTER = "sister.story@example.com"
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
PEOPLE, FAMILIES, STAFF = "People we support", "Families", "Support staff"
HER_WORDS = "Nobody rings me when he is ill."
MOTHER_WORDS = "I would like to know before staff change."
HIS_WORDS = "I like my new neighbours."
ROOM_WORDS = "I want to choose who helps me in the bath."
WORKER_WORDS = "On Sundays I am alone with six people."
NOT_AGREED = "My brother owes me money."
OBJECTION = "You say it is good. On Sundays nobody can go out."
REPLY = "You are right about Sundays; the week is better, so it stays, with an action."
ACTION = "A second person works every Sunday"
OUTCOME = "Weekdays are good here. Sundays are not good yet."
FOUND = "People choose what they do on weekdays. On Sundays they wait for us."
DECLARED = "I have read this with the people who live here, and I stand behind it."
IDEA = "Sundays are not good yet."


@pytest.fixture
def at_desk(new_page, server):
    """Somebody signed in at a desk, at the self-assessment of the story."""

    def get(login, name=None):
        desk = Desk(new_page(server=server, height=900), server.url).sign_in(login)
        if name:
            steps.open_assessment(desk, name)
        return desk

    return get


def test_seven_people_make_it_and_a_stranger_reads_it(at_desk, new_page, server, axe):
    lead = at_desk("quality.demo")
    steps.plan(lead, NAME, "Service manager")
    steps.plan_who(
        lead,
        (PEOPLE, "Meeting", "6"),
        (PEOPLE, "Picture cards", "1"),
        (FAMILIES, "Conversation one to one", "5"),
        (FAMILIES, "Social story", "1"),
        (STAFF, "Meeting", "5"),
    )
    steps.plan_person(lead, "Picture cards", "Jane, person supported")
    steps.plan_person(lead, "Social story", "Family member")
    steps.invite(lead, FAMILIES, SISTER)
    steps.plan_discussion(lead, "Sunday tea", "Support worker")

    phone = new_page(server=server, **PHONE)
    steps.say_by_link(phone, steps.link_to(server, SISTER), "Not good", HER_WORDS)
    tablet = new_page("jane.demo", server=server, width=820)
    steps.say_in_account(tablet, NAME, "Good", HIS_WORDS)
    mother = new_page("family.demo", server=server)
    steps.say_in_account(mother, NAME, "Getting better", MOTHER_WORDS)

    worker = at_desk("worker.demo")
    steps.lead_discussion(
        worker,
        "Sunday tea",
        {PEOPLE: "6", STAFF: "5"},
        (
            (PEOPLE, "Not good yet", ROOM_WORDS, True),
            (STAFF, "Not good yet", WORKER_WORDS, True),
            (PEOPLE, "In between", NOT_AGREED, False),
        ),
    )

    manager = at_desk("manager.demo", NAME)
    steps.see_who_came(manager, (FAMILIES, "1"), ("Social story", "1"))
    everyone = [("3", "w"), *[("3", "m")] * 4]
    steps.rate(manager, everyone, {PEOPLE: "1", STAFF: "4", FAMILIES: "1"})
    steps.add_action(manager, ACTION, "Service manager", "31/12/2027")

    steps.open_assessment(worker, NAME)
    steps.contest(worker, STAFF, OBJECTION)
    manager.page.reload()
    manager.wait()
    steps.answer(manager, OBJECTION, REPLY)

    lead.page.reload()
    lead.wait()
    steps.choose_quotes(
        lead, HER_WORDS, MOTHER_WORDS, HIS_WORDS, ROOM_WORDS, WORKER_WORDS
    )
    steps.write_report(
        lead, {"overall": OUTCOME, "found": FOUND}, [("spiral-calendar", IDEA)]
    )
    steps.ask_for_declaration(lead, DECLARED, "Chief executive", "Board member")
    steps.complete(lead)
    steps.sign(at_desk("board.demo", NAME))
    address = steps.publish(lead)

    stranger = new_page(server=server)
    stranger.goto(address)
    for section, words in (
        ("words", (HER_WORDS, MOTHER_WORDS, HIS_WORDS, FAMILIES)),
        ("words", (ROOM_WORDS, WORKER_WORDS, PEOPLE, STAFF)),
        ("gaps", (f"{PEOPLE}: Only beginning.", f"{STAFF}: Very good.")),
        ("found", (FOUND,)),
        ("dissent", (OBJECTION, REPLY, STAFF)),
        ("plan", (ACTION, "31 December 2027")),
        ("declaration", (DECLARED, "Board member (demo)", "Chief executive")),
        ("who", (PEOPLE, FAMILIES, STAFF, "fewer than 5)")),
    ):
        part = stranger.locator(f"section[aria-labelledby={section}]")
        for text in words:
            expect(part).to_contain_text(text)
    expect(stranger.locator(".dq-lead").first).to_contain_text(OUTCOME)
    # What a family of one thinks is not drawn: it would say who it was.
    assert f"{FAMILIES}: Only beginning" not in stranger.inner_text("main")
    for secret in (NOT_AGREED, "Jane", SISTER, "Support worker (demo)"):
        assert secret not in stranger.content()
    axe.check(stranger)
    stranger.click(".dq-switch")
    expect(stranger.locator("html.dq-root-easy")).to_be_visible()
    for text in (IDEA, f"“{HER_WORDS}”", f"“{WORKER_WORDS}”", ACTION):
        expect(stranger.locator("main")).to_contain_text(text)
    axe.check(stranger)


def test_four_people_who_share_a_house(new_page, server, axe):
    said = server.shell(house.MAKE)
    # The tool asks what re-provision asks, and lets no name out.
    assert "a beautiful home may still be a small life" in said
    assert "1 of the quotes to print need" in said
    address = re.search(r"URL (\S+) END", said)[1]
    stranger = new_page(server=server, width=390)
    stranger.goto(address)
    main = stranger.locator("main")
    for heading, text in house.PARTS.items():
        part = stranger.locator("section", has=stranger.get_by_text(heading)).last
        for line in text.splitlines():
            expect(part).to_contain_text(line)
    for words in (house.FAMILY_WORDS, house.STAFF_WORDS, house.HOW, house.ACTION):
        expect(main).to_contain_text(words)
    gaps = stranger.locator("section[aria-labelledby=gaps]")
    expect(gaps).to_contain_text(f"{FAMILIES}: Only beginning.")
    expect(gaps).to_contain_text(f"{STAFF}: Very good.")
    # Four people are too few to be told apart by a figure.
    expect(gaps).not_to_contain_text(f"{PEOPLE}: Only beginning.")
    expect(main).not_to_contain_text(f"{PEOPLE} say")
    expect(main).to_contain_text("More than 14 people took part.")
    who = stranger.locator("section[aria-labelledby=who] li", has_text=PEOPLE)
    expect(who).to_contain_text("fewer than 5)")
    dissent = stranger.locator("section[aria-labelledby=dissent]")
    expect(dissent).to_contain_text(house.OBJECTION)
    expect(dissent).to_contain_text(house.REPLY)
    axe.check(stranger)
    pages = [stranger.content()]
    stranger.click(".dq-switch")
    expect(main).to_contain_text(house.IDEA)
    axe.check(stranger)
    pages.append(stranger.content())
    pages.append(stranger.request.get(f"{address}/report.json").text())
    for name in house.NAMES:
        assert not any(name in page for page in pages), name
