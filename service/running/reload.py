"""Reading configuration, register and word lists again, while stores, desk and locks stay open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import structlog

from service.office import Office
from service.running.starting import refuse_to_start
from settings.load import load_settings
from settings.reload import merged
from values.errors import JianbaoError

_log = structlog.get_logger(__name__)


def reloaded(office: Office, config: Path) -> Office:
    """The office with the settings as the file has them now. Where they have a mistake, or the service could not start
    with them, the office as it was: that is logged, and so is each changed key that needs a restart."""
    try:
        settings, waiting = merged(office.settings, load_settings(config))
        changed = replace(office, settings=settings)
        refuse_to_start(changed)
    except JianbaoError as error:
        _log.error("配置有误，没有重新载入，照原来的配置继续运行", reason=str(error))
        return office
    if waiting:
        _log.warning("这些项改了，要重启服务才生效", keys=list(waiting))
    _log.info("configuration reloaded", bulletins=[bulletin.id for bulletin in settings.bulletins])
    return changed
