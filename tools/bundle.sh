#!/bin/sh
# Makes one tar with all that an installation without network needs:  sh tools/bundle.sh [FOLDER]
# In it: wheels for x86_64 and aarch64 and Python 3.11 to 3.13, as requirements.lock pins them by hash; the wheel of
# Jianbao; install.sh; unit, nginx example, completion, manual page; handbook; SBOM, licences and checksums.
# Needs the network (the package index that pip is configured for) and python3-venv. BUNDLE_PYTHONS and BUNDLE_MACHINES narrow it.
set -eu
cd "$(dirname "$0")/.."
. tools/env.sh
out=$(mkdir -p "${1:-dist}" && cd "${1:-dist}" && pwd)
make_venv requirements-dev.lock
version=$(.venv/bin/python -c 'from values.version import VERSION; print(VERSION)')
name=jianbao-$version-bundle
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
root=$work/$name
mkdir -p "$root/wheels" "$root/deploy"

# A pip of its own: a virtual environment made by uv has none.
python3 -m venv "$work/pip"
pip() { "$work/pip/bin/python" -m pip --disable-pip-version-check "$@"; }
# Every manylinux that glibc 2.28 (Kylin V10, UOS 20) and later can run.
glibcs="2_28 2_27 2_26 2_24 2_17 2_12 2_5"
for machine in ${BUNDLE_MACHINES:-x86_64 aarch64}; do
    platforms="--platform manylinux2014_$machine --platform manylinux2010_$machine"
    for glibc in $glibcs; do platforms="$platforms --platform manylinux_${glibc}_$machine"; done
    for python in ${BUNDLE_PYTHONS:-3.11 3.12 3.13}; do
        say "Wheels for $machine, Python $python ..."
        # shellcheck disable=SC2086 # several options
        pip download --quiet --no-deps --require-hashes --only-binary=:all: --implementation cp $platforms \
            --python-version "$python" --abi "cp$(echo "$python" | tr -d .)" --abi abi3 --abi none \
            -r requirements.lock -r tools/pip.lock -d "$root/wheels"
    done
done
.venv/bin/python -m hatchling build --target wheel --directory "$root/wheels" >/dev/null 2>&1

cp requirements.lock LICENSE "$root/"
cp tools/pip.lock "$root/pip.lock"
cp deploy/install.sh "$root/install.sh"
cp deploy/jianbao deploy/jianbao.service deploy/nginx.conf deploy/alert-rules.yml "$root/deploy/"
cp -R docs "$root/docs"
.venv/bin/python -m tools.make_shell_files "$root/share"
.venv/bin/python -m tools.bundle_papers "$root/wheels" "$root"
(cd "$root" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
chmod -R u=rwX,go=rX "$root"
# The same contents give the same tar.
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$work" -cf "$out/$name.tar" "$name"
(cd "$out" && sha256sum "$name.tar" >"$name.tar.sha256")
say "$out/$name.tar ($(du -m "$out/$name.tar" | cut -f1) MB)"
