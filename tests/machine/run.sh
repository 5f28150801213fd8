#!/bin/sh
# The whole life of an installation on a machine of its own, by the handbook's lines and without network:
#   sh tests/machine/run.sh ROOT BUNDLE [PREVIOUS]
# ROOT: a folder with Debian 12 or 13; made by debootstrap where there is none (then with network). BUNDLE: what
# tools/bundle.sh makes of this revision. PREVIOUS: the bundle of an earlier one, which is installed first and upgraded;
# without it BUNDLE is. A data folder of the earlier format, from this revision's tests, is upgraded last. As root, with systemd-nspawn. Nothing in ROOT changes: its root is an overlay.
# Exit status 0: every step did what it should. The steps are in scenario.sh beside this file.
set -eu
[ $# -ge 2 ] || { echo "usage: $0 ROOT BUNDLE [PREVIOUS]" >&2; exit 2; }
cd "$(dirname "$0")/../.."
root=$(realpath -m "$1")
bundle=$(realpath "$2")
previous=$(realpath "${3:-$2}")
io=$(mktemp -d)
trap 'rm -rf "$io"' EXIT INT TERM

if [ ! -d "$root/etc" ]; then
    base=systemd,systemd-sysv,dbus,python3,python3-venv,ca-certificates,tzdata,procps,openssl,fontconfig,dovecot-imapd
    office=libreoffice-writer-nogui,bubblewrap,libarchive13,libseccomp2,fonts-noto-cjk,fonts-arphic-ukai
    debootstrap --variant=minbase --include="$base" bookworm "$root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"}
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    chroot "$root" apt-get update -q
    # shellcheck disable=SC2046 # a list of package names
    DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -y -q --no-install-recommends $(echo "$office" | tr , ' ')
fi

cp "$bundle" "$io/"
mkdir "$io/previous"
cp "$previous" "$io/previous/"
cp tests/machine/scenario.sh tests/machine/mail_sink.py "$io/"
${PYTHON:-.venv/bin/python} -m tests.machine.handbook_lines "$io/lines"
${PYTHON:-.venv/bin/python} -m tests.machine.letters "$io/letters" 200
mkdir "$io/earlier"
tar -xf "$(ls tests/archive/data_folders/*.tar.xz | tail -n 1)" -C "$io/earlier"
cat >"$io/scenario.service" <<'UNIT'
[Unit]
After=network.target
[Service]
Type=oneshot
TimeoutStartSec=1200
ExecStart=/bin/bash /io/scenario.sh
StandardOutput=file:/io/output
StandardError=file:/io/output
ExecStopPost=/bin/sh -c 'echo "$SERVICE_RESULT" >/io/result; journalctl -u jianbao --no-pager >/io/journal; systemctl poweroff --no-block'
UNIT

# No network but an unconnected loopback. The unit is started by the name that the kernel would get on a real machine.
timeout 1500 systemd-nspawn --quiet --keep-unit --register=no --directory="$root" --volatile=overlay --private-network \
    --bind="$io:/io" --bind-ro="$io/scenario.service:/etc/systemd/system/scenario.service" \
    --boot systemd.unit=multi-user.target systemd.wants=scenario.service >"$io/console" 2>&1 || true
cat "$io/output"
if [ "$(cat "$io/result" 2>/dev/null)" != success ]; then
    tail -n 40 "$io/journal" "$io/console" >&2 || true
    echo "the scenario failed" >&2
    exit 1
fi
