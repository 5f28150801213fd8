"""The templates, and the words they may use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from desk import formats
from service.office import Office
from values.account import Role

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates" / "desk"
STATIC: Final = TEMPLATES / "static"


def environment_for(office: Office) -> Environment:
    """Everything is escaped, and a name that is not there is a mistake, not an empty string."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def moment(at: datetime) -> str:
        return formats.moment(office.local(at), office.local(office.now()))

    def day(on: date | datetime) -> str:
        return formats.day(office.local(on) if isinstance(on, datetime) else on, office.local(office.now()))

    environment.filters.update(moment=moment, day=day, size=formats.size, local=office.local)
    environment.globals.update(static=_static_urls(), Role=Role)
    return environment


def _static_urls() -> Callable[[str], str]:
    """The URL of a file, with a version that changes with its content: browsers may keep it for good."""
    versions = {
        path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in STATIC.rglob("*")
        if path.is_file()
    }

    def static(name: str) -> str:
        return f"/static/{name}?v={versions[name]}"

    return static
