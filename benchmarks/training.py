"""Counts the guesses of the proofreader about correct texts before and after `train` has read others of that office.

    python -m benchmarks.training FOLDER [--errors FILE.tsv]

FOLDER: .txt files in UTF-8, an article each; every second one is trained on, the others are measured. Texts that the
shipped counts hold already say little. errors: lines of label, sentence and corrected sentence: what `train` costs in
errors that are no longer detected, where every second corrected sentence was trained on too.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from intake.check.checks import check
from intake.check.language.model import language_model
from intake.check.language.own_texts import new_sequences, packed
from intake.read.structure.division import Structured
from values import rules
from values.manuscript import Manuscript, Paragraph

_GUESSES = (rules.TYPING_ERROR, rules.DOUBLED_CHARACTERS, rules.MISSING_CHARACTER, rules.SET_PHRASE)


def guesses(lines: Sequence[str], own: bytes) -> list[tuple[int, int]]:
    """Line and character of every guess."""
    manuscript = Manuscript(("标题",), "区民政局", tuple(map(Paragraph, lines)))
    findings = check(Structured(manuscript, None, (), ("区民政局",)), (), "区民政局", (), own_texts=own)
    return [(finding.paragraph or 0, finding.start or 0) for finding in findings if finding.rule in _GUESSES]


def trained(texts: Iterable[Sequence[str]]) -> bytes:
    return packed(new_sequences((line for text in texts for line in text), language_model()), b"")[0]


def detected(errors: Iterable[tuple[str, str]], own: bytes) -> int:
    """How many mistaken characters a guess points at. errors: the sentence as it is written, and as it is meant."""
    return sum(
        written[place] != meant[place]
        for written, meant in errors
        for _, place in guesses((written,), own)
        if place < len(meant)
    )


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", type=Path)
    arguments = parser.parse_args(words)
    paths = sorted(arguments.folder.rglob("*.txt"))
    texts = [path.read_text(encoding="utf-8", errors="replace").splitlines() for path in paths]
    own, measured = trained(texts[::2]), texts[1::2]
    characters = sum(len(line) for text in measured for line in text)
    sys.stdout.write(
        f"{len(texts[::2])} texts trained on, {len(own) / 1000:.0f} KB; {characters} characters measured\n"
    )
    for name, used in (("before", b""), ("after", own)):
        count = sum(len(guesses(text, used)) for text in measured)
        sys.stdout.write(f"{name:<7} {count:>5} guesses, {count / characters * 10_000:.2f} per 10,000 characters\n")
    if arguments.errors:
        rows = [row.split("\t") for row in arguments.errors.read_text(encoding="utf-8").splitlines()]
        pairs = [(written, meant) for _, written, meant in rows if len(written) == len(meant) and written != meant]
        own = trained([*texts[::2], *((meant,) for _, meant in pairs[::2])])
        for name, used in (("before", b""), ("after", own)):
            sys.stdout.write(f"{name:<7} {detected(pairs[1::2], used)} mistaken characters detected\n")


if __name__ == "__main__":
    main()
