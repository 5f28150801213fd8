"""印发, 采用通知: who gets what, looked at before anything is sent."""

from __future__ import annotations

from sqlalchemy import update

from archive.schema import letter
from service.office import Office
from tests.support.signed_issue import LIST, out, planned
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
