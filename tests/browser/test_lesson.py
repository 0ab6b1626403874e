"""Proves by real clicks that a lesson of the safeguarding panel reaches a support
worker, and that the board sees how many have still to read it. About a minute."""

import pytest
from browser import walk_steps as steps

SERVICE = "12 Orchard Road"
NAME = "Knock, and wait for an answer"


@pytest.fixture
def people(new_page, new_server):
    """Whoever signs in, each at a browser of their own."""
    server = new_server("demo")
    return lambda login: steps.sign_in(new_page, server, login)


def panel_shares_a_lesson(desk):
    desk.app("Driving Up Quality")
    desk.menu("Lessons", "All lessons")
    desk.page.click(".o_control_panel button:has-text('New')")
    desk.type("name", NAME)
    desk.type("what_happened", "Staff walked in while somebody was getting dressed.")
    desk.type("what_we_do", "We knock, say who we are, and wait to be asked in.")
    desk.choose("service_ids", SERVICE)
    desk.click("Share", within=".o_form_statusbar")
    assert desk.page.locator(".o_arrow_button_current").inner_text() == "Shared"


def worker_reads_it(desk):
    desk.app("Driving Up Quality")
    desk.menu("Lessons", "Lessons for me")
    desk.open_row(NAME)
    assert desk.page.get_by_text("wait to be asked in").first.is_visible()
    assert not desk.page.locator("[name=case_reference]").count()
    desk.click("I have read and understood this")
    desk.page.wait_for_selector(":text('You have read this')")


def unread(desk):
    """How many times a shared lesson is still to be read, as the board sees it."""
    page = steps.board_page(desk)
    return int(page.locator("[data-figure=unread] .o_dupq_board_value").inner_text())


def test_a_lesson_is_shared_read_and_counted(people):
    board = people("board.demo")
    before = unread(board)
    panel_shares_a_lesson(people("panel.demo"))
    # The manager, the support worker and the rota planner of the service are told.
    assert unread(board) == before + 3
    worker_reads_it(people("worker.demo"))
    assert unread(board) == before + 2
