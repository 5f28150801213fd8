#!/bin/sh
# Everything that must hold: format, lint, types, tests (with a real Dovecot, PostgreSQL, LibreOffice and Chromium).
# Arguments go to pytest:  sh test.sh tests/intake -x
set -eu
cd "$(dirname "$0")"
. tools/env.sh
need_apt git python3-venv strace groff-base libarchive13 libseccomp2 dovecot-imapd libreoffice-writer-nogui bubblewrap fonts-noto-cjk chromium postgresql || [ "${CI:-}" != true ]
make_venv requirements-dev.lock
.venv/bin/ruff format --check --quiet .
.venv/bin/ruff check --quiet .
.venv/bin/mypy
[ "${CI:-}" != true ] || sh tools/other_pythons.sh
# worksteal: the tests of a module stay together, so that what they share is made once, until a process has nothing left.
# One process more than there are cores: a third of the time a test waits for a server, a browser or a clock.
exec .venv/bin/python -m pytest -n "$(($(nproc) + 1))" --maxprocesses 4 --dist worksteal "$@"
