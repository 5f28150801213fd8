#!/bin/sh
# Installs Jianbao from the bundle that this file is in, without network. As root:  sh install.sh
#
# It makes the user jianbao, /opt/jianbao (program), /etc/jianbao (configuration and password), the systemd unit, the
# command /usr/local/bin/jianbao, completion and manual page. An older version stays next to the new one until the next
# installation; configuration and data are never touched. PYTHON names another Python 3.11 to 3.13.
#   --destdir DIR   puts everything below DIR, makes no user and starts nothing: for trying it
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)
destdir=""
fail() {
    printf '%s\n' "$*" >&2
    exit 2
}
case "${1:-}" in
    "") ;;
    --destdir) destdir=$(mkdir -p "${2:?}" && cd "$2" && pwd) ;;
    *) fail "用法：sh install.sh [--destdir 文件夹]" ;;
esac
[ -n "$destdir" ] || [ "$(id -u)" = 0 ] || fail "请以 root 运行：sudo sh install.sh"

(cd "$here" && sha256sum --check --quiet --strict SHA256SUMS >&2) ||
    fail "安装包不完整或被改动过（上面列出的文件），什么也没有装。请重新拷贝，并用 .tar.sha256 核对。"

# The first Python that will do. A venv without pip needs no python3-venv.
suits() { "$1" -c 'import sys, ssl, sqlite3, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }
python=""
for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
    if suits "$candidate"; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || fail "没有找到 Python 3.11 至 3.13。Debian 12、13 自带；麒麟 V10、统信 UOS 20 的 python3 太旧，
请先安装 Python 3.11（系统的软件源、应用商店，或从源码编译，要带 ssl 和 sqlite3），再运行 PYTHON=/路径/python3.11 sh install.sh"

program=$destdir/opt/jianbao
release=$program/releases/$(date -u +%Y%m%d%H%M%S)
mkdir -p "$program/releases" "$destdir/etc/jianbao" "$destdir/etc/systemd/system" "$destdir/usr/local/bin"
trap 'rm -rf "$release"' EXIT INT TERM
"$python" -m venv --without-pip "$release"
pip() { "$release/bin/python" "$(echo "$here"/wheels/pip-*.whl)/pip" --disable-pip-version-check --isolated "$@"; }
pip install --quiet --no-index --find-links "$here/wheels" --require-hashes --no-deps --only-binary=:all: \
    -r "$here/requirements.lock" || fail "没有装成：安装包里没有适合这台机器（$(uname -m)，$("$python" -V)）的组件。"
pip install --quiet --no-index --no-deps "$(echo "$here"/wheels/jianbao-*.whl)"
version=$("$release/bin/jianbao" --version)

if [ -z "$destdir" ] && ! id jianbao >/dev/null 2>&1; then
    useradd --system --user-group --no-create-home --home-dir /var/lib/jianbao --shell /usr/sbin/nologin jianbao
fi
chmod 755 "$destdir/etc/jianbao"
# The version in use, replaced in one step: a service that runs keeps its own files until it is started again.
previous=$(readlink "$program/.venv" || true)
ln -s "releases/$(basename "$release")" "$program/.venv.new"
mv -T "$program/.venv.new" "$program/.venv"
trap - EXIT INT TERM
for folder in deploy docs licences; do
    rm -rf "${program:?}/$folder"
    cp -R "$here/$folder" "$program/$folder"
done
cp "$here/sbom.cdx.json" "$here/LICENSE" "$program/"
sed "s#^ExecStart=.* run\$#ExecStart=/opt/jianbao/.venv/bin/jianbao --config /etc/jianbao/config.toml run#" \
    "$here/deploy/jianbao.service" >"$destdir/etc/systemd/system/jianbao.service"
install -m 755 "$here/deploy/jianbao" "$destdir/usr/local/bin/jianbao"
mkdir -p "$destdir/usr/local/share"
cp -R "$here/share/." "$destdir/usr/local/share/"
# The version before stays: the service still runs on it, and one can go back to it.
for old in "$program"/releases/*; do
    [ "$old" = "$release" ] || [ "releases/$(basename "$old")" = "$previous" ] || rm -rf "$old"
done
[ -n "$destdir" ] || [ ! -d /run/systemd/system ] || systemctl daemon-reload

echo "已装好 $version（$program）。"
if [ -e "$destdir/etc/jianbao/config.toml" ]; then
    echo "升级的，接着运行：systemctl stop jianbao；jianbao migrate；systemctl start jianbao；jianbao check"
else
    echo "接着写配置：/opt/jianbao/.venv/bin/jianbao --config /etc/jianbao/config.toml init"
    echo "然后：systemctl enable --now jianbao；jianbao check"
fi
