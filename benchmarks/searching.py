"""Ways to search Chinese texts in SQLite (docs/decisions/0022): instr() over folded texts, FTS5 over character pairs.

    python -m benchmarks.searching [--letters 20000] [--articles 2000] [--runs 9]

Characters follow a Zipf-like curve, as in real texts. Each way answers the same questions: at most 51 rows, the latest
first; figures are medians of wall time. `write` is for all the texts in one transaction. No goal: its figures
are what decision 0022 rests on.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

from values.folding import fold

_ALPHABET: Final = [chr(0x4E00 + number) for number in range(3000)]
_WEIGHTS: Final = [1 / (rank + 5) for rank in range(3000)]
_MOST: Final = 51


class Looking:
    """Every text is looked through."""

    name = "instr"

    def __init__(self, file: Path) -> None:
        self._database = sqlite3.connect(file)
        self._database.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, folded TEXT, text TEXT)")

    def write(self, texts: Sequence[str]) -> None:
        with self._database:
            rows = [(fold(text), text) for text in texts]
            self._database.executemany("INSERT INTO texts (folded, text) VALUES (?, ?)", rows)

    def find(self, words: Sequence[str]) -> list[int]:
        holds = " AND ".join("instr(folded, ?) > 0" for _ in words)
        rows = self._database.execute(f"SELECT id FROM texts WHERE {holds} ORDER BY id DESC LIMIT {_MOST}", words)
        return [id for (id,) in rows]


class Pairs:
    """FTS5 over neighbouring characters, each as six hexadecimal digits, so that nothing is punctuation to it."""

    def __init__(self, file: Path, detail: str) -> None:
        self.name = f"FTS5, detail={detail}"
        self._phrases = detail == "full"
        self._database = sqlite3.connect(file)
        self._database.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT)")
        options = f"content = '', detail = {detail}, tokenize = 'ascii', prefix = '6'"
        self._database.execute(f"CREATE VIRTUAL TABLE pairs USING fts5 (terms, {options})")

    def write(self, texts: Sequence[str]) -> None:
        with self._database:
            self._database.executemany("INSERT INTO texts (text) VALUES (?)", [(text,) for text in texts])
            rows = [(id, " ".join(_pairs(fold(text) + "\0"))) for id, text in enumerate(texts, 1)]
            self._database.executemany("INSERT INTO pairs (rowid, terms) VALUES (?, ?)", rows)

    def find(self, words: Sequence[str]) -> list[int]:
        query = " AND ".join(map(self._of_word, words))
        sql = f"SELECT rowid FROM pairs WHERE pairs MATCH ? ORDER BY rowid DESC LIMIT {_MOST}"
        return [id for (id,) in self._database.execute(sql, (query,))]

    def _of_word(self, word: str) -> str:
        if len(word) == 1:
            return f"{ord(word):06x}*"
        return f'"{" ".join(_pairs(word))}"' if self._phrases else " AND ".join(_pairs(word))


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=20_000)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--runs", type=int, default=9)
    asked = parser.parse_args(words)
    dice = random.Random(7)
    texts = [_letter(dice) for _ in range(asked.letters)] + [_sentences(dice, 1500) for _ in range(asked.articles)]
    dice.shuffle(texts)
    print(f"{len(texts)} texts, {sum(map(len, texts)) / 1e6:.1f} million characters")
    common, rare = _ALPHABET[0] + _ALPHABET[1], texts[5][3:5]
    questions = {
        "common": [common],
        "rare": [rare],
        "nowhere": ["\ua000\ua001"],
        "two": [common, rare],
        "one": ["\u4e00"],
    }
    print(f"{'':<20} {'write s':>8} {'MB':>6} " + " ".join(f"{name:>9}" for name in questions) + "   (ms)")
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("looking", "full", "none")]
        ways: tuple[Looking | Pairs, ...] = (Looking(files[0]), Pairs(files[1], "full"), Pairs(files[2], "none"))
        for way, file in zip(ways, files, strict=True):
            started = time.perf_counter()
            way.write(texts)
            wrote = time.perf_counter() - started
            times = [_median(partial(way.find, words), asked.runs) for words in questions.values()]
            columns = " ".join(f"{ms:>9.1f}" for ms in times)
            print(f"{way.name:<20} {wrote:>8.1f} {file.stat().st_size / 1e6:>6.1f} {columns}")
    return 0


def _pairs(text: str) -> list[str]:
    return [f"{ord(left):06x}{ord(right):06x}" for left, right in pairwise(text)]


def _median(ask: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _han(dice: random.Random, length: int) -> str:
    return "".join(dice.choices(_ALPHABET, _WEIGHTS, k=length))


def _sentences(dice: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += _han(dice, dice.randint(8, 40)) + "，"
    return text


def _letter(dice: random.Random) -> str:
    subject, reason, body = _han(dice, 18), _han(dice, 14), _han(dice, dice.choice([20, 40, 150, 150]))
    return f"{subject} jtj{dice.randrange(60)}@example.org 区教体局《{reason}》已成稿 {body}"


if __name__ == "__main__":
    sys.exit(main())
