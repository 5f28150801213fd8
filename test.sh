#!/bin/sh
# Everything that must hold: format, lint, types, tests (with a real Dovecot and a real LibreOffice).
# Arguments go to pytest:  sh test.sh tests/intake -x
set -eu
cd "$(dirname "$0")"
. tools/env.sh
need_apt git strace dovecot-imapd libreoffice-writer-nogui libarchive13 fonts-noto-cjk || [ "${CI:-}" != true ]
make_venv requirements-dev.lock
.venv/bin/ruff format --check --quiet .
.venv/bin/ruff check --quiet .
.venv/bin/mypy
exec .venv/bin/python -m pytest "$@"
