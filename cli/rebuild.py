"""`rebuild`: a lost ledger is made again from the raw letters and the manifests of the issues."""

from __future__ import annotations

import logging
import sys
from argparse import ArgumentParser

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.output_parts import line
from cli.base.progress import progress
from cli.base.terminal import error_terminal
from cli.views.letters import error_lines
from programs.landlock import forbid_inspection
from service.rebuilding.rebuild import rebuild
from settings.load import load_settings
from settings.secrets import without_secrets


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when something could not be taken back. Works on the data directory itself: an office does not open over
    a lost ledger."""
    surroundings = invocation.surroundings
    settings = load_settings(invocation.arguments.config)
    surroundings.configure_logs(settings.service.log_format, logging.ERROR)
    forbid_inspection()
    environ = without_secrets(settings.secrets, surroundings.environ)
    with progress(error_terminal(sys.stderr)) as report:
        rebuilt = rebuild(settings, surroundings.now, environ, report)
    document = {
        "letters": rebuilt.letters,
        "articles": rebuilt.articles,
        "issues": rebuilt.issues,
        "problems": list(rebuilt.problems),
    }
    sentence = (
        f"台账已重建：来信 {rebuilt.letters} 封，稿件 {rebuilt.articles} 篇，已签发 {rebuilt.issues} 期。"
        "找不回来的：用户、编辑的决定和改动、认领的地址、没有签发的送审稿、发件箱、变更记录。请用 user add 重新建用户。"
    )
    invocation.output.give(lambda: document, lambda: [line(sentence), *error_lines(rebuilt.problems)])
    return ExitStatus.IN_PART if rebuilt.problems else ExitStatus.DONE
