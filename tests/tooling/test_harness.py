"""Proves that the fixtures of this folder do what they say. About 20 seconds."""

from xmlrpc.client import Fault

import pytest
from dupq_cli import logs
from dupq_cli.toolchain import Toolchain
from harness.clients import Json2Error
from harness.server import OdooServer


def test_login_page_opens_without_a_console_error(page):
    page.goto("/web/login")
    page.wait_for_selector("input[name=login]:visible")


def test_person_is_signed_in(new_page, odoo_server):
    page = new_page("admin", server=odoo_server)
    page.goto("/odoo")
    page.wait_for_selector(".o_main_navbar")
    with pytest.raises(AssertionError, match="admin cannot sign in"):
        new_page("admin", server=odoo_server, password="wrong")


def test_each_page_keeps_what_it_knows_to_itself(new_page, odoo_server):
    one, other = (new_page("admin", server=odoo_server) for _page in range(2))
    for page in (one, other):
        page.goto("/web/login")
        assert not page.evaluate("localStorage.length")
        page.evaluate("localStorage.setItem('mine', 1)")


def test_no_other_machine_is_reached(new_page, odoo_server):
    new_page.expect_error("ERR_NAME_NOT_RESOLVED")
    page = new_page(server=odoo_server)
    page.goto("/web/login")
    for host in ("example.com", "192.0.2.1"):
        failed = page.evaluate(
            "url => fetch(url).catch(why => `${why}`)", f"https://{host}/"
        )
        assert "Failed to fetch" in failed
    page.evaluate("url => fetch(url)", f"{odoo_server.url}/web/health")


def test_console_error_is_heard(new_page, odoo_server):
    page = new_page(server=odoo_server)
    page.goto("/web/login")
    new_page.expect_error("on purpose")
    page.evaluate("console.error('on purpose')")
    page.evaluate("console.error('by mistake')")
    assert [error for error in new_page.errors if "by mistake" in error]
    new_page.expect_error("by mistake")


def test_axe_finds_a_picture_without_words(axe, new_page, odoo_server):
    page = new_page(server=odoo_server)
    page.set_content("<main><h1>A</h1><img src='data:,'></main>")
    assert any("image-alt" in line for line in axe(page, include="main"))


def test_clients_read_and_are_refused(xmlrpc, json2):
    by_xmlrpc, by_json2 = xmlrpc("admin"), json2("admin")
    (mine,) = by_xmlrpc.call("res.users", "read", [[by_xmlrpc.uid]], fields=["login"])
    assert mine["login"] == "admin"
    found = by_json2.call("res.users", "search", domain=[["login", "=", "admin"]])
    assert found == [by_xmlrpc.uid]


def test_refusals_arrive_as_exceptions(xmlrpc, json2, odoo_server):
    odoo_server.expect_log("Exception during request handling")
    with pytest.raises(Fault):
        xmlrpc("admin").call("res.users", "no_such_method", [[1]])
    with pytest.raises(Json2Error) as caught:
        json2("admin").call("res.users", "no_such_method", ids=[1])
    assert caught.value.status == 404


@pytest.mark.parametrize(
    ("table", "answer", "is_heard"),
    [
        ("mail_presence", "could not serialize access due to concurrent update", False),
        ("mail_presence", "deadlock detected", False),
        ("mail_presence", "column res_users.nick does not exist", True),
        ("dupq_evidence", "could not serialize access due to concurrent update", True),
    ],
)
def test_only_what_odoo_tries_again_is_let_pass(table, answer, is_heard):
    server = OdooServer(Toolchain.ready(), "minimal")
    record = "2026-01-01 00:00:00,000 1 ERROR db odoo.sql_db: bad query: b'UPDATE "
    (line,) = logs.complaints(f"{record}{table} SET a = 1'\nERROR: {answer}\n")
    assert server._is_expected(line) is not is_heard


def test_warning_in_a_log_is_heard(new_server):
    server = new_server("minimal")
    with open(server._server.log, "a") as log:
        log.write("2026-01-01 00:00:00,000 1 WARNING db odoo.x: something is off\n")
    with pytest.raises(AssertionError, match="something is off"):
        server.stop()
    server.expect_log("something is off")


def test_shell_runs_each_piece_of_code_as_if_alone(odoo_server):
    shell = odoo_server.shell
    assert (
        shell("print(env.uid, env.user.login, self.login)")
        == "1 __system__ __system__\n"
    )
    name = "partner = env['res.partner'].create({'name': 'Kept Example'})\n"
    count = "print(env['res.partner'].search_count([('name', '=', 'Kept Example')]))"
    shell(name)
    assert shell(count) == "0\n", "Nothing is kept that is not committed."
    shell(name + "env.cr.commit()")
    assert shell(count) == "1\n"
    with pytest.raises(AssertionError, match="name 'partner' is not defined"):
        shell("print(partner)")
    with pytest.raises(AssertionError, match="division by zero"):
        shell("1 / 0")
    with pytest.raises(AssertionError, match="on purpose"):
        shell(
            "import logging\n"
            "try:\n"
            "    raise ValueError('on purpose')\n"
            "except ValueError:\n"
            "    logging.getLogger('tests').exception('logged')\n"
        )
    assert shell(count) == "1\n", "It goes on after an error."


def test_shell_sees_what_the_server_has_changed_meanwhile(odoo_server, xmlrpc):
    read = "print(env['ir.config_parameter'].get_param('tests.meanwhile'))"
    assert odoo_server.shell(read) == "False\n"
    values = {"key": "tests.meanwhile", "value": "changed"}
    xmlrpc("admin").call("ir.config_parameter", "create", [values])
    assert odoo_server.shell(read) == "changed\n"
