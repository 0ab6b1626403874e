"""Proves over XML-RPC and JSON-2 that no evaluator reads, counts, groups, exports or
changes another's scores, while each reads their own. Takes a minute."""

import pytest
from cross.caller import Caller
from harness.server import OdooServer

SCORE = "dupq.score"
COMMENT = "Only I may read this before moderation."


@pytest.fixture(scope="module")
def server(chain):
    server = OdooServer(chain, "demo").start()
    server.expect_log("xmlrpc")
    server.expect_log("odoo.http: ")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def score(server):
    """A score that the second evaluator gave, as the scoring desk does."""
    second = Caller(server, "xmlrpc", "evaluator2.demo")
    desk = second.call("dupq.scoring.desk", "get_desk")
    seat = desk["seat"]["id"]
    second.call("dupq.tender.evaluator", "action_declare", [seat])
    desk = second.call("dupq.scoring.desk", "get_desk")
    values = {
        "evaluator_id": seat,
        "bid_id": desk["bids"][0]["id"],
        "criterion_id": desk["criteria"][0]["id"],
        "level_id": desk["levels"][-1]["id"],
        "comment": COMMENT,
    }
    (score_id,) = second.call(SCORE, "create", [values])
    return score_id


@pytest.fixture(params=["xmlrpc", "json2"])
def caller(request, server):
    return lambda login: Caller(server, request.param, login)


def test_the_owner_reads_the_score(caller, score):
    rows = caller("evaluator2.demo").call(SCORE, "read", [score], fields=["comment"])
    assert rows[0]["comment"] == COMMENT


@pytest.mark.parametrize("login", ["evaluator1.demo", "chair.demo", "quality.demo"])
def test_nobody_else_learns_of_the_score(caller, score, login):
    other = caller(login)
    other.refused(SCORE, "read", [score], fields=["comment"])
    other.refused(SCORE, "write", [score], vals={"comment": "x"})
    other.refused(SCORE, "export_data", [score], fields_to_export=["comment"])
    if login == "quality.demo":
        other.refused(SCORE, "search_count", domain=[])
        return
    domain = [["comment", "=", COMMENT]]
    assert other.call(SCORE, "search", domain=domain) == []
    assert other.call(SCORE, "search_count", domain=[["id", "=", score]]) == 0
    groups = other.call(
        SCORE,
        "formatted_read_group",
        domain=[["id", "=", score]],
        groupby=["level_id"],
        aggregates=["__count"],
    )
    assert groups == []
