"""Checks of words and sentences that are repeated by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from intake.check.proof import Proof, ProofLine, finding_at, findings_of_matches
from values import rules
from values.finding import Finding

_WORDS: Final = (
    "进一步|积极|切实|不断|全面|深入|认真|有效|扎实|推进|推动|加强|开展|提升|促进|我们|同时|以及|根据|针对|结合|坚持|实现|"
    "完善|强化|截至|目前|持续|充分|大力|着力|由于|并且|为了|区委|区政府|县委|市委|已经"
)
_TWICE: Final = re.compile(
    "|".join(
        [
            *(word * 2 for word in _WORDS.split("|")),
            r"的(?<![目有]的)的(?![确士])",
            r"了(?<![不为除到得]了)了(?![之解却结然])",
            r"是(?<![于凡就但可]是)是(?![非否])",
            r"在(?<![现存实所正内外自]在)在",
        ]
    )
)
_SENTENCE: Final = re.compile(r"(?:^|(?<=[。！？]))[^。！？]+(?=[。！？])")
_LEAST: Final = 15
"""Characters of a sentence whose repetition is a mistake; slogans, which are repeated on purpose, are shorter."""
_BRACKETED: Final = re.compile(r"\s*（[^（）]*）\s*")
"""A sentence that only names who is responsible (…负责) stands under every measure of a plan."""
_PROVISION: Final = re.compile(r"\s*[“\"]?第[一二三四五六七八九十百零〇\d]{1,6}条")
_PROVISIONS: Final = 3
"""Lines that begin with 第…条 from which on a text is a regulation: its provisions repeat their formulas."""

_CLAUSE: Final = re.compile(r"[^，。；、：！？,;:!?]+")
_LEAST_OF_CLAUSE: Final = 6
"""Characters of a clause that stands twice in a row."""
_LEAST_APART: Final = 10
"""Characters of a clause that stands twice with others between: shorter ones are parallel on purpose."""
_CLAUSES_BACK: Final = 3


def repeated_word(proof: Proof) -> Iterator[Finding]:
    """的的, 了了, 进一步进一步: only words that are never doubled for emphasis."""
    return findings_of_matches(
        proof.prose,
        _TWICE,
        rules.REPEATED_WORD,
        lambda match: (f"“{match[0]}”重复了。", match[0][: len(match[0]) // 2]),
        exact=True,
    )


def repeated_sentence(proof: Proof) -> Iterator[Finding]:
    """The same sentence a second time; not in regulations, nor whole sentences in brackets."""
    lines = list(proof.prose)
    if sum(bool(_PROVISION.match(line.text)) for line in lines) >= _PROVISIONS:
        return
    seen: set[str] = set()
    for line in lines:
        for match in _SENTENCE.finditer(line.text):
            sentence = "".join(match[0].split())
            if len(sentence) < _LEAST or _BRACKETED.fullmatch(match[0]):
                continue
            if sentence in seen:
                yield _repetition(line, match)
            seen.add(sentence)


def repeated_clause(proof: Proof) -> Iterator[Finding]:
    """The same clause twice within a few clauses of a line; not whole sentences, which `repeated_sentence` reports."""
    for line in proof.prose:
        clauses = list(_CLAUSE.finditer(line.text))
        for at, match in enumerate(clauses):
            clause = match[0].strip()
            earlier = [other[0].strip() for other in clauses[max(0, at - _CLAUSES_BACK) : at]]
            in_a_row = len(clause) >= _LEAST_OF_CLAUSE and _stands_again(clause, earlier)
            if (in_a_row or (len(clause) >= _LEAST_APART and clause in earlier)) and not _is_sentence(line.text, match):
                message = f"“{clause[:12]}{'…' if len(clause) > 12 else ''}”前面刚写过。"
                yield finding_at(line, match.span(), rules.REPEATED_CLAUSE, message, "请核对是否重复。")


def _stands_again(clause: str, earlier: Sequence[str]) -> bool:
    """Whether the clause before is the same, or the two before are the same as this one and its neighbour."""
    return earlier[-1:] == [clause] or (len(earlier) == _CLAUSES_BACK and [earlier[0], clause] == earlier[2:0:-1])


def _is_sentence(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()].rstrip()[-1:], text[match.end() :].lstrip()[:1]
    return before in ("", *"。！？") and after in tuple("。！？") and len(match[0].strip()) >= _LEAST


def _repetition(line: ProofLine, match: re.Match[str]) -> Finding:
    message = f"这句话前面已经有了：“{match[0].strip()[:12]}…”。"
    return finding_at(line, match.span(), rules.REPEATED_SENTENCE, message, "请核对是否重复粘贴。")
