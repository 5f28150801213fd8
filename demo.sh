#!/bin/sh
# The whole way in one command: sample letters -> mailbox -> draft issue. Needs python3 (3.11 or newer) and python3-venv.
set -eu
cd "$(dirname "$0")"
. tools/env.sh
make_venv requirements.lock
exec .venv/bin/python run_service.py demo "$@"
