"""`departments`: listed, imported, exported."""

from __future__ import annotations

from pathlib import Path

from tests.support.command_line import CommandLine


def test_departments_are_imported_listed_and_exported(command_line: CommandLine, tmp_path: Path) -> None:
    source = tmp_path / "名录.csv"
    source.write_text("简称,全称,投稿地址\n沙石镇,,ss@example.org\n,没有简称,\n", encoding="gb18030")
    imported = command_line.run_json("departments", "import", str(source))
    assert imported.status == 1
    assert imported.document["added"] == ["沙石镇"]
    assert imported.document["problems"][0].startswith("第 3 行：")
    listed = command_line.run_json("departments", "list").document
    assert listed[-1] == {
        **{"name": "沙石镇", "full_name": "", "aliases": [], "senders": ["ss@example.org"], "group": ""}
    }
    for name in ("出.xlsx", "出.CSV"):
        exported = command_line.run_json("departments", "export", str(tmp_path / name))
        assert exported.document == {"path": str(tmp_path / name), "departments": len(listed)}
        again = command_line.run_json("departments", "import", str(tmp_path / name))
        assert again.document == {"added": [], "changed": [], "same": len(listed), "problems": []}
    assert "沙石镇" in command_line.run("departments", "list").output


def test_export_overwrites_nothing_and_names_the_formats(command_line: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "名录.xlsx").write_bytes(b"kept")
    for name, reason in (("名录.xlsx", "已经有了"), ("名录.xls", "以 .xlsx 或 .csv 结尾"), ("无/a.csv", "写不了")):
        refused = command_line.run("departments", "export", str(tmp_path / name))
        assert refused.status == (3 if reason == "写不了" else 2)
        assert reason in refused.errors
    assert (tmp_path / "名录.xlsx").read_bytes() == b"kept"
