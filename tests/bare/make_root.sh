#!/bin/sh
# Makes a bare Debian root: no pip, no venv, no node, no curl, no browser; only Python.
#   sh tests/bare/make_root.sh FOLDER [RELEASE]      (as root; about two minutes)
# debootstrap itself is fetched by apt and unpacked, not installed.
set -eu
root=$1
release=${2:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mirror=$(apt-get update --print-uris | sed -n "s#^'\(.*\)/dists/[a-z]*/InRelease'.*#\1#p" |
    grep '/debian/*$' | head -1)
mkdir -p "$work/lists/partial" "$work/state"
apt="-o Dir::State::Lists=$work/lists -o Debug::NoLocking=1 -o APT::Sandbox::User=root"
# shellcheck disable=SC2086
apt-get $apt -qq update
# shellcheck disable=SC2086
(cd "$work" && apt-get $apt -qq download debootstrap)
dpkg-deb --extract "$work"/debootstrap_*.deb "$work/tool"
export DEBOOTSTRAP_DIR="$work/tool/usr/share/debootstrap"
sh "$work/tool/usr/sbin/debootstrap" --variant=minbase --include=python3 \
    "$release" "$root" "$mirror"
useradd --root "$root" --create-home someone
