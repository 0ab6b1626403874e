"""Each thing that goes wrong is one plain sentence, and the next run goes on.

Real apt, pip, PostgreSQL and file systems; nothing is simulated but the fault. About
30 seconds.
"""

import contextlib
import hashlib
import http.server
import os
import shutil
import socket
import subprocess
import threading
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
from dupq_cli import apt, odoo_source
from dupq_cli.errors import Trouble
from program import dupq, part, sentence

pytestmark = pytest.mark.long
WHEEL = "dupq_probe-1.0-py3-none-any.whl"


# === PORT, TOOLS, SOURCES === #


def test_taken_port_is_said_before_any_work(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = dupq("run", "--port", str(port), XDG_STATE_HOME=tmp_path)
    assert f"Port {port} is taken" in sentence(done)
    assert f"--port {port + 1}" in sentence(done)


def test_missing_tool_names_its_package(tmp_path):
    done = part("process", "process.need('dpkg-deb', 'unpack packages')", PATH=tmp_path)
    assert "ask an administrator to install the package dpkg" in sentence(done)


def test_machine_without_a_source_of_odoo(tmp_path):
    done = part("odoo_source", "odoo_source.get()", **_no_way_out(tmp_path))
    assert "No Odoo 19 can be had" in sentence(done)
    assert "ODOO_HOME" in sentence(done)


@pytest.mark.skipif(not shutil.which("git"), reason="a bare machine has no git")
def test_next_run_takes_the_public_repository(tmp_path):
    """Where apt offers nothing, a clone of branch 19.0 does."""
    variables = _no_way_out(tmp_path)
    sentence(part("odoo_source", "odoo_source.get()", **variables))
    _make_repository(tmp_path / "odoo.git")
    done = part("odoo_source", "print(odoo_source.get())", **variables)
    home = Path(done.stdout.strip())
    assert (home / "odoo" / "release.py").exists(), done.stderr
    assert "Cloning branch 19.0" in done.stderr
    again = part("odoo_source", "print(odoo_source.get())", **variables)
    assert again.stdout == done.stdout
    assert "Cloning" not in again.stderr


def test_odoo_home_without_odoo(tmp_path):
    done = part("odoo_source", "odoo_source.get()", ODOO_HOME=tmp_path)
    assert "holds no Odoo 19" in sentence(done)


def test_odoo_home_comes_first(tmp_path):
    release = tmp_path / "odoo" / "release.py"
    release.parent.mkdir()
    release.write_text("version_info = (19, 0, 0, 'final', 0, '')\n")
    done = part("odoo_source", "print(odoo_source.get())", ODOO_HOME=tmp_path)
    assert done.stdout.strip() == str(tmp_path)


def test_postgres_of_the_user_that_is_down(tmp_path):
    done = dupq("run", "--port", str(_free_port()), PGHOST=tmp_path)
    assert "does not answer" in sentence(done)


def _no_way_out(tmp_path):
    """No mirror answers, and the public repository is a folder that is not there."""
    return {
        "XDG_CACHE_HOME": tmp_path / "cache",
        "XDG_STATE_HOME": tmp_path / "state",
        "DUPQ_MIRROR": "http://127.0.0.1:9/debian",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{tmp_path}/odoo.git.insteadOf",
        "GIT_CONFIG_VALUE_0": odoo_source.PUBLIC_REPOSITORY,
    }


def _make_repository(folder):
    release = folder / "odoo" / "release.py"
    release.parent.mkdir(parents=True)
    release.write_text("version_info = (19, 0, 0, 'final', 0, '')\n")
    git = ["git", "-C", folder, "-c", "user.name=x", "-c", "user.email=x@example.com"]
    for args in (
        ["init", "-q", "-b", "19.0"],
        ["add", "."],
        ["commit", "-q", "-m", "x"],
    ):
        subprocess.run([*git, *args], check=True)


# === DOWNLOADS === #


def test_broken_download_goes_on_next_time(tmp_path):
    with _Mirror() as mirror:
        variables = {"XDG_CACHE_HOME": tmp_path, "DUPQ_MIRROR": mirror.url}
        code = "python_env._fetch_pip(python_env.paths.cache() / 'pip')"
        mirror.cuts = True
        done = part("python_env", code, **variables)
        assert "broke off" in sentence(done)
        mirror.cuts = False
        done = part("python_env", code, **variables)
        assert not done.returncode, done.stderr
    assert list(tmp_path.rglob("pip-*.whl"))


def test_damaged_package_is_fetched_afresh(tmp_path):
    broken = tmp_path / "probe_1.0_all.deb"
    broken.write_bytes(b"!<arch>\nnot a package")
    with pytest.raises(Trouble, match="could not be unpacked"):
        apt.unpack("test", [broken], tmp_path / "root")
    assert not broken.exists()
    assert not (tmp_path / "root").exists()


def test_wrong_checksum_removes_the_file(tmp_path):
    package = tmp_path / "odoo-19_19.0.0_all.deb"
    package.write_bytes(b"something else")
    with pytest.raises(Trouble, match="checksum is wrong"):
        odoo_source.check_sha256(package, odoo_source.SHA256)
    assert not package.exists()


def test_wrong_checksum_of_a_python_package(tmp_path):
    lock, variables = _probe_lock(tmp_path, size=100)
    right = lock.read_text()
    lock.write_text(right.replace("sha256:", "sha256:0")[: len(right)])
    done = part("python_env", _install(lock), **variables)
    assert "checksum is wrong" in sentence(done)
    lock.write_text(right)
    done = part("python_env", _install(lock), **variables)
    assert not done.returncode, done.stderr


def test_python_package_that_cannot_be_had(tmp_path):
    lock, variables = _probe_lock(tmp_path, size=100)
    lock.write_text(lock.read_text().replace("==1.0", "==2.0"))
    done = part("python_env", _install(lock), **variables)
    assert "dupq-probe==2.0 could not be fetched" in sentence(done)


# === FULL DISK === #


def test_full_disk_then_room(tmp_path):
    """A real file system of 16 MB, a package of 40 MB; then the same disk, larger."""
    if not _may_mount():
        pytest.skip("no user namespaces: a small disk cannot be mounted")
    lock, variables = _probe_lock(tmp_path, size=40_000_000)
    disk = tmp_path / "disk"
    disk.mkdir()
    variables |= {"XDG_CACHE_HOME": disk, "TMPDIR": disk}
    both = tmp_path / "both.sh"
    both.write_text(
        f'mount -t tmpfs -o size=16m tmpfs {disk}\n"$@"; first=$?\n'
        f'mount -o remount,size=300m {disk}\n"$@" && exit $first\n'
    )
    prefix = ("unshare", "--map-root-user", "--mount", "sh", both)
    done = part("python_env", _install(lock), prefix, **variables)
    assert "disk" in sentence(done)
    assert "is full" in sentence(done)
    assert "goes on where it stopped" in sentence(done)
    assert "ready" in done.stderr.split("dupq: ")[1]


def _may_mount():
    trial = [
        "unshare",
        "--map-root-user",
        "--mount",
        "mount",
        "-t",
        "tmpfs",
        "x",
        "/mnt",
    ]
    return shutil.which("unshare") and not subprocess.run(trial).returncode


# === HELPERS === #


def _install(lock):
    return (
        "from pathlib import Path; "
        f"print(python_env.get('probe', Path({str(lock)!r}), 'a little'))"
    )


def _probe_lock(tmp_path, size):
    """A package of our own in a folder, and a lock file that names its hash."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    data = os.urandom(size)
    record = "dupq_probe/data,,\n"
    meta = "Metadata-Version: 2.1\nName: dupq-probe\nVersion: 1.0\n"
    wheel = (
        "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    info = "dupq_probe-1.0.dist-info"
    with zipfile.ZipFile(folder / WHEEL, "w") as archive:
        archive.writestr("dupq_probe/data", data)
        archive.writestr(f"{info}/METADATA", meta)
        archive.writestr(f"{info}/WHEEL", wheel)
        archive.writestr(f"{info}/RECORD", record)
    digest = hashlib.sha256((folder / WHEEL).read_bytes()).hexdigest()
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"dupq-probe==1.0 --hash=sha256:{digest}\n")
    variables = {
        "XDG_CACHE_HOME": tmp_path / "cache",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": folder,
        "PIP_NO_CACHE_DIR": "1",
    }
    return lock, variables


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class _Mirror:
    """Hands on what the machine's real mirror has; cuts packages short when told."""

    def __init__(self):
        self.cuts = False
        home = Path(os.environ.get("TMPDIR", "/tmp")) / f"dupq-mirror-{os.getpid()}"
        found = apt._configured("apt-get", home)
        shutil.rmtree(home, ignore_errors=True)
        self.real = next((u for s, u in found.items() if s in apt.DEBIAN), None)
        if not self.real:
            pytest.skip("this machine's apt names no Debian mirror")
        mirror = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                mirror.serve(self)

            def log_message(self, *_args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/debian"

    def serve(self, handler):
        address = self.real + handler.path.removeprefix("/debian")
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                body = answer.read()
        except urllib.error.HTTPError as error:
            handler.send_error(error.code)
            return
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        half = self.cuts and handler.path.endswith(".deb")
        with contextlib.suppress(OSError):
            handler.wfile.write(body[: len(body) // 2] if half else body)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_args):
        self.server.shutdown()
        self.server.server_close()
