"""`migrate`: brings the ledger to this version."""

from __future__ import annotations

from argparse import ArgumentParser

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from service.running.migrate import migrate_ledger
from settings.load import load_settings


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """Works on the data directory itself: an office does not open over an old ledger."""
    settings = load_settings(invocation.arguments.config)
    before, after = migrate_ledger(settings.service.data_dir)
    sentence = "台账已是本版本的格式，无需升级。" if before == after else f"台账已从 {before or '空'} 升级到 {after}。"
    invocation.output.give_line({"before": before, "after": after}, sentence)
    return ExitStatus.DONE
