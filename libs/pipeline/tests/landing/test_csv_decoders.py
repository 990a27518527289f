from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from csv_model import read_records
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lakehouse_pipeline.landing.csv_dialect import Dialect
from lakehouse_pipeline.landing.csv_fast import whole_records
from lakehouse_pipeline.landing.csv_records import CsvReader

if TYPE_CHECKING:
    from collections.abc import Sequence

DIALECT = Dialect(b",", b'"', b"NA")

Row = tuple[str | None, ...] | str

# Text that is mostly regular CSV, so that the fast decoder has work to do, with everything that may break it.
pieces = st.one_of(
    st.sampled_from(
        ["a", "NA", ",", "\n", '"', '""', '"x"', '"x,y"', '"x\ny"', ',"NA",', '""""', "\r\n", "\r", "é", "\ufeff", " ", "\0", "1,2\n"]
    ),
    st.sampled_from(["1,2\n", '"1","2"\n', "1,\n", "x,y,z\r\n", "\n"]),
)
texts = st.lists(pieces, max_size=40).map("".join)
contents = st.one_of(
    texts.map(str.encode),
    st.tuples(texts, st.binary(min_size=1, max_size=3), texts).map(lambda three: three[0].encode() + three[1] + three[2].encode()),
    st.binary(max_size=60),
)


def decode(content: bytes, width: int, fast: bool, cuts: Sequence[int] = (), window: int = 1000) -> dict[int, Row]:
    """Every record by its number: its values, or why it is malformed."""
    edges = sorted({0, len(content), *(cut % (len(content) + 1) for cut in cuts)})
    blocks = iter([content[start:end] for start, end in pairwise(edges)])
    found: dict[int, Row] = {}
    for chunk in CsvReader(blocks, DIALECT, window).chunks([str(index) for index in range(width)], fast):
        columns = [column.to_pylist() for column in chunk.columns]
        for index, row in enumerate(chunk.rows.to_numpy().tolist()):
            assert row not in found
            found[row] = tuple(column[index] for column in columns)
        for malformed in chunk.malformed:
            assert malformed.row not in found
            found[malformed.row] = f"{malformed.reason}: {malformed.text}"
    return found


@settings(max_examples=1500, deadline=None)
@given(contents, st.integers(1, 3), st.lists(st.integers(0, 200), max_size=4), st.integers(1, 40))
@example(b'"a\n1,2\n', 2, [], 40)
@example(b'"a"b,1\n1,2\n', 2, [], 40)
@example(b"1,2\r\n3,4\r", 2, [5, 10], 40)
@example(b'""\n\n', 1, [], 40)
def test_both_decoders_agree_wherever_the_blocks_are_cut(content: bytes, width: int, cuts: list[int], window: int) -> None:
    assert decode(content, width, True, cuts, window) == decode(content, width, False)


@settings(max_examples=1500, deadline=None)
@given(contents, st.integers(1, 3))
def test_every_record_is_there_and_no_other(content: bytes, width: int) -> None:
    """Bytes are looked at as Latin-1, in which every byte is a character, so that the model needs no decoding."""
    expected = read_records(content.decode("latin-1"), ",", '"', width)
    found = decode(content, width, True)
    assert sorted(found) == list(range(1, len(expected) + 1))
    for row, record in enumerate(expected, 1):
        fields = record.fields
        raw = record.text.encode("latin-1")
        if fields is None or len(fields) != width or not _is_utf8(raw):
            assert isinstance(found[row], str)
        else:
            assert found[row] == tuple(_value(text, quoted) for text, quoted in fields)


def _value(text: str, quoted: bool) -> str | None:
    return None if text == "" or (text == "NA" and not quoted) else text.encode("latin-1").decode()


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


@settings(max_examples=300, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=6)] * width), max_size=8)
    ),
    # The module quotes a line end inside of a field only where the line end that it writes itself is made of it.
    st.sampled_from([(csv.QUOTE_MINIMAL, "\r\n"), (csv.QUOTE_ALL, "\n"), (csv.QUOTE_ALL, "\r\n"), (csv.QUOTE_ALL, "\r")]),
    st.lists(st.integers(0, 200), max_size=4),
)
def test_what_the_csv_module_writes_comes_back(table: list[tuple[str, ...]], style: tuple[Literal[0, 1], str], cuts: list[int]) -> None:
    quoting, line_end = style
    text = io.StringIO()
    csv.writer(text, quoting=quoting, lineterminator=line_end).writerows(table)
    width = len(table[0]) if table else 1
    # The module quotes a field that holds NA only where it quotes all.
    expected = [tuple(None if value == "" or (value == "NA" and quoting == csv.QUOTE_MINIMAL) else value for value in row) for row in table]
    assert decode(text.getvalue().encode(), width, True, cuts) == dict(enumerate(expected, 1))


def test_regular_text_takes_the_fast_way() -> None:
    """Were it to fall back, nothing but the speed would tell."""
    for content in (b"1,2\n3,4\n", b'"1","2"\r\n"a""b","x\ny"\r\n', "é,ü\n".encode(), b"1,2,3\n4\n\n5,6\n"):
        assert whole_records(content, False, DIALECT) == len(content)


def test_irregular_text_takes_the_careful_way() -> None:
    for content in (b'"1"2,3\n', b"1,\xff\n", b"1,2\r3,4\n", b'1,5" pipe\n', b"\xef\xbb\xbf1,2\n"):
        assert whole_records(content, True, DIALECT) == 0


def test_a_stray_quote_harms_no_other_record() -> None:
    content = b'1,2\n"3,4\n5,6\n7,"8\n'
    assert decode(content, 2, True) == {
        1: ("1", "2"),
        2: 'has text after a closing quote: "3,4',
        3: ("5", "6"),
        4: 'has a quote that is never closed: 7,"8',
    }


def test_a_quotation_without_end_is_given_up_after_the_longest_record() -> None:
    dialect = Dialect(b",", b'"', None, longest_record=50)
    blocks = iter([b'1,"open\n', *[b"2,3\n"] * 40])
    chunks = list(CsvReader(blocks, dialect).chunks(["a", "b"]))
    assert [entry.row for chunk in chunks for entry in chunk.malformed] == [1]
    assert sum(len(chunk.rows) for chunk in chunks) == 40
