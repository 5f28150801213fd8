"""Checks of title and byline: findings about the article as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from intake.check.proof import Proof, department_named
from values import rules
from values.department import plain_name
from values.finding import Finding

_LONGEST_TITLE: Final = 40
"""Characters of two lines in 2号 (22 points): twenty in 156 mm, the width of the type area (GB/T 9704 5.2.1)."""


def no_title(proof: Proof) -> Iterator[Finding]:
    """An ordinary article without a title."""
    if not proof.section and not proof.manuscript.title.strip():
        yield rules.NO_TITLE.finding("稿件没有标题。", suggestion="请补上标题。")


def no_byline(proof: Proof) -> Iterator[Finding]:
    """An ordinary article that no unit signs. Without a register, none can be recognised as a unit."""
    if not proof.section and proof.departments and proof.manuscript.byline is None:
        suggestion = f"请在标题下署名“{proof.department}”。" if proof.department else "请在标题下署上报送单位简称。"
        yield rules.NO_BYLINE.finding("稿件没有署名。", suggestion=suggestion)


def no_body(proof: Proof) -> Iterator[Finding]:
    """Neither text nor table nor picture below the title."""
    if not proof.manuscript.blocks:
        yield rules.NO_BODY.finding("稿件只有标题，没有正文。", suggestion="请核对附件是否完整。")


def byline_is_canonical(proof: Proof) -> Iterator[Finding]:
    """A unit signs with another of its names, or none of them is in the register."""
    byline = proof.manuscript.byline
    if byline is None or not proof.departments:
        return
    signers = [signer for name in proof.byline_departments if (signer := department_named(name, proof.departments))]
    if not signers:
        message = f"署名“{byline}”不在单位名录中。"
        yield rules.BYLINE_UNKNOWN.finding(message, suggestion="请核对单位名称，或把它加入名录的别名。")
    elif not all(plain_name(signer.name) in plain_name(byline) for signer in signers):
        names = "、".join(signer.name for signer in signers)
        message = f"署名“{byline}”不是名录中的简称“{names}”，目录与署名会不一致。"
        yield rules.BYLINE_NOT_CANONICAL.finding(message, suggestion=names, replacement=names)


def byline_other_department(proof: Proof) -> Iterator[Finding]:
    """The article is signed by units of which none is the sender's."""
    sender, signers = proof.department, proof.byline_departments
    if sender and signers and sender not in signers:
        message = f"署名是{'、'.join(signers)}，来信单位是{sender}。"
        yield rules.BYLINE_OTHER_DEPARTMENT.finding(message, suggestion="请核对是代发还是署名有误。")


def title_punctuation(proof: Proof) -> Iterator[Finding]:
    """A title that ends like a sentence."""
    title = proof.manuscript.title.rstrip()
    if title and title[-1] in "。．.，,；;：:、":
        message = f"标题末尾不用标点“{title[-1]}”。"
        right = title.rstrip("。．.，,；;：:、 ")
        yield rules.TITLE_PUNCTUATION.finding(message, suggestion=right, replacement=right)


def title_length(proof: Proof) -> Iterator[Finding]:
    """A title of more than two lines."""
    length = len("".join(proof.manuscript.title.split()))
    if length > _LONGEST_TITLE:
        message = f"标题有 {length} 字，排出来超过两行。"
        yield rules.TITLE_LENGTH.finding(message, suggestion=f"请缩短到 {_LONGEST_TITLE} 字以内。")


def title_in_title_marks(proof: Proof) -> Iterator[Finding]:
    """《》 around the whole title: they are for what is quoted."""
    title = proof.manuscript.title.strip()
    if title.startswith("《") and title.endswith("》") and title.count("《") == 1:
        right = title[1:-1]
        yield rules.TITLE_MARKS.finding("标题本身不加书名号。", suggestion=right, replacement=right)
