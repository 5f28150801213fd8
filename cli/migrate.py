"""`migrate`: brings the ledger to this version."""

from __future__ import annotations

from argparse import ArgumentParser

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.output_parts import line
from service.office import ledger_server
from service.running.migrate import MigrationPlan, migrate_ledger, plan_migration
from settings.load import load_settings


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="只说会做什么，不做")


def run(invocation: Invocation) -> ExitStatus:
    """Works on the data directory itself: an office does not open over an old ledger."""
    settings, output = load_settings(invocation.arguments.config), invocation.output
    server = ledger_server(settings, invocation.surroundings.environ)
    plan = plan_migration(server, settings.service.data_dir)
    document = {"before": plan.before, "after": plan.after} | ({"copy": str(plan.copy)} if plan.copy else {})
    if invocation.arguments.dry_run:
        output.give_line(document, _intention(plan))
        return ExitStatus.DONE
    if plan.copy is not None and not output.as_json:
        output.show([line(_intention(plan))])
    migrate_ledger(server, settings.service.data_dir)
    kept = f"升级前的一份在 {plan.copy}，确认无误后可以删去。" if plan.copy else ""
    done = f"台账已从 {plan.before or '空'} 升级到 {plan.after}。{kept}"
    output.give_line(document, "台账已是本版本的格式，无需升级。" if plan.before == plan.after else done)
    return ExitStatus.DONE


def _intention(plan: MigrationPlan) -> str:
    if plan.before == plan.after:
        return "台账已是本版本的格式，无需升级。"
    if plan.before is None:
        return f"还没有台账，将新建格式 {plan.after} 的台账。"
    if plan.copy is None:
        return f"台账是格式 {plan.before}，将升级到 {plan.after}；数据库服务器上的台账不另存，请先用 pg_dump 存一份。"
    return (
        f"台账是格式 {plan.before}，将升级到 {plan.after}：先把台账另存到 {plan.copy}，再一次升级完；"
        "中途断了，台账不变，再运行一次即可。来信和各期文件不动。"
    )
