"""The API as one application, which describes itself as OpenAPI 3.1."""

from __future__ import annotations

from threading import Lock
from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from desk.api.articles import articles
from desk.api.bulletins import bulletins
from desk.api.issues import issues
from desk.api.letters import letters
from desk.api.problems import PROBLEM_TYPE, failure, http_refusal, malformed, refusal
from desk.forms import LONGEST_BODY, MOST_FIELDS, MOST_FILES
from values.errors import JianbaoError
from values.version import VERSION

PATH: Final = "/api/v1"
_ABOUT: Final = (
    "Letters, articles, issues and statistics of the bulletins, and the operations of the desk. A change that could "
    "overwrite another names the version that was read: in If-Match, or as the revision of a sign-off. Submissions and "
    "drafts overwrite nothing. Repeating a request whose answer was lost doubles nothing. Every answer about what "
    "cannot be done is application/problem+json."
)

_DESCRIBING: Final = Lock()


class DescribedApi(FastAPI):
    """FastAPI describes every answer as application/json; problems have a media type of their own (RFC 9457)."""

    def openapi(self) -> dict[str, Any]:
        # Requests come in several threads, and the first one changes what FastAPI has made and already stored.
        with _DESCRIBING:
            if self.openapi_schema is None:
                operations = (operation for item in super().openapi()["paths"].values() for operation in item.values())
                for operation in operations:
                    for status, answer in operation["responses"].items():
                        if int(status) >= 400:
                            answer["content"] = {PROBLEM_TYPE: answer["content"].pop("application/json")}
            return super().openapi()


def make_api() -> FastAPI:
    """The application, mounted at PATH. It serves no page of its own: its description is at PATH/openapi.json."""
    api = DescribedApi(
        title="Jianbao",
        version=VERSION,
        description=_ABOUT,
        servers=[{"url": PATH}],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        max_body_size=LONGEST_BODY,
        form_limits={"max_files": MOST_FILES, "max_fields": MOST_FIELDS, "max_part_size": LONGEST_BODY},
    )
    api.add_exception_handler(JianbaoError, refusal)
    api.add_exception_handler(RequestValidationError, malformed)
    api.add_exception_handler(HTTPException, http_refusal)
    api.add_exception_handler(Exception, failure)
    for router in (bulletins, articles, letters, issues):
        api.include_router(router)
    return api
