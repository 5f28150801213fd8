"""What must be in place before the service starts: found at once by the administrator, not on Friday by the editors."""

from __future__ import annotations

import os
from collections.abc import Iterator

from archive.privacy import privacy_problems
from service.issue.planning import template_of
from service.office import Office
from service.renaming.orphans import renaming_problem
from values.errors import BadTemplate, BadUsage


def refuse_to_start(office: Office) -> None:
    """Raises BadUsage with a line for each problem: a data directory that is not private, a template that no issue can
    be typeset with, a bulletin that seems to have another id in the ledger. Raises StorageFailed."""
    problems = [*privacy_problems(office.data_dir, os.geteuid()), *_template_problems(office)]
    if problem := renaming_problem(office):
        problems.append(problem)
    if problems:
        raise BadUsage("\n".join(problems))


def _template_problems(office: Office) -> Iterator[str]:
    for bulletin in office.settings.bulletins:
        try:
            template_of(bulletin)
        except BadTemplate as error:
            yield f"刊物 {bulletin.id} 不能编排，服务没有启动：{error}"
