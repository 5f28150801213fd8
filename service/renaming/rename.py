"""`rename`: a bulletin under another id, a mailbox under another login name, and bulletins that have ended.

Files stay where they are: the ledger has their paths, and only new issues get folders of the new id. So a kill at any
moment leaves either the former id or the new one, with everything that belongs to it.
"""

from __future__ import annotations

from archive import issues, renaming
from archive.changes import NewChange, record_change
from archive.renaming import BulletinRows
from archive.transaction import Transaction
from service.office import Office
from service.renaming.former_ids import note_renaming
from service.running.lock import sole_service
from values.errors import BadUsage
from values.issue import IssueStatus


def rename_bulletin(office: Office, former: str, new: str, *, who: str) -> BulletinRows:
    """Gives the bulletin the id that config.toml has for it now; returns what belongs to it.

    Numbers, texts, decisions, settings of the desk and the record of changes go on; no letter is read or answered anew.
    What has come in under the new id already stays and joins it. Raises BadUsage when the configuration does not name
    the new id alone, when there is nothing under the former one, when the two clash, and while a service runs;
    StorageFailed.
    """
    _require_configured([bulletin.id for bulletin in office.settings.bulletins], "刊物", former, new)
    with sole_service(office.data_dir), office.ledger.writing() as ledger:
        rows = _refuse_clash(ledger, former, new)
        renaming.rename_bulletin(ledger, former, new)
        summary = f"刊物 {former} 改名为 {new}：来信 {rows.letters} 封、稿件 {rows.articles} 篇、各期 {rows.issues} 期"
        record_change(ledger, NewChange(new, who, "bulletin", former, summary, office.now()))
        note_renaming(office.data_dir, former, new)  # before the commit, so that no committed renaming lacks its note
    return rows


def end_bulletin(office: Office, id: str, *, who: str) -> BulletinRows:
    """Records that the bulletin has ended: `check` names it no more. What belongs to it stays; returns what that is.

    Raises BadUsage for one that the configuration names or the ledger does not have; StorageFailed.
    """
    if office.settings.bulletin(id) is not None:
        raise BadUsage(f"配置里还有刊物 {id}；不再办的，先从 config.toml 里去掉。")
    with office.ledger.writing() as ledger:
        rows = _rows_of(ledger, id)
        if id not in renaming.ended_bulletins(ledger):
            record_change(ledger, NewChange(id, who, "bulletin", id, f"刊物 {id} 不再办", office.now()))
    return rows


def rename_mailbox(office: Office, former: str, new: str, *, who: str) -> int:
    """Records that the mailbox has another login name now, or that another one took its place; returns how many letters
    were seen in it.

    Letters that the new one lists under the same UIDVALIDITY are not fetched again; others are, and recognised by their
    SHA-256. Raises BadUsage when the configuration does not name the new login name alone, and while a service runs;
    StorageFailed.
    """
    bulletins = office.settings.bulletins
    _require_configured([bulletin.mailbox.username for bulletin in bulletins], "邮箱", former, new)
    with sole_service(office.data_dir), office.ledger.writing() as ledger:
        letters = renaming.accounts_in(ledger).get(former)
        if letters is None:
            raise BadUsage(f"台账里没有从邮箱 {former} 收的来信，没有改。")
        renaming.rename_account(ledger, former, new)
        for bulletin in bulletins:
            if bulletin.mailbox.username == new:
                summary = f"邮箱 {former} 改为 {new}：来信 {letters} 封"
                record_change(ledger, NewChange(bulletin.id, who, "ledger", former, summary, office.now()))
    return letters


def _require_configured(configured: list[str], what: str, former: str, new: str) -> None:
    if former in configured:
        raise BadUsage(f"配置里还有{what} {former}。请先在 config.toml 里把它改成新的，再运行 rename。")
    if new not in configured:
        raise BadUsage(f"配置里没有{what} {new}。请先在 config.toml 里把 {former} 改成 {new}，再运行 rename。")


def _rows_of(ledger: Transaction, id: str) -> BulletinRows:
    recorded = renaming.bulletins_in(ledger)
    if id not in recorded:
        listed = "、".join(recorded) or "什么也没有"
        raise BadUsage(f"台账里没有刊物 {id}；有的是：{listed}。")
    return recorded[id]


def _refuse_clash(ledger: Transaction, former: str, new: str) -> BulletinRows:
    """What the former id has. Raises BadUsage for what stands under the new id and cannot join it."""
    rows = _rows_of(ledger, former)
    is_its_own = any(span.id == new for span in renaming.spans_of(ledger, former))
    if renaming.was_renamed(ledger, new) and not is_its_own:
        raise BadUsage(f"{new} 是另一个刊物以前的名字，它的各期还在那个文件夹里。请换一个名字。")
    if any(issue.bulletin == new and issue.status is not IssueStatus.DISCARDED for issue in issues.issues(ledger)):
        raise BadUsage(
            f"{new} 已编过期刊，期号可能与 {former} 的重复，没有改名。送审稿请先作废（discard）；"
            f"已签发的，{new} 就是另一个刊物，请给 {former} 换一个名字。"
        )
    if same := renaming.common_letters(ledger, former, new):
        raise BadUsage(
            f"有 {same} 封来信 {former} 和 {new} 都收过，没有改名：它们的稿件会变成两份。请给 {former} 换一个名字。"
        )
    if renaming.common_preparations(ledger, former, new):
        raise BadUsage(f"{former} 和 {new} 的下一期都已写了按语、日期或责任编辑，没有改名。请先清空 {new} 的。")
    return rows
