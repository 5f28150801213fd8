"""The templates of the desk, with their filters and globals."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from desk import formats
from desk.form_once import new_form_id
from service.office import Office
from values.account import Role
from values.upper_adoption import AdoptedAs

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates" / "desk"
STATIC: Final = TEMPLATES / "static"


def environment_for(office: Office) -> Environment:
    """Every value is escaped; an undefined name is an error instead of an empty string."""
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
    environment.globals.update(static=_static_urls(), Role=Role, AdoptedAs=AdoptedAs, new_form_id=new_form_id)
    return environment


def _static_urls() -> Callable[[str], str]:
    """The function `static(name)`: the URL of a file with a digest of its content, so that browsers may cache it for
    ever."""
    versions = {
        path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in STATIC.rglob("*")
        if path.is_file()
    }

    def static(name: str) -> str:
        return f"/static/{name}?v={versions[name]}"

    return static
