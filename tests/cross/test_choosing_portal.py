"""Proves over HTTP that the pages of choosing staff open on the portal for the person
and for whom the person wants, and for nobody else. Takes half a minute."""

import pytest
from cross.choosing_story import SETUP
from cross.visitor import Visitor
from harness.server import OdooServer

OTHERS = """
from odoo.fields import Command
for login, group in (("other.portal", "base.group_portal"),
                     ("boss", "dupq_code.dupq_code_group_administrator")):
    env["res.users"].create({
        "name": login, "login": login, "password": login,
        "group_ids": [Command.set([env.ref(group).id])],
    })
env.cr.commit()
"""


@pytest.fixture(scope="module")
def server(chain):
    server = OdooServer(chain, "minimal").start()
    server.shell(SETUP + OTHERS)
    server.expect_log("CSRF validation")
    person = server.sql("SELECT id FROM dupq_person WHERE reference = 'P-LINK'")
    server.start_path = f"/my/choices/{person[0][0]}/choosing"
    choice = server.sql("SELECT min(id) FROM dupq_choice")[0][0]
    server.why_path = f"{server.start_path}/{choice}/yes"
    yield server
    server.stop()


@pytest.fixture
def sign_in(server):
    def make(login):
        visitor = Visitor(server)
        visitor.look("/web/login")
        page = visitor.press("/web/login", {"login": login, "password": login})
        assert page.status_code == 200
        return visitor

    return make


def answered(server):
    return server.sql("SELECT taken_by FROM dupq_choice WHERE state = 'answered'")


def test_nobody_else_sees_or_says_anything(server, sign_in):
    kin = sign_in("kin.portal")
    kin.look(server.why_path)
    for login in ("other.portal", "boss"):
        stranger = sign_in(login)
        staff_path = server.start_path.replace("choosing", "feedback")
        other_path = server.start_path.replace("choosing", "anything")
        for path in (server.start_path, server.why_path, staff_path, other_path):
            page = stranger.look(path)
            assert page.status_code == 404, (login, path)
            assert "Ola" not in page.text
            assert "Robin" not in page.text
            assert "Nobodysname" not in page.text
        page = stranger.look("/my/choices")
        assert "not asked anything" in page.text
        # A token of one's own, for a page that is not.
        stranger.look("/my/security")
        assert stranger.press(server.why_path).status_code == 404
    assert not answered(server)


def test_without_a_login_there_is_a_login_first(server):
    page = Visitor(server).look(server.why_path)
    assert "/web/login" in page.url
    assert "Ola" not in page.text


def test_form_of_another_site_changes_nothing(server, sign_in):
    kin = sign_in("kin.portal")
    kin.look(server.why_path)
    assert kin.press(server.why_path, csrf=False).status_code == 400
    assert not answered(server)


def test_pages_are_kept_from_caches_and_other_sites(server, sign_in):
    page = sign_in("kin.portal").look(server.start_path)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_the_wanted_sister_answers_as_herself(server, sign_in):
    kin = sign_in("kin.portal")
    kin.look(server.why_path)
    page = kin.press(server.why_path, {"words": "He walks.", "taken_by": "person"})
    assert "Thank you" in page.text
    assert answered(server) == [["circle"]]
