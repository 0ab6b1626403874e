#!/bin/sh
# Proves in a bare root that a fresh clone runs and is tested with nothing else typed.
#   sh tests/bare/prove.sh ROOT [USER]     (as root; USER is root or someone)
# The mount namespace keeps the machine's own mounts as they were. DUPQ_BARE_TEST holds
# arguments for ./dupq test (default: none, everything).
set -eu
root=$(realpath "$1")
user=${2:-someone}
here=$(realpath "$(dirname "$0")/../..")
home=$(chroot "$root" sh -c "eval echo ~$user")
rm -rf "$root$home/clone"
git clone -q "$here" "$root$home/clone"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
# A machine behind a proxy of its own has its certificates; the bare root needs them too.
mkdir -p "$root/etc/ssl/certs"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/" 2>/dev/null || true
chroot "$root" chown -R "$user" "$home/clone"
for absent in pip3 node npm curl chromium psql git; do
    chroot "$root" sh -c "command -v $absent" && echo "not bare: $absent is there" && exit 1
done
cat > "$root/inside.sh" <<INSIDE
set -eu
cd ~/clone
date +"%T start"
./dupq run
date +"%T run is up"
./dupq run
./dupq test ${DUPQ_BARE_TEST:-}
date +"%T tests are done"
./dupq stop
INSIDE
keep="HOME=$home USER=$user PATH=/usr/local/bin:/usr/bin:/bin"
for name in SSL_CERT_FILE PIP_CERT NODE_EXTRA_CA_CERTS http_proxy https_proxy; do
    value=$(printenv "$name" || true)
    [ -z "$value" ] || keep="$keep $name=$value"
done
# shellcheck disable=SC2086
unshare --mount --pid --fork sh -c "
    mount --bind '$root' '$root'
    mount -t proc proc '$root/proc'
    mount --rbind /dev '$root/dev'
    exec chroot --userspec=$user '$root' env -i $keep sh /inside.sh"
