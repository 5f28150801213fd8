"""印发, 采用通知: who gets what, looked at before anything is sent."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from archive.article_changes import write_article
from archive.schema import letter
from service.article.joint_adoption import MergeRequest, merge_articles
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in, office_at, write_config
from tests.support.signed_issue import EDITOR, LIST, config, out, planned
from tests.support.signed_issue import office as office


def test_every_letter_can_be_looked_at_before_anything_is_sent(office: Office) -> None:
    shown = [(letter.kind, letter.department, letter.out.to if letter.out else "") for letter in planned(office)]
    assert shown == [
        ("issue", "", LIST[0]),
        ("issue", "", LIST[1]),
        ("notices", "区民政局", "mzj@example.org"),
        ("notices", "区教体局", "jtj@example.org"),
        ("notices", "区水利局", ""),
    ]
    texts = [letter.text.replace("\r\n", "\n") for letter in planned(office)]
    assert "章贡区“五型”政府建设工作简报第70期已经签发，见附件。" in texts[0]
    assert "1.《甲》区民政局" in texts[0]
    assert "   1.《甲》\n   2.《乙》\n   3.《丙》（区民政局、区教体局）\n" in texts[2]
    assert "区教体局：\n\n贵单位报送的下列稿件" in texts[3]
    assert "   1.《丙》（区民政局、区教体局）\n\n感谢" in texts[3]
    assert "没有这个单位的投稿邮箱" in planned(office)[4].why_not
    assert out(office) == []


def test_the_sender_of_a_printed_letter_is_written_to_where_the_department_has_it(office: Office) -> None:
    with office.ledger.writing() as ledger:
        ledger.sql.execute(update(letter).where(letter.c.id == 4).values(sender="wang@slj.example.org"))
        ledger.sql.execute(update(letter).where(letter.c.id == 1).values(sender="stranger@elsewhere.example"))
    recipients = {letter.department: letter.out.to for letter in planned(office) if letter.out and letter.department}
    assert recipients == {
        "区民政局": "mzj@example.org",
        "区教体局": "jtj@example.org",
        "区水利局": "wang@slj.example.org",
    }


def test_each_department_of_merged_articles_is_written_to_where_its_own_letter_came_from(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path / "office", config()), AT, JIANBAO_IMAP_PASSWORD="pw") as office:
        hand_in(office, "甲", "乙")
        with office.ledger.writing() as ledger:
            write_article(ledger, 2, department="区水利局")
            ledger.sql.execute(update(letter).where(letter.c.id == 2).values(sender="wang@slj.example.org"))
        merge_articles(office, MergeRequest([1, 2], 1, EDITOR))
        assemble(office, office.bulletin(None), AT.date())
        sign_off(office, office.bulletin(None), 70, EDITOR)
        shown = {each.department: each.out.to for each in planned(office) if each.out and each.department}
    assert shown == {"区民政局": "mzj@example.org", "区水利局": "wang@slj.example.org"}
