#!/bin/sh
# Installs a bundle on this machine without network and uses it as the service's user:
#   sh tests/deploy/install_offline.sh dist/jianbao-VERSION-bundle.tar LETTERS
# As root. Everything happens in namespaces of its own: there is no network but an unconnected loopback, and /etc, /opt,
# /usr/local and /var/lib are copies that vanish with it. PYTHON as in install.sh. Exit status 0: all of it worked.
set -eu
if [ "${1:-}" != --inside ]; then
    [ $# = 2 ] || { echo "usage: $0 BUNDLE LETTERS" >&2; exit 2; }
    exec unshare --net --mount --pid --fork --mount-proc sh "$0" --inside "$1" "$2"
fi
bundle=$(realpath "$2")
letters=$(realpath "$3")
layers=$(mktemp -d)
mount -t tmpfs tmpfs "$layers"
for folder in /etc /opt /usr/local /var/lib; do
    layer=$layers$folder
    mkdir -p "$layer/upper" "$layer/work"
    mount -t overlay overlay -o "lowerdir=$folder,upperdir=$layer/upper,workdir=$layer/work" "$folder"
done
grep -c : /proc/net/dev | grep -qx 1 # lo alone: the network is unplugged

mkdir "$layers/bundle"
tar -xf "$bundle" -C "$layers/bundle" --strip-components=1
sh "$layers/bundle/install.sh"
jianbao=/opt/jianbao/.venv/bin/jianbao
cd /
"$jianbao" --version
as_service() { setpriv --reuid=jianbao --regid=jianbao --clear-groups env HOME=/nonexistent "$@"; }
cat >"$layers/departments.csv" <<'REGISTER'
简称,投稿地址
区教体局,jtj@example.org
区人社局,rsj@example.org
区金融服务中心,jrfwzx@example.org
区民政局,mzj@example.org
区“五型”办,wxb@example.org
REGISTER
echo secret-code | "$jianbao" --config /etc/jianbao/config.toml init --yes --no-login --password-stdin --provider 163 \
    --username zgqwxzfb@163.com --title 章贡区“五型”政府建设 --office 办公室 --first-number 70 --id wuxing \
    --departments "$layers/departments.csv"
install -d -o jianbao -g jianbao -m 700 /var/lib/jianbao
cp -R "$letters" "$layers/letters"
chmod -R a+rX "$layers/letters"
chmod a+x "$layers"
export CREDENTIALS_DIRECTORY="$layers/credentials" # as the unit's LoadCredential= provides it
install -d -o jianbao -m 500 "$CREDENTIALS_DIRECTORY"
install -o jianbao -m 400 /etc/jianbao/imap-password "$CREDENTIALS_DIRECTORY/imap-password"
as_service "$jianbao" import "$layers/letters"
as_service "$jianbao" assemble --date 2022-11-08
ls /var/lib/jianbao/issues/wuxing/70/70-r1.docx
# The mail servers cannot be reached; nothing is broken but what depends on programs of this machine.
status=0
as_service "$jianbao" check || status=$?
[ "$status" = 3 ] || { [ "$status" = 1 ] && ! command -v bwrap >/dev/null; }
grep -q '^ExecStart=/opt/jianbao/.venv/bin/jianbao --config /etc/jianbao/config.toml run$' /etc/systemd/system/jianbao.service
man -l /usr/local/share/man/man1/jianbao.1 >/dev/null 2>&1 || [ ! -e /usr/bin/man ]
[ "$(stat -c %a /etc/jianbao/imap-password)" = 600 ]

# A second installation is an update: configuration and data stay, the version before it too, and it says what to do next.
before=$(readlink /opt/jianbao/.venv)
sleep 1 # releases are named by the second
sh "$layers/bundle/install.sh" | grep -q 'jianbao migrate'
[ "$(readlink /opt/jianbao/.venv)" != "$before" ] && [ -d "/opt/jianbao/$before" ]
as_service "$jianbao" issues

# One changed byte, and nothing is installed.
printf x >>"$layers/bundle/deploy/nginx.conf"
now=$(readlink /opt/jianbao/.venv)
if sh "$layers/bundle/install.sh" 2>"$layers/errors"; then exit 1; fi
grep -q nginx.conf "$layers/errors"
[ "$(readlink /opt/jianbao/.venv)" = "$now" ]
echo OFFLINE-INSTALLATION-WORKS
