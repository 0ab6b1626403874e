"""A tender is scored by keyboard, agreed and ranked, each role in its own browser.

About a minute: one server with demo data, which the test spoils.
"""

import pytest
from playwright.sync_api import expect

expect.set_options(timeout=15_000)

WORDS = (
    "Names who is asked and shows what changed after it.",
    "Says what is done, not what came of it for people.",
)


TYPED = "5 people are named, no dates."
# What both evaluators give to all answers but the first
SAME = [3, 4, 2, 4, 4, 5, 3, 4]
# The answers in the order of the desk; the first bidder left the fifth question blank
PLACES = [0, 1, 2, 3, 5, 6, 7, 8, 9]


@pytest.fixture
def server(new_server):
    return new_server("demo")


def open_desk(new_page, server, login, **options):
    page = new_page(login, server=server, **options)
    page.goto("/odoo/dupq-scoring")
    page.get_by_role("heading", name="Before you read a bid").wait_for()
    return page


def score(page, value, words):
    page.keyboard.press(str(value))
    page.keyboard.press("Enter")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")


def score_rest(page, values):
    """Score from the first answer that has none, by keyboard alone, and lock."""
    start = len(PLACES) - len(values)
    for number, value in enumerate(values, start):
        page.get_by_text(f"{number} of 9 answers scored").wait_for()
        page.get_by_text(f"question {PLACES[number] % 5 + 1} of 5").wait_for()
        score(page, value, WORDS[number % 2])
    page.get_by_role("button", name="All answers are scored: lock my scores").click()
    page.locator(".modal-footer").get_by_role("button", name="Lock my scores").click()
    page.get_by_text("Your scores are locked.").wait_for()


def agree_all(page):
    rows = page.locator(".o_dupq_row")
    for number in range(rows.count()):
        row = rows.nth(number)
        if row.locator("fieldset:disabled").count():
            expect(row).to_contain_text("No answer")
            continue
        row.locator(".o_dupq_choice").get_by_text("4", exact=True).click()
        reason = f"Shows who was asked, when, and what changed: note {number}."
        row.get_by_label("Reason for the agreed score").fill(reason)
        row.get_by_label("Reason for the agreed score").blur()
    page.get_by_text(f"{rows.count()} of {rows.count()} answers agreed").wait_for()


def check_keys(page, axe):
    """A key gives the score, a digit in the comment does not, a reload loses none."""
    expect(page.get_by_text("Lantern Support (demo)")).to_be_visible()
    axe.check(page, include=".o_dupq_page")
    page.get_by_role("button", name="No, I have no conflict").click()
    page.get_by_text("0 of 9 answers scored").wait_for()
    page.keyboard.press("3")
    expect(page.get_by_role("radio", name="3 What we need")).to_be_checked()
    expect(page.get_by_text("Say why, then this answer counts")).to_be_visible()
    page.get_by_text("0 of 9 answers scored").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(TYPED)
    page.get_by_text("1 of 9 answers scored").wait_for()
    expect(page.get_by_role("radio", name="3 What we need")).to_be_checked()
    axe.check(page, include=".o_dupq_page")
    page.keyboard.press("Control+Enter")
    page.get_by_text("question 2 of 5").wait_for()
    page.reload()
    page.get_by_text("question 2 of 5").wait_for()
    page.get_by_role("button", name="Previous").click()
    expect(page.get_by_label("Why this score?")).to_have_value(TYPED)
    page.get_by_role("button", name="Next").click()
    page.get_by_text("question 2 of 5").wait_for()


def check_blank(page, axe):
    """What the bidder left blank is 0 by rule: said in words, with nothing to do."""
    page.locator(".o_dupq_step").nth(4).click()
    expect(page.get_by_text("gave no answer to this question")).to_be_visible()
    expect(page.get_by_role("heading", name="No answer scores 0")).to_be_visible()
    expect(page.get_by_label("Why this score?")).to_have_count(0)
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 9 answers scored")).to_be_visible()
    axe.check(page, include=".o_dupq_page")
    page.locator(".o_dupq_step").nth(1).click()
    page.get_by_text("question 2 of 5").wait_for()


def test_a_tender_is_scored_by_keys_agreed_and_ranked(new_page, server, axe):
    chair = new_page("chair.demo", server=server)
    chair.goto("/odoo/dupq-moderation")
    chair.get_by_role("button", name="No, I have no conflict").click()
    chair.get_by_text("Nobody sees them, you neither").wait_for()
    expect(chair.get_by_role("button", name="Start moderation")).to_be_disabled()

    first = open_desk(new_page, server, "evaluator1.demo")
    check_keys(first, axe)
    check_blank(first, axe)
    score_rest(first, SAME)

    second = open_desk(new_page, server, "evaluator2.demo", width=390)
    second.get_by_role("button", name="No, I have no conflict").click()
    second.get_by_text("0 of 9 answers scored").wait_for()
    assert TYPED not in second.content()
    assert second.evaluate("document.documentElement.scrollWidth") <= 390
    score_rest(second, [0, *SAME])

    chair.reload()
    chair.get_by_role("button", name="Start moderation").click()
    widest = chair.locator(".o_dupq_row").first
    expect(widest).to_contain_text("3 apart")
    expect(widest).to_contain_text(TYPED)
    axe.check(chair, include=".o_dupq_page")
    agree_all(chair)
    chair.get_by_role("button", name="Settle the scores").click()
    chair.locator(".modal-footer").get_by_role("button", name="Settle them").click()
    chair.get_by_role("button", name="See the ranking").click()
    winner = chair.locator(".o_dupq_ranking > tbody > tr").first
    # 80 x 4/5 for quality, 20 x 388,500 / 412,000 for price
    expect(winner).to_contain_text("Lantern Support (demo)")
    expect(winner).to_contain_text("82.86")
    # 80 x 4/5 but for the 15 % of the blank answer, all 20 for the lowest price
    loser = chair.locator(".o_dupq_ranking > tbody > tr", has_text="Harbourside")
    expect(loser).to_contain_text("74.40")
    loser.get_by_role("button").click()
    expect(chair.get_by_text("That scores 0, whoever scores.")).to_be_visible()
    winner.get_by_role("button").click()
    expect(chair.get_by_text("what changed: note").first).to_be_visible()
    axe.check(chair, include=".o_dupq_page")
