"""From the routes of the desk to paths that can be asked for: every page with the ids that a data directory has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Final
from urllib.parse import quote

_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")
_NOT_FOR_EDITORS: Final = ("/static", "/invitation", "/approve/", "/login/oidc", "/metrics", "/readyz", "/healthz")
# What pages show or offer: pictures of them, files, pieces whose address only a page knows; and a draft that is there
# for the people of its steps alone (tests/scenarios/test_approval_in_the_browser.py looks at it); and what the printed
# week has none of: a commission (tests/desk/test_commissions_in_browser.py), an edited draft
# (tests/desk/test_issue_edited.py) and a letter out (tests/desk/test_letters_in_browser.py).
_PARTS_OF_PAGES: Final = (
    "/approvals/{issue:int}",
    "/approvals/{issue:int}/pdf",
    "/commissions/{commission:int}",
    "/edited/{letter:int}",
    "/pictures/{sha256}",
    "/state/outbox/{letter_out:int}",
    "/sheets/{key}/{sheet:int}",
    "/signed/{issue:int}/{kind}",
    "/feed",
    "/feed/{issue:int}/{kind}",
    "/past/{issue:int}/first-page",
    "/past/{issue:int}/{kind}",
    "/original/pages/{number:int}",
    "/endorsements/{endorsement:int}/scan",
    "/endorsements/{endorsement:int}/scan/file",
    "/endorsements/{endorsement:int}/scan/pages/{number:int}",
)


def paths(routes: Iterable[str], values: Mapping[str, Sequence[str]], more: Mapping[str, Sequence[str]]) -> list[str]:
    """Paths of all pages, sorted by route. values: what may stand in a path, by its name there; more: by route, further
    queries. Raises KeyError for a route with a name that `values` lacks."""
    all_paths: list[str] = []
    for route in sorted(routes):
        if route == "/" or route.startswith(_NOT_FOR_EDITORS) or route.endswith(_PARTS_OF_PAGES):
            continue
        names = list(dict.fromkeys(_PARAMETER.findall(route)))
        if missing := [name for name in names if name not in values]:
            raise KeyError(f"{route}: no value for {'、'.join(missing)}?")
        for chosen in product(*(values[name] for name in names)):
            path = _filled(route, dict(zip(names, chosen, strict=True)))
            all_paths += [path + query for query in ("", *more.get(route, ()))]
    return all_paths


def _filled(route: str, given: Mapping[str, str]) -> str:
    return _PARAMETER.sub(lambda match: quote(given[match[1]]), route)
