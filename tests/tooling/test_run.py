"""./dupq run brings up a server that people can sign in to. About 20 seconds, and two
minutes more when the database with demo data has to be made first.
"""

import re
import socket
import time
import urllib.request
from xmlrpc.client import ServerProxy

import pytest
from program import dupq, sentence

NAME = "tooling"


@pytest.fixture(scope="module")
def started():
    """A demo server beside the user's own."""
    yield dupq("run", "--name", NAME, "--port", str(_free_port()))
    dupq("stop", "--name", NAME)


def test_run_prints_the_address_and_the_logins(started):
    assert not started.returncode, started.stderr
    logins = re.findall(r"\S+\.demo$", started.stdout, re.M)
    assert {"hr.demo", "manager.demo", "quality.demo", "board.demo"} <= set(logins)
    with urllib.request.urlopen(_url(started) + "/web/login") as answer:
        assert answer.status == 200


def test_each_printed_login_opens_the_door(started):
    logins = ["admin", *re.findall(r"\S+\.demo$", started.stdout, re.M)]
    door = ServerProxy(_url(started) + "/xmlrpc/2/common")
    database = f"dupq_{NAME}"
    assert all(door.authenticate(database, who, who, {}) for who in logins)
    assert not door.authenticate(database, "admin", "wrong", {})


def test_second_start_is_quick_and_keeps_the_server(started):
    begin = time.monotonic()
    port = _url(started).rpartition(":")[2]
    again = dupq("run", "--name", NAME, "--port", port)
    assert "already running" in again.stderr
    assert time.monotonic() - begin < 15


def test_shell_runs_a_script_from_standard_input(started):
    done = dupq("shell", "dupq_" + NAME, stdin="print('I am', env.user.login)")
    assert "I am __system__" in done.stdout, done.stderr


def test_shell_without_such_a_database():
    assert "There is no database nowhere" in sentence(dupq("shell", "nowhere"))


def test_odoo_command_line_in_our_environment():
    assert "Odoo Server 19.0" in dupq("odoo", "--", "--version").stdout


@pytest.mark.parametrize(
    "verb", ["run", "test", "lint", "shell", "odoo", "bench", "stop", "doctor"]
)
def test_help_of_each_verb(verb):
    done = dupq(verb, "--help")
    assert done.stdout.startswith(f"usage: ./dupq {verb}")
    assert not done.returncode


def test_unknown_option_is_refused():
    assert dupq("run", "--frehs").returncode == 2


def test_doctor_finds_nothing_to_mend():
    done = dupq("doctor")
    assert "Nothing stands in the way" in done.stdout, done.stdout


def _url(started):
    return re.search(r"http://\S+", started.stdout).group()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
