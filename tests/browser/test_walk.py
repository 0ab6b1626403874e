"""Proves the whole way, by real clicks of seven people, from a recruitment record to a
published self-assessment and a scored tender. Takes two to three minutes."""

import pytest
from browser import walk_steps as steps

pytestmark = pytest.mark.long

SERVICE = "12 Orchard Road"
NAME = "Orchard Road, as we walked"


@pytest.fixture
def people(new_page, new_server):
    """Whoever signs in, each at a browser of their own."""
    server = new_server("demo")
    # Odoo's own Employees screen shows icons of applications that are not there.
    new_page.expect_error(r"404.*/static/description/icon\.png")

    def arrive(login):
        return steps.sign_in(new_page, server, login)

    arrive.server = server
    return arrive


def test_from_a_recruitment_record_to_a_ranking(people, new_page):
    manager = people("manager.demo")
    before = steps.coverage_of(manager, SERVICE)

    hr = people("hr.demo")
    items = steps.hr_links_an_applicant(hr, "Joren Jacob", SERVICE)
    items += steps.hr_links_a_course(hr, "Keith Byrd", "Signs and gestures", SERVICE)
    waiting = steps.coverage_of(manager, SERVICE)
    assert waiting == before | {"waiting": before["waiting"] + items}

    steps.manager_accepts(
        manager, ["Met the tenants over tea", "The course was made with the tenants"]
    )
    accepted = steps.coverage_of(manager, SERVICE)
    assert accepted == before | {"good": before["good"] + items}

    steps.manager_completes_a_self_assessment(manager, NAME, SERVICE)
    address = steps.quality_lead_publishes(people("quality.demo"), NAME)
    visitor = new_page(server=people.server)
    visitor.goto(address)
    assert visitor.locator("h1").count() == 1
    for words in ("Tenants choose who works here", "Finding 5", "Ask each tenant"):
        assert visitor.get_by_text(words).first.is_visible(), words

    for key, (figure, records) in steps.board_member_drills_down(
        people("board.demo")
    ).items():
        assert not figure.isdigit() or int(figure) == records, key

    steps.evaluator_scores(people("evaluator1.demo"), lambda bid, _n: 4 if bid else 3)
    steps.evaluator_scores(people("evaluator2.demo"), lambda bid, _n: 2 if bid else 5)
    chair = people("chair.demo")
    steps.chair_moderates(chair)
    ranking = steps.chair_sees_the_ranking(chair)
    assert [rank for rank, _name, _total in ranking] == ["1", "2"]
    totals = [float(total) for _rank, _name, total in ranking]
    assert totals == sorted(totals, reverse=True)
