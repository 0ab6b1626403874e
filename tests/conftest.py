"""Fixtures for the tests of the whole product. Run them with ./dupq test tests/...

chain           Odoo, its Python and a running PostgreSQL (dupq_cli.toolchain)
odoo_server     a server for the session on a clone of a ready database; read-mostly
                tests share it. Minimal unless asked otherwise:
                    @pytest.mark.parametrize("odoo_server", ["demo"], indirect=True)
server          a server on the demo data for the tests of one file, which may change
                it; a file that wants another one brings its own
new_server      a server that the test may spoil: server = new_server("full")
browser         Chromium for the session
new_page        opens pages: new_page("quality.demo", server=odoo_server, width=320)
page            one page on odoo_server, nobody signed in
axe             accessibility: axe.check(page), axe.check(page, include="main")
xmlrpc, json2   clients of odoo_server: xmlrpc("admin").call(model, method, [args])

A console error in a page, or a warning in a server's log, fails the test. What a test
provokes on purpose it says: new_page.expect_error("404"),
odoo_server.expect_log("odoo.http: ...").
"""

import os
import re

import pytest
from dupq_cli import browser as chromium
from dupq_cli import node_env
from dupq_cli.toolchain import Toolchain
from harness.axe import Axe
from harness.pages import ARGUMENTS, Pages
from harness.server import OdooServer
from harness.shell import OdooShell


def pytest_configure(config):
    config.addinivalue_line("markers", "long: takes minutes, so it begins first")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Files with long tests begin first, so that none is waited for at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def chain():
    yield Toolchain.ready()
    OdooShell.stop()


@pytest.fixture(scope="session")
def odoo_server(request, chain):
    server = OdooServer(chain, getattr(request, "param", "minimal")).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def server(chain):
    server = OdooServer(chain, "demo").start()
    yield server
    server.stop()


@pytest.fixture
def new_server(chain):
    servers = []

    def make(kind="minimal", options=()):
        servers.append(OdooServer(chain, kind, options))
        return servers[-1].start()

    yield make
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    program = os.environ.get("DUPQ_CHROMIUM") or chromium.get()
    # Playwright's own Node needs a library that a bare machine does not have.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node_env.program())
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program, args=list(ARGUMENTS)
        )
        yield running
        running.close()


@pytest.fixture
def new_page(browser, request, new_server):
    # After new_server, so that pages are closed before their server ends.
    pages = Pages(browser)
    yield pages
    if getattr(request.node, "failed_call", False):
        name = re.sub(r"\W+", "_", request.node.nodeid)
        print(f"screenshots of the pages: {pages.photograph(name)}")  # noqa: T201
    errors = pages.close()
    assert not errors, "the console shows errors:\n" + "\n".join(errors)


@pytest.fixture
def page(new_page, odoo_server):
    return new_page(server=odoo_server)


@pytest.fixture(scope="session")
def axe():
    return Axe(node_env.axe_core().read_text())


@pytest.fixture
def xmlrpc(odoo_server):
    return odoo_server.xmlrpc


@pytest.fixture
def json2(odoo_server):
    return odoo_server.json2


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.when == "call":
        item.failed_call = report.failed
