"""Makes documents as offices write them, each with what a reader must find in it: a set to measure reading with.

python -m tools.office_documents FOLDER [--count 120] [--seed 14] writes the .docx files and a truth.json
(`benchmarks.truth`). The same seed gives the same bytes. Every form is drawn by itself: with and without head, box,
contents, joint units, annex, issued text, 版记; titles of one to four lines; sign-offs of one to three units.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tools.docx_builder import docx, paragraph

REGISTERED: Final = {
    "区民政局": "章贡区民政局",
    "区教体局": "章贡区教育体育局",
    "区人社局": "章贡区人力资源和社会保障局",
}
"""The departments that the reader knows, with their full names."""
_UNREGISTERED: Final = (
    "甲县人民政府办公室",
    "甲县防汛抗旱指挥部",
    "中共甲县委员会组织部",
    "甲县卫生健康委员会",
    "甲县总工会",
)
_MARKS: Final = ("甲县人民政府", "章贡区民政局", "甲县人民政府办公室", "中共甲县委员会")
_NUMBERS: Final = ("甲民发〔2022〕15号", "甲府办字[2022] 8 号", "甲民字（2022）第15号", "甲办发〔2022〕103号")
_ABOUT: Final = (
    "加强和改进新时代社区养老服务工作",
    "做好2022年冬季困难群众救助",
    "开展“敬老月”系列活动",
    "进一步规范村（社区）档案管理并建立健全长效机制",
    "推进城乡低保、特困人员供养、临时救助等社会救助制度统筹衔接和信息共享",
    "印发《章贡区困难群众基本生活救助工作实施办法》",
)
_KINDS: Final = ("通知", "意见", "情况报告", "实施方案", "请示", "通报")
_NEWS: Final = (
    "扎实做好冬季救助工作",
    "“三个聚焦”推动养老服务提质增效",
    "多措并举 织密民生保障网",
    "开展敬老月走访慰问活动",
)
_SENTENCES: Final = (
    "今年以来，全区共走访困难群众三百余户，发放慰问金十二万元。",
    "各镇（街道）要高度重视，明确责任，确保各项措施落到实处。",
    "坚持以群众需求为导向，逐户登记、分类建档、动态管理。",
    "活动中，志愿者为老人理发、量血压，宣传防诈骗知识。",
    "对符合条件的及时纳入保障范围，做到应保尽保、应退尽退。",
)
_HEADINGS: Final = ("一、提高思想认识", "二、明确工作任务", "三、强化组织保障")
_DAYS: Final = ("2022年11月3日", "2022 年 11 月 3 日", "二〇二二年十一月三日", "2022年11月　日")
_CONTACTS: Final = ("（联系人：张敏，联系电话：8190001）", "（联系人及电话：张敏 0797-8190001）")
_REMARKS: Final = ("（此件公开发布）", "（此页无正文）", "（此件主动公开）")
_COPIES: Final = "抄送：区委办公室，区人大常委会办公室，区政协办公室。"
_IMPRINT: Final = "区民政局办公室　　　　2022年11月3日印发"
_CENTRED: Final = '<w:jc w:val="center"/>'
_INDENTED: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_BODY: Final = '<w:sz w:val="32"/>'
_TITLE_SIZE: Final = '<w:sz w:val="44"/>'
_STYLES: Final = (
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="C1"><w:name w:val="toc 1"/></w:style>'
)
_BOX: Final = (
    '<w:p><w:r><w:pict><v:shape style="position:absolute;width:80pt;height:100pt"><v:textbox><w:txbxContent>{}'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)


@dataclass(slots=True)
class OfficeDocument:
    """A document that grows paragraph by paragraph, and what a reader must find in it."""

    body: list[str] = field(default_factory=list)
    title: str = ""
    byline: str = ""
    text: list[str] = field(default_factory=list)
    """The paragraphs of its text, without title and sign-off."""
    house: list[str] = field(default_factory=list)
    """Lines that are kept on record and not printed."""

    def line(self, text: str, *, centred: bool = False, run: str = _BODY, style: str = "") -> None:
        properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + (_CENTRED if centred else "")
        self.body.append(paragraph(text, properties=properties, run=run))

    def prose(self, text: str) -> None:
        self.body.append(paragraph(text, properties=_INDENTED, run=_BODY))
        self.text.append(text)

    def kept(self, text: str, *, centred: bool = False, run: str = _BODY) -> None:
        self.line(text, centred=centred, run=run)
        self.house.append(text)

    @property
    def data(self) -> bytes:
        """The .docx."""
        return docx("".join(self.body), styles=_STYLES)

    @property
    def truth(self) -> dict[str, Any]:
        """What `benchmarks.truth.Expected` has of it."""
        return {"title": self.title, "byline": self.byline, "house": self.house, "text": self.text}


def office_document(random_: random.Random) -> OfficeDocument:
    """One document, every form of which is drawn."""
    made = OfficeDocument()
    official = random_.random() < 0.6
    if random_.random() < 0.2:
        made.body.append(_BOX.format(paragraph("一寸照片")))
        made.house.append("一寸照片")
    if official:
        _add_head(made, random_)
    contents_first = random_.random() < 0.1
    if contents_first:
        _add_contents(made, random_)
    _add_title(made, random_, official=official)
    if official and random_.random() < 0.2:
        made.kept(random_.choice(_NUMBERS), centred=True)
    if random_.random() < (0.1 if official else 0.6):
        _add_byline(made, random_)
    if not contents_first and random_.random() < 0.15:
        _add_contents(made, random_)
    if official and random_.random() < 0.7:
        made.line("各镇人民政府、街道办事处：")
        made.text.append("各镇人民政府、街道办事处：")
    _add_text(made, random_, listed="一、提高思想认识" in "".join(made.body))
    _add_end(made, random_, official=official)
    return made


def _add_head(made: OfficeDocument, random_: random.Random) -> None:
    if random_.random() < 0.3:
        made.kept(random_.choice(("000123", "特急", "特 急", "紧急程度：加急")))
    form = random_.choice(("mark", "mark", "joint", "letterhead", "number"))
    red = '<w:color w:val="FF0000"/><w:sz w:val="{}"/>'
    if form == "mark":
        made.kept(f"{random_.choice(_MARKS)}文件", centred=True, run=red.format(random_.choice((52, 72, 84))))
    elif form == "joint":
        for unit in random_.sample(_MARKS[:3], 2):
            made.kept(unit, centred=True, run=red.format(72))
        made.kept("文件", centred=True, run=red.format(72))
    elif form == "letterhead":
        made.kept(random_.choice(_MARKS[2:]), centred=True, run=red.format(60))
    number = random_.choice(_NUMBERS)
    made.kept(number + random_.choice(("", "", "　　　签发人：张敏")), centred=random_.random() < 0.8)


def _add_title(made: OfficeDocument, random_: random.Random, *, official: bool) -> None:
    if official:
        unit = random_.choice(("", "甲县民政局", "区民政局"))
        made.title = f"{unit}关于{random_.choice(_ABOUT)}的{random_.choice(_KINDS)}"
    else:
        made.title = f"{random_.choice(('区民政局', ''))}{random_.choice(_NEWS)}"
    lines = _broken(made.title, random_.randint(1, 4 if official else 2), random_)
    form = random_.choice(("large", "large", "style", "bold", "soft", "worded" if official else "large"))
    if form == "soft":
        inner = '</w:t><w:br/><w:t xml:space="preserve">'.join(lines)
        made.body.append(paragraph(inner, properties=_CENTRED, run=_TITLE_SIZE))
        return
    if form == "worded":
        made.line(made.title)
        return
    for line in lines:
        run = {"large": _TITLE_SIZE, "style": _TITLE_SIZE, "bold": "<w:b/>" + _BODY}[form]
        made.line(line, centred=True, run=run, style="T" if form == "style" else "")


def _broken(title: str, count: int, random_: random.Random) -> list[str]:
    """The title in lines of at least four characters, never within 《》 and the like of a unit's name."""
    if len(title) < 8 * count:
        return [title]
    cuts = sorted(random_.sample(range(6, len(title) - 4), count - 1))
    cuts = [cut for at, cut in enumerate(cuts) if not at or cut - cuts[at - 1] >= 4]
    return [title[start:end] for start, end in zip([0, *cuts], [*cuts, len(title)], strict=True)]


def _add_byline(made: OfficeDocument, random_: random.Random) -> None:
    units = random_.sample(list(REGISTERED), random_.choice((1, 1, 2)))
    made.byline = "、".join(units)
    joint = random_.choice(("、".join(units), "　　".join(units), "、".join(units) + "联合报送"))
    made.line(units[0] if len(units) == 1 else joint, centred=True)


def _add_contents(made: OfficeDocument, random_: random.Random) -> None:
    made.kept(random_.choice(("目录", "目　录")), centred=True)
    dotted = random_.random() < 0.5
    for number, heading in enumerate(_HEADINGS, start=1):
        entry = f"{heading}{'…' * 12}{number}" if dotted else heading
        made.line(entry, style="" if dotted else "C1")
        made.house += [entry] if dotted else []


def _add_text(made: OfficeDocument, random_: random.Random, *, listed: bool) -> None:
    """listed: a table of contents has its headings."""
    made.prose(" ".join(random_.sample(_SENTENCES, 2)).replace(" ", ""))
    for heading in _HEADINGS[: 3 if listed else random_.choice((0, 2, 3))]:
        made.line(heading)
        made.text.append(heading)
        made.prose("".join(random_.sample(_SENTENCES, random_.randint(1, 3))))
    if random_.random() < 0.3:
        contact, sentence = random_.choice(_CONTACTS), "请于11月10日前报送。"
        if random_.random() < 0.5:
            made.prose(sentence + contact)
            made.text.pop()
            made.text.append(sentence)
            made.house.append(contact)
        else:
            made.prose(sentence)
            made.kept(contact)


def _add_end(made: OfficeDocument, random_: random.Random, *, official: bool) -> None:
    annexed = random_.random() < 0.3
    if annexed:
        made.line("附件：救助工作台账")
        made.text.append("附件：救助工作台账")
    if official or not made.byline:
        _add_signoff(made, random_)
    if official and random_.random() < 0.4:
        made.kept(random_.choice(_REMARKS))
    issued = random_.choice(("", "", "annex", "text"))
    if annexed or issued == "annex":
        annex = random_.choice(("附件", "附件1"))
        made.line(annex)
        made.text.append(annex)
        _add_issued(made, "救助工作台账")
    elif issued == "text" and official:
        _add_issued(made, random_.choice(("救助工作办法", "救助工作实施方案")))
    if official and random_.random() < 0.5:
        made.kept(_COPIES)
        made.kept(_IMPRINT)


def _add_issued(made: OfficeDocument, title: str) -> None:
    made.line(title, centred=True, run=_TITLE_SIZE)
    made.text.append(title)
    made.prose("第一条　为规范救助工作，制定本办法。")
    made.prose("第二条　本办法适用于全区。")


def _add_signoff(made: OfficeDocument, random_: random.Random) -> None:
    """Units and date; they sign unless there is a byline below the title."""
    units = _signers(random_)
    lines = units
    if len(units) == 2 and random_.random() < 0.5:
        lines = ["　　".join(units)]
    for line in lines:
        made.line(line + random_.choice(("", "", "（盖章）")) * (len(lines) == 1))
    if not made.byline:
        made.byline = "、".join(units)
    made.kept(random_.choice(_DAYS))


def _signers(random_: random.Random) -> list[str]:
    count = random_.choice((1, 1, 2, 3))
    units = random_.sample(list(REGISTERED), count)
    if random_.random() < 0.2:
        units = [REGISTERED[unit] for unit in units]
    return [random_.choice(_UNREGISTERED)] if count == 1 and random_.random() < 0.3 else units


def write_documents(folder: Path, count: int, seed: int) -> None:
    """Writes so many documents and their truth.json."""
    random_ = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    truths: dict[str, Any] = {}
    for number in range(1, count + 1):
        made = office_document(random_)
        name = f"{number:03d}.docx"
        (folder / name).write_bytes(made.data)
        truths[name] = made.truth
    (folder / "truth.json").write_text(json.dumps(truths, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--seed", type=int, default=14)
    arguments = parser.parse_args(words)
    write_documents(arguments.folder, arguments.count, arguments.seed)


if __name__ == "__main__":
    main()
