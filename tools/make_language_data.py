"""Makes the files of `intake/check/language/data` from texts, a dictionary and labelled typing errors (decision 0090).

    python -m tools.make_language_data --texts FILE_OR_FOLDER ... --held-out FOLDER --errors FILE.tsv

texts: correct prose in UTF-8, whole files; held-out: correct prose of which one half is counted while the classifier is
trained on the other, and all in the end. errors: lines of label, sentence, corrected sentence, separated by tabs.
Needs numpy, scikit-learn, pypinyin, jieba and Pillow, and the fonts of fonts-noto-cjk; none of them is needed
to use the files. What is measured is printed: of errors and texts that neither counts nor weights have seen.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import jieba
import marisa_trie
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypinyin import Style, pinyin
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from intake.check.language.confusion import Confusion
from intake.check.language.model import LanguageModel
from intake.check.language.suspicions import FEATURES, Suspicion, suspicions_in
from intake.check.language.symbols import BOUNDARY, is_chinese, symbols_of
from intake.check.language.typing_errors import Habits
from intake.check.proof import ProofLine

_DATA: Final = Path(__file__).parents[1] / "intake" / "check" / "language" / "data"
_LEAST: Final = {1: 3, 2: 2, 3: 2, 4: 3}
"""Times that a sequence of so many symbols must have occurred to be stored: chance and errors are left out."""
_WORD_LEAST: Final = 3
"""Frequency of a word in jieba's dictionary from which it is taken."""
_SHAPES: Final = 20
"""Characters of like shape that are stored for each."""
_FONTS: Final = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")
_FONT_FOLDER: Final = Path("/usr/share/fonts/opentype/noto")
_SIMPLIFIED: Final = 2
"""Index of the simplified Chinese face in both collections."""
_WRONG_PER_10_000: Final = 0.35
"""False alarms per 10,000 characters of unseen correct prose at which the threshold is set; the goal is 0.5."""
_LAW: Final = re.compile("^[^“”《》]{4,60}(?:法|条例|规定|办法|细则|规则|决定)$")
_BITS: Final = 13
"""Of a symbol's number while sequences are counted."""


def texts_of(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            yield file.read_text(encoding="utf-8", errors="replace")


def normalised(text: str) -> str:
    return "".join(symbols_of(line).text[1:] for line in text.splitlines() if line.strip())


@dataclass(frozen=True)
class Counts:
    """Sequences with the times they occurred."""

    sequences: dict[str, int]
    symbols: int
    """Symbols of all texts."""


def counted(texts: Sequence[str]) -> Counts:
    """Sequences of one to four symbols with a boundary at one end at most."""
    codes = np.frombuffer(BOUNDARY.join(map(normalised, texts)).encode("utf-32-le"), dtype=np.uint32)
    symbols, occurrences = np.unique(codes, return_counts=True)
    symbols = symbols[occurrences >= _LEAST[1]]
    numbers = np.zeros(0x10000, np.uint64)
    numbers[symbols] = np.arange(1, len(symbols) + 1, dtype=np.uint64)
    stream, boundary = numbers[np.minimum(codes, 0xFFFF)], numbers[ord(BOUNDARY)]
    sequences: dict[str, int] = {}
    for length in range(1, 5):
        grams = np.zeros(len(stream) - length + 1, np.uint64)
        usable = np.ones(len(grams), bool)
        boundaries = np.zeros(len(grams), np.int8)
        for offset in range(length):
            column = stream[offset : offset + len(grams)]
            grams = grams << np.uint64(_BITS) | column
            boundaries += column == boundary
            usable &= column != 0
            if 0 < offset < length - 1:
                usable &= column != boundary
        grams_seen, times = np.unique(grams[usable & ((boundaries <= 1) | (length == 1))], return_counts=True)
        for gram, count in zip(
            grams_seen[times >= _LEAST[length]].tolist(), times[times >= _LEAST[length]].tolist(), strict=True
        ):
            places = (gram >> _BITS * place & (1 << _BITS) - 1 for place in reversed(range(length)))
            sequences["".join(chr(symbols[place - 1]) for place in places)] = count
    return Counts(sequences, len(codes))


def write_counts(counts: Counts, folder: Path) -> None:
    """sequences.marisa; counts.bin: an octet for each key of the trie; pairs.json: what follows each symbol."""
    trie = marisa_trie.Trie(list(counts.sequences))
    octets = bytearray(len(trie))
    for sequence, count in counts.sequences.items():
        octets[trie[sequence]] = min(255, round(math.log1p(count) * 16))
    trie.save(str(folder / "sequences.marisa"))
    (folder / "counts.bin").write_bytes(octets)
    followers = defaultdict[str, str](str)
    for pair in sorted(sequence for sequence in counts.sequences if len(sequence) == 2):
        followers[pair[0]] += pair[1]
    (folder / "pairs.json").write_text(json.dumps(followers, ensure_ascii=False), encoding="utf-8")


def write_words(folder: Path) -> None:
    """words.marisa: the words of two to four characters in jieba's dictionary (MIT)."""
    dictionary = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8")
    entries = (line.split() for line in dictionary.splitlines())
    words = [word for word, times, *_ in entries if 2 <= len(word) <= 4 and int(times) >= _WORD_LEAST]
    marisa_trie.Trie([word for word in words if all(map(is_chinese, word))]).save(str(folder / "words.marisa"))


def write_titles(texts: Sequence[str], folder: Path) -> None:
    """titles.marisa: the headings of whole laws ("# …") in the texts."""
    headings = (line[2:].strip() for text in texts for line in text.splitlines() if line.startswith("# "))
    marisa_trie.Trie(sorted({title for title in headings if _LAW.search(title)})).save(str(folder / "titles.marisa"))


def write_characters(counts: Counts, folder: Path) -> None:
    """characters.json: sounds (pypinyin) and like shapes, by comparing what the Noto fonts draw."""
    level_1, level_2 = _of_gb2312(0xB0, 0xD8), _of_gb2312(0xD8, 0xF8)
    counted_characters = {sequence for sequence in counts.sequences if len(sequence) == 1 and is_chinese(sequence)}
    characters = sorted(counted_characters | level_1)
    sounds = {character: _syllables(character) for character in sorted({*characters, *level_2})}
    likeness = sum(pictures @ pictures.T for pictures in (_drawn(characters, name) for name in _FONTS))
    shapes = {
        character: "".join(characters[other] for other in np.argsort(-row)[1 : _SHAPES + 1])
        for character, row in zip(characters, likeness, strict=True)
    }
    tables = {"symbols": counts.symbols, "sounds": sounds, "shapes": shapes}
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
    (folder / "characters.json").write_text(text, encoding="utf-8")


def _of_gb2312(first: int, end: int) -> set[str]:
    """The characters of these rows of GB/T 2312: level 1 is what texts need, level 2 what names need besides."""
    places = (bytes([row, cell]) for row in range(first, end) for cell in range(0xA1, 0xFF))
    return set(filter(None, (place.decode("gb2312", "ignore") for place in places)))


def _syllables(character: str) -> list[str]:
    """Its readings without tones, the usual one first."""
    [usual], [readings] = pinyin(character, style=Style.NORMAL), pinyin(character, style=Style.NORMAL, heteronym=True)
    return list(dict.fromkeys([*usual, *sorted(readings)]))


def _drawn(characters: Sequence[str], font_name: str) -> Any:
    """A row for each character: its picture, blurred, as a vector of length 1."""
    font = ImageFont.truetype(str(_FONT_FOLDER / font_name), 48, index=_SIMPLIFIED)
    rows = []
    for character in characters:
        picture = Image.new("L", (64, 64), 0)
        ImageDraw.Draw(picture).text((8, 0), character, 255, font=font)
        blurred = picture.filter(ImageFilter.GaussianBlur(2.0)).resize((32, 32))
        row = np.asarray(blurred, np.float32).ravel()
        row = row - row.mean()
        rows.append(row / (np.linalg.norm(row) + 1e-9))
    return np.array(rows)


@dataclass(frozen=True)
class Sample:
    """A suspicion with the truth about it."""

    group: int
    """Samples of one sentence or text are trained on together or not at all."""
    suspicion: Suspicion
    is_error: bool
    is_right: bool
    """Whether the character that fits best is the one that was meant."""


def samples_of_errors(lines: Sequence[str], model: LanguageModel, confusion: Confusion) -> tuple[list[Sample], int]:
    """Samples of the labelled sentences, and how many characters are wrong in them."""
    samples, wrong = [], 0
    for group, line in enumerate(lines):
        _, written, meant = line.split("\t")
        if len(written) != len(meant):
            continue
        wrong += sum(first != second for first, second in zip(written, meant, strict=True))
        for suspicion in _suspicions(written, model, confusion):
            right = meant[suspicion.place]
            is_error = right != suspicion.wrong
            samples.append(Sample(group, suspicion, is_error, is_error and right == suspicion.right))
    return samples, wrong


def samples_of_text(group: int, text: str, model: LanguageModel, confusion: Confusion) -> list[Sample]:
    return [Sample(group, suspicion, False, False) for suspicion in _suspicions(text, model, confusion)]


def _suspicions(text: str, model: LanguageModel, confusion: Confusion) -> Iterator[Suspicion]:
    lines = [ProofLine(number, line, "paragraph") for number, line in enumerate(text.splitlines())]
    habits = Habits(lines)
    for line in lines:
        yield from suspicions_in(symbols_of(line.text), model, confusion, partial(habits.has, line.text))
    model.forget()


def trained(errors: Sequence[Sample], clean: Sequence[Sample]) -> tuple[dict[str, float], float]:
    """Weights by feature, and the bias. Errors whose best character is another wrong one are left out."""
    used = [sample for sample in errors if sample.is_right or not sample.is_error]
    rows = np.array([sample.suspicion.features for sample in (*used, *clean)])
    truth = [sample.is_right for sample in used] + [False] * len(clean)
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=1.0, max_iter=5_000).fit(scaler.transform(rows), truth)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return {name: round(float(weight), 5) for name, weight in zip(FEATURES, weights, strict=True)}, round(bias, 5)


def likelihoods(samples: Sequence[Sample], weights: dict[str, float], bias: float) -> Any:
    rows = np.array([sample.suspicion.features for sample in samples])
    return 1 / (1 + np.exp(-(rows @ np.array([weights[name] for name in FEATURES]) + bias)))


def measured(errors: Sequence[Sample], wrong: int, clean: Sequence[Sample], characters: int) -> tuple[float, list[str]]:
    """The threshold, and lines that say what is found: trained on one half, measured on the other, both ways."""
    thresholds, lines = [], []
    for half in (0, 1):
        weights, bias = trained(_half(errors, half), _half(clean, half))
        other, texts = _half(errors, 1 - half), _half(clean, 1 - half)
        false = np.sort(likelihoods(texts, weights, bias))[::-1]
        for rate in (0.2, _WRONG_PER_10_000, 0.5, 1.0):
            threshold = float(false[int(rate * characters / 2 / 10_000)])
            hits = [
                s for s, p in zip(other, likelihoods(other, weights, bias), strict=True) if p > threshold and s.is_error
            ]
            right = sum(sample.is_right for sample in hits)
            lines.append(
                f"half {half}: {rate} wrong per 10,000: threshold {threshold:.3f}, "
                f"{len(hits) / (wrong / 2):.1%} found, {right / max(1, len(hits)):.1%} of suggestions right"
            )
            if rate == _WRONG_PER_10_000:
                thresholds.append(threshold)
    return round(sum(thresholds) / 2, 3), lines


def _half(samples: Sequence[Sample], half: int) -> list[Sample]:
    return [sample for sample in samples if sample.group % 2 == half]


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--errors", type=Path, required=True)
    arguments = parser.parse_args(words)
    _DATA.mkdir(exist_ok=True)
    texts, held_out = list(texts_of(arguments.texts)), list(texts_of([arguments.held_out]))
    random.Random(1).shuffle(held_out)
    half = len(held_out) // 2
    counts = counted([*texts, *held_out[:half]])
    write_counts(counts, _DATA)
    write_words(_DATA)
    write_titles(texts, _DATA)
    write_characters(counts, _DATA)
    model, confusion = LanguageModel(_DATA), Confusion(**_tables())
    clean = [s for n, text in enumerate(held_out[half:]) for s in samples_of_text(n, text, model, confusion)]
    characters = sum(len(text) for text in held_out[half:])
    lines = arguments.errors.read_text(encoding="utf-8").splitlines()
    errors, wrong = samples_of_errors(lines, model, confusion)
    threshold, report = measured(errors, wrong, clean, characters)
    sys.stdout.write("\n".join(report) + "\n")
    weights, bias = trained(errors, clean)
    stored = {"threshold": threshold, "bias": bias, "weights": weights}
    (_DATA / "weights.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    write_counts(counted([*texts, *held_out]), _DATA)


def _tables() -> dict[str, Any]:
    tables = json.loads((_DATA / "characters.json").read_text(encoding="utf-8"))
    return {"sounds": tables["sounds"], "shapes": tables["shapes"]}


if __name__ == "__main__":
    main()
