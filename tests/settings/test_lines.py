"""Where keys stand in TOML as people write it."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings.lines import Loc, key_lines

DOCUMENT = '''\
# comment with [brackets] and "quotes"
top = 1
a.b.c = "dotted"     # a comment = with [[things]]
"quoted key" = 'it''s not this'

[service]
many = [
  "one",  # ] not the end
  { x = 1, y = [2, 3] },

  """two
  lines [no.table]
  k = 1"""
]
after = true

[[bulletin]]
id = "a # not a comment"
[bulletin.mailbox]
port = 993
[[bulletin.department]]
name = "x"
[[bulletin.department]]
name = "y"
[[ bulletin ]]
[ bulletin . "mailbox" ]
port = 2022-11-08 10:00:00
'''.replace("'it''s not this'", "'it \"is'")

WHERE: list[tuple[Loc, int]] = [
    (("top",), 2),
    (("a",), 3),
    (("a", "b", "c"), 3),
    (("quoted key",), 4),
    (("service",), 6),
    (("service", "many"), 7),
    (("service", "many", 0), 8),
    (("service", "many", 1, "y", 1), 9),
    (("service", "many", 2), 11),
    (("service", "after"), 15),
    (("bulletin",), 17),
    (("bulletin", 0, "id"), 18),
    (("bulletin", 0, "mailbox", "port"), 20),
    (("bulletin", 0, "department", 1), 23),
    (("bulletin", 0, "department", 1, "name"), 24),
    (("bulletin", 1), 25),
    (("bulletin", 1, "mailbox", "port"), 27),
]


@pytest.mark.parametrize(("loc", "line"), WHERE)
def test_line_of_each_key(loc: Loc, line: int) -> None:
    assert tomllib.loads(DOCUMENT), "the document is valid"
    assert key_lines(DOCUMENT)[loc] == line


def test_only_keys_of_the_document_are_found() -> None:
    assert {loc[0] for loc in key_lines(DOCUMENT)} == {"top", "a", "quoted key", "service", "bulletin"}


def locs(value: object, above: Loc = ()) -> set[Loc]:
    """Every path in a document, as tomllib read it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = {above} if above else set()
    for step, child in inside:
        found |= locs(child, (*above, step))
    return found


KEY = st.sampled_from(["a", "b", '"q.k"', "'l#k'"])
SCALAR = st.sampled_from(["1", '"s"', "'l[1]'", '"""m\n#"\n"""', "'''m\n]'''", '"\\"]"', "true", "1979-05-27 07:32:00"])
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ", # c]\n".join(items) + "\n]"),
        st.lists(st.tuples(KEY, inner), max_size=2, unique_by=lambda pair: pair[0]).map(
            lambda pairs: "{ " + ", ".join(f"{key} = {value}" for key, value in pairs) + " }"
        ),
    ),
    max_leaves=6,
)


@given(st.lists(st.tuples(st.sampled_from(["[[t]]", "[[t.u]]", "[s]", ""]), KEY, VALUE), max_size=6))
def test_every_path_that_tomllib_reads_has_a_line(pairs: list[tuple[str, str, str]]) -> None:
    text = "".join(f"{header}\n{key} = {value}\n" for header, key, value in pairs)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = key_lines(text)
    assert locs(document) <= found.keys() | {("t",)}
    assert all(1 <= line <= text.count("\n") for line in found.values())
