"""Chromium: the machine's own, else Debian's package unpacked into the cache."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import node_chromium, paths
from .apt import PrivateApt, codename, is_debian, unpack
from .console import step
from .errors import Trouble
from .process import only_one

PART = "Browser"
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
PACKAGES = (
    "chromium",
    "fontconfig",
    "fonts-dejavu-core",
    "fonts-liberation",
    "fonts-noto-color-emoji",
)
# What the package asks for but a browser without a screen never loads.
LEFT_OUT = re.compile(
    r"(libllvm|libz3|libgl1-mesa|libglapi|mesa-|adwaita|libadwaita|hicolor|gtk-update|"
    r"perl|libperl|systemd|libsystemd-shared|dbus|dconf|debconf|dpkg|passwd|login|"
    r"adduser|libc6|libc-bin|libgcc-s1|gcc-|cpp|libpam|libnss-|sensible|mount|"
    r"util-linux|bsdutils|coreutils|init|sysvinit|procps|usrmerge|e2fs|dmsetup|"
    r"readline|install-info|notification|upower|xdg-|x11-utils|zenity|lsb|tar$|"
    r"openssl|ca-certificates|ucf|sed$|grep|gzip|bash$|dash$|libaudit|libselinux)"
)
FONTS_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
{rules}
  <cachedir>{root}/fonts-cache</cachedir>
</fontconfig>
"""
# Of all the rules there are to choose from: smooth letters, and which font for which.
FONTS_RULES = (
    "10-hinting-slight",
    "10-yes-antialias",
    "11-lcdfilter-default",
    "30-metric-aliases",
    "45-generic",
    "45-latin",
    "49-sansserif",
    "60-generic",
    "60-latin",
    "65-nonlatin",
)
LAUNCHER = """\
#!/bin/sh
# Chromium with the libraries and fonts that were unpacked beside it.
export LD_LIBRARY_PATH="{libraries}"
export FONTCONFIG_FILE="{root}/fonts.conf"
export XDG_DATA_DIRS="{root}/usr/share:/usr/share"
exec "{program}" "$@"
"""


def find():
    """Return a browser that starts, or None."""
    named = os.environ.get("DUPQ_BROWSER")
    if named:
        return Path(named)
    here = [shutil.which(name) for name in NAMES]
    unpacked = sorted(paths.cache().glob("chromium*/bin/google-chrome"))
    for candidate in [*filter(None, here), *unpacked]:
        if starts(candidate):
            return Path(candidate)
    return None


def get():
    """Return a browser that starts, fetching one when the machine has none."""
    with only_one("get-browser"):
        return find() or _fetch()


def bin_folder(browser):
    """A folder for PATH in which Odoo's test runner finds the browser by its name."""
    folder = paths.state() / "browser"
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "google-chrome"
    if not link.is_symlink() or link.readlink() != browser:
        link.unlink(missing_ok=True)
        link.symlink_to(browser)
    return folder


def starts(program):
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, timeout=60, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "Chrom" in done.stdout


def _fetch():
    browser = _fetch_debian() if is_debian() else node_chromium.fetch(PART)
    if not starts(browser):
        shutil.rmtree(browser.parents[1], ignore_errors=True)
        raise Trouble(
            "The unpacked Chromium does not start on this machine; ask an "
            "administrator to install the package chromium, or leave the browser "
            "tests out with --no-browser."
        )
    step(PART, f"ready in {browser.parents[1]}")
    return browser


def _fetch_debian():
    release = codename()
    security = f"{release}-security"
    apt = PrivateApt("chromium", (release, security)).update()
    needed = {
        name: size
        for name, size in apt.closure(PACKAGES).items()
        if not LEFT_OUT.match(name)
    }
    debs = paths.cache() / "downloads" / "chromium"
    apt.download(PART, sorted(needed), debs, sum(needed.values()))
    target = paths.cache() / f"chromium-{release}"
    partial = unpack(PART, sorted(debs.glob("*.deb")), target, ("usr/share/locale",))
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
    shutil.rmtree(debs, ignore_errors=True)
    return write_launcher(target, target / "usr/lib/chromium/chromium")


def write_launcher(root, program):
    """Make root/bin/google-chrome, which starts the program with its own libraries."""
    available = root / "usr/share/fontconfig/conf.avail"
    rules = "\n".join(
        f'  <include ignore_missing="yes">{available / name}.conf</include>'
        for name in FONTS_RULES
    )
    (root / "fonts.conf").write_text(FONTS_CONF.format(root=root, rules=rules))
    libraries = [
        folder
        for base in ("usr/lib", "lib")
        for triplet in (root / base).glob("*-linux-gnu*")
        for folder in (triplet, triplet / "nss", triplet / "pulseaudio")
        if folder.is_dir()
    ]
    launcher = root / "bin" / "google-chrome"
    launcher.parent.mkdir(exist_ok=True)
    launcher.write_text(
        LAUNCHER.format(
            root=root, program=program, libraries=":".join(map(str, libraries))
        )
    )
    launcher.chmod(0o755)
    return launcher
