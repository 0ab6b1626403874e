"""A private apt: Debian packages fetched and unpacked, nothing installed.

The mirror is the one that this machine's own apt uses. apt verifies the
signatures; no root is needed. A mirror that lags behind is still a mirror: what must
not be stale is pinned by version and checksum.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import paths
from .console import Watch, megabytes, step
from .errors import Trouble, is_full_disk
from .process import failure, need, run

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
INDEX = re.compile(r"^'(?P<mirror>\S+?)/*/dists/(?P<suite>[a-z-]+)/InRelease'", re.M)
DEBIAN = {"bookworm", "trixie", "forky", "sid", "stable", "testing", "unstable"}
NOT_NEEDED = ("usr/share/doc", "usr/share/man", "usr/share/lintian", "usr/share/info")
CONF = """\
Dir::Etc::SourceList "{home}/sources.list"; Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null"; Dir::Etc::PreferencesParts "/dev/null";
Dir::State "{home}/state"; Dir::State::Lists "{home}/lists";
Dir::State::status "{home}/status"; Dir::Cache "{home}/cache";
APT::Sandbox::User "{user}"; Acquire::Languages "none"; Acquire::PDiffs "false";
Acquire::Retries "3"; Acquire::http::Timeout "60"; Debug::NoLocking "1";
Acquire::Check-Valid-Until "false";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
"""


def codename():
    """Name of this machine's release: bookworm, trixie, noble..."""
    release = Path("/etc/os-release")
    text = release.read_text() if release.exists() else ""
    found = re.search(r"^VERSION_CODENAME=(\S+)", text, re.M)
    return found.group(1).strip('"') if found else ""


def is_debian():
    return codename() in DEBIAN


class PrivateApt:
    """apt with lists, cache and sources of its own, for the given suites."""

    def __init__(self, name, suites):
        self.suites = suites
        self.home = paths.cache() / "apt" / name
        self.conf = self.home / "apt.conf"

    def update(self):
        """Read the archive's signed package lists."""
        apt_get = need("apt-get", "fetch Debian packages")
        self._write_sources(apt_get)
        step("apt", f"reading the package lists of {', '.join(self.suites)} (40 MB)")
        self._apt("update", why="The Debian mirror gave no usable package lists")
        return self

    def newest(self, package, prefix):
        """Newest version of a package that starts with the prefix, or None."""
        cache = need("apt-cache", "look up Debian packages")
        out = run([cache, "-c", self.conf, "madison", package])
        versions = [line.split("|")[1].strip() for line in out.splitlines()]
        return next((v for v in versions if v.startswith(prefix)), None)

    def closure(self, packages):
        """Names and sizes of the packages and of everything that they need."""
        out = self._apt(
            "install", "--no-install-recommends", "--print-uris", *packages,
            why=f"The Debian mirror does not offer {', '.join(packages)}",
        )  # fmt: skip
        found = re.findall(r"^'\S+' (\S+?)_\S+ (\d+)", out, re.M)
        return {name: int(size) for name, size in found}

    def download(self, part, packages, folder, size):
        """Fetch packages into a folder; what is there already is not fetched again."""
        folder.mkdir(parents=True, exist_ok=True)
        step(part, f"downloading {len(packages)} Debian packages, {megabytes(size)}")
        why = "The download from the Debian mirror broke off; type the command again"
        with Watch(part, folder, size):
            self._apt("download", *packages, why=why, cwd=folder)

    def _apt(self, *args, why, **options):
        apt_get = need("apt-get", "fetch Debian packages")
        done = subprocess.run(
            [apt_get, "-c", str(self.conf), "-qq", "-y", *args],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options,
        )  # fmt: skip
        lines = [x for x in done.stdout.splitlines() if x.startswith(("E:", "W:"))]
        if done.returncode or any("Failed to fetch" in line for line in lines):
            raise failure("\n".join(lines) or done.stdout, why)
        return done.stdout

    def _write_sources(self, apt_get):
        mirrors = self._mirrors(apt_get)
        for folder in ("lists/partial", "cache/archives/partial", "state"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        (self.home / "status").touch()
        user = subprocess.check_output(["id", "-un"], text=True).strip()
        self.conf.write_text(CONF.format(home=self.home, user=user))
        sources = [
            f"deb [signed-by={KEYRING}] {mirrors[suite]} {suite} main\n"
            for suite in self.suites
            if suite in mirrors
        ]
        (self.home / "sources.list").write_text("".join(sources))

    def _mirrors(self, apt_get):
        """Address of the archive for each suite, from this machine's own apt."""
        if not KEYRING.exists():
            raise Trouble(
                "The keys of the Debian archive are missing; ask an administrator to "
                "install the package debian-archive-keyring, or set ODOO_HOME to an "
                "Odoo 19 that you have."
            )
        main = os.environ.get("DUPQ_MIRROR", "").rstrip("/")
        found = {} if main else _configured(apt_get, self.home)
        debian = [url for suite, url in found.items() if suite in DEBIAN]
        main = main or next(iter(debian), "")
        if not main:
            raise Trouble(
                "This machine's apt names no Debian mirror; set DUPQ_MIRROR to one, "
                "or ODOO_HOME to an Odoo 19 that you have."
            )
        return dict.fromkeys(DEBIAN, main) | found


def _configured(apt_get, home):
    """Ask apt which addresses it would read, without reading them."""
    lists = home / "empty-lists"
    (lists / "partial").mkdir(parents=True, exist_ok=True)
    out = subprocess.run(
        [apt_get, "-o", f"Dir::State::Lists={lists}", "-o", f"Dir::State={home}/state",
         "-o", "Debug::NoLocking=1", "update", "--print-uris"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ).stdout  # fmt: skip
    return {m["suite"]: m["mirror"] for m in INDEX.finditer(out)}


def unpack(part, debs, target, exclude=()):
    """Unpack packages into a folder that appears only when it is complete."""
    dpkg, tar = need("dpkg-deb", "unpack packages"), need("tar", "unpack packages")
    step(part, f"unpacking {len(debs)} packages")
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    skip = [f"--exclude=./{path}" for path in (*NOT_NEEDED, *exclude)]
    for deb in debs:
        _unpack_one(dpkg, [tar, "-x", "-C", partial, "--no-same-owner", *skip], deb)
    return partial


def _unpack_one(dpkg, tar, deb):
    reader = subprocess.Popen(
        [dpkg, "--fsys-tarfile", deb], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    writer = subprocess.run(tar, stdin=reader.stdout, stderr=subprocess.PIPE, text=True)
    reader.stdout.close()
    broken = reader.stderr.read().decode()
    if reader.wait() or writer.returncode:
        output = f"{broken}{writer.stderr}"
        if not is_full_disk(output):
            Path(deb).unlink(missing_ok=True)
        raise failure(
            output,
            f"The package {Path(deb).name} could not be unpacked; type the command "
            "again, it is then downloaded afresh",
        )
