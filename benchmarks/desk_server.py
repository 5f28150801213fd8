"""The desk of a seeded office as a separate process, for benchmarks/desk.py; with LibreOffice, where it is installed.

    python -m benchmarks.desk_server CONFIG

Prints where it listens, a cookie that is logged in and its CSRF token, a token of the API, and which pages it has, as a
line of JSON. Then
it reads lines: "record" notes the statements that reach the ledger from now on, and prints {}; "replay" runs them again
in a bare sqlite3, without SQLAlchemy, records or pages, and prints how many they were and how long that took. It ends
with its input.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event

from archive import accounts, api_tokens, articles, issues, letters
from benchmarks.office_prose import DEPARTMENTS
from benchmarks.three_years import BULLETIN
from desk.app import make_app
from desk.connections import limits_of
from desk.server import answering, listening
from desk.session import cookie_names, csrf_of
from service.office import DATABASE, Office, open_office
from service.people.api_tokens import TokenRequest, issue_token
from service.people.log_in import new_session
from settings.kinds import Listen
from settings.load import load_settings
from values.account import Role
from values.api_token import TokenScope

_TIMES: Final = 5
_ANSWERS: Final = sys.stdout
Statement = tuple[str, Any]


class Recorder:
    """Notes what is read from a ledger. (A page changes nothing but the moment its reader was last seen.)"""

    def __init__(self, office: Office) -> None:
        self.statements: list[Statement] = []

        @event.listens_for(office.ledger.engine, "before_cursor_execute")
        def note(_c: object, _cursor: object, statement: str, given: Any, _context: object, _many: object) -> None:
            if statement.lstrip().startswith(("SELECT", "WITH")):
                self.statements.append((statement, given))

    def replay(self, database: Path) -> dict[str, float]:
        """Milliseconds, the median of a few rounds."""
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        statements = list(self.statements)
        rounds = [_round(connection, statements) for _ in range(_TIMES)]
        connection.close()
        return {"statements": len(statements), "ms": statistics.median(rounds)}


def _round(connection: sqlite3.Connection, statements: Sequence[Statement]) -> float:
    started = time.perf_counter()
    for statement, given in statements:
        connection.execute(statement, given).fetchall()
    return (time.perf_counter() - started) * 1000


def main() -> int:
    sys.stdout = sys.stderr  # what the service logs is none of our answers
    with (
        open_office(load_settings(Path(sys.argv[1])), lambda: datetime.now(UTC), os.environ) as office,
        listening(Listen("127.0.0.1", 0)) as door,
    ):
        office = _at_port(office, door.getsockname()[1])
        app = make_app(office)
        recorder = Recorder(office)
        with answering(app, door, limits_of(office.settings.desk)):
            token = _session(office)
            cookies = {cookie_names(office).session: token, cookie_names(office).csrf: csrf_of(token)}
            _print(
                {
                    "port": door.getsockname()[1],
                    "cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
                    "csrf": csrf_of(token),
                    "token": _api_token(office),
                    "pages": sorted(app.state.roles),
                    "values": _values(office),
                    "versions": _versions(office),
                }
            )
            for line in sys.stdin:
                replays = line.strip() == "replay"
                answer = recorder.replay(office.data_dir / DATABASE) if replays else {}
                recorder.statements.clear()
                _print(answer)
    return 0


def _at_port(office: Office, port: int) -> Office:
    """The names under which a desk answers are those of its configuration."""
    listens = {"listen": Listen("127.0.0.1", port), "public_url": f"http://127.0.0.1:{port}"}
    desk = office.settings.desk.model_copy(update=listens)
    return replace(office, settings=office.settings.model_copy(update={"desk": desk}))


def _session(office: Office) -> str:
    """Of an administrator, who sees everything."""
    with office.ledger.writing() as ledger:
        if accounts.account_named(ledger, "admin") is None:
            accounts.add_account(ledger, "admin", "赵管理", Role.ADMIN, at=office.now())
        record = accounts.account_named(ledger, "admin")
        assert record
        return new_session(office, ledger, record.id)


def _api_token(office: Office) -> str:
    """Of the same administrator, with all scopes. Those of earlier runs are revoked: an account has some twenty."""
    with office.ledger.writing() as ledger:
        api_tokens.revoke_all(ledger, at=office.now())
    return issue_token(office, TokenRequest("admin", "benchmark", frozenset(TokenScope), 1), who="benchmark").text


def _values(office: Office) -> dict[str, list[str]]:
    """What may stand in a path, by its name there: things of this week, and such as are three years old."""
    with office.ledger.reading() as ledger:
        waiting = articles.articles_for_issue(ledger, BULLETIN)[0]
        signed = [record.id for record in issues.signed_off_issues(ledger)]
        latest = letters.letter_with_sha256(ledger, BULLETIN, waiting.letter_sha256)
    assert latest
    return {
        "bulletin": [BULLETIN],
        "article": [str(waiting.id), "1"],
        "letter": [str(latest.id), "1"],
        "issue": [str(signed[-1])],
        "department": [DEPARTMENTS[0]],
    }


def _versions(office: Office) -> dict[str, int]:
    """Of the articles that can be decided about, by id."""
    with office.ledger.reading() as ledger:
        return {str(record.id): record.version for record in articles.summaries_for_issue(ledger, BULLETIN)}


def _print(document: dict[str, Any]) -> None:
    print(json.dumps(document), file=_ANSWERS, flush=True)


if __name__ == "__main__":
    sys.exit(main())
