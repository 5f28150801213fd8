"""What an office learns from its past issues."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive.changes import ChangeFilter, changes
from archive.own_texts import NO_OWN_TEXTS, own_texts
from intake.pool import ReadingPool
from service.office import Office
from service.register import training
from service.register.register import register_of
from service.register.training import forget_training, train
from tests.support.manuscripts import large, plain
from tools.docx_builder import docx
from values.errors import BadUsage

NEW = "走访章源钨业了解情况。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "往期"
    (folder / "2021").mkdir(parents=True)
    (folder / "2021" / "第1期.docx").write_bytes(docx(large("工作动态") + plain(NEW)))
    (folder / "第2期.txt").write_text("章贡区储潭镇夏潭村。\n", encoding="gb18030")
    (folder / "~$第2期.docx").write_bytes(b"lock")
    (folder / "目录.xlsx").write_bytes(b"PK")
    return folder


def test_texts_of_all_folders_are_learned_and_reach_the_readers(
    office: Office, pool: ReadingPool, folder: Path
) -> None:
    done = train(office, pool, folder, "li")
    assert (done.files, done.unread) == (2, ())
    learned = own_texts(office.data_dir)
    assert (learned.files, learned.sequences) == (2, done.sequences)
    assert done.sequences > 3
    with office.ledger.reading() as ledger:
        assert register_of(office, ledger, office.bulletin(None)).own_texts == learned.octets
        [change] = changes(ledger, ChangeFilter(subject="word"))
    assert (change.who, change.summary) == ("li", f"审校记下本单位 2 个文件、{done.characters} 字的用词")


def test_second_folder_adds_and_reset_forgets(office: Office, pool: ReadingPool, folder: Path, tmp_path: Path) -> None:
    first = train(office, pool, folder, "li")
    more = tmp_path / "再一批"
    more.mkdir()
    (more / "第3期.txt").write_text("贯通鹞鸶路。\n", encoding="utf-8")
    assert train(office, pool, more, "li").sequences > first.sequences
    assert own_texts(office.data_dir).files == 3
    assert forget_training(office, "li").files == 3
    assert own_texts(office.data_dir) == NO_OWN_TEXTS


def test_file_that_cannot_be_read_is_named_and_the_others_are_learned(
    office: Office, pool: ReadingPool, folder: Path
) -> None:
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "空.txt").write_bytes(b"")
    done = train(office, pool, folder, "li")
    assert done.files == 2
    assert [sentence.split("：")[0] for sentence in done.unread] == ["坏.docx", "空.txt"]


def test_folder_that_is_none_or_has_no_documents_is_refused(
    office: Office, pool: ReadingPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    with pytest.raises(BadUsage, match="没有文件夹"):
        train(office, pool, tmp_path / "不在", "li")
    (tmp_path / "空的").mkdir()
    with pytest.raises(BadUsage, match=r"没有 \.docx"):
        train(office, pool, tmp_path / "空的", "li")
    (tmp_path / "空的" / "坏.docx").write_bytes(b"PK")
    with pytest.raises(BadUsage, match="没有一个文件读得出来"):
        train(office, pool, tmp_path / "空的", "li")
    monkeypatch.setattr(training, "_MOST_FILES", 1)
    with pytest.raises(BadUsage, match="最多 1 个"):
        train(office, pool, folder, "li")
    assert own_texts(office.data_dir) == NO_OWN_TEXTS


@pytest.mark.skipif(shutil.which("soffice") is not None, reason="LibreOffice is installed: the file is converted")
def test_older_format_needs_libreoffice(office: Office, pool: ReadingPool, folder: Path) -> None:
    (folder / "旧.doc").write_bytes(rb"{\rtf1 abc}")
    assert train(office, pool, folder, "li").unread == (
        "旧.doc：本机没有 LibreOffice，这种格式读不了；请另存为 .docx。",
    )
