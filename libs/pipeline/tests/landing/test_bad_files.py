from __future__ import annotations

import gzip
import random
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from landing_world import file_source, path_of, reason

from lakehouse_pipeline.problem import LakehouseError

if TYPE_CHECKING:
    from landing_world import World

    from lakehouse_pipeline.landing import Manifest

GOOD = "a,b\n1,2\n3,4\n"


def held(world: World, content: bytes | str, name: str = "bad.csv", **form: Any) -> Manifest:
    """Delivers a file that cannot be read beside a good one: it is kept whole and the good one is unharmed."""
    delivered = world.deliver(name, content)
    world.deliver("good.csv", GOOD)
    landed = {path_of(manifest): manifest for manifest in world.land(file_source(**form))}
    good, bad = landed["in/good.csv"], landed[f"in/{name}"]
    if not form:
        assert good.held is None
        assert world.payload(good) == [("1", "2"), ("3", "4")]
    assert bad.held is not None
    assert (bad.rows, bad.malformed) == (1, 1)
    (row,) = world.rows(bad)
    assert row["_rescued"] == {"reason": bad.held, "text": None, "columns": None}
    assert (row["a"], row["b"], row["_source_file"]) == (None, None, f"in/{name}")
    assert (world.landing / "things" / bad.batch / "original").read_bytes() == delivered.read_bytes()
    assert "LH2016" in world.problems()
    assert world.land(file_source(**form)) == []
    return bad


def only(world: World, content: bytes | str, columns: str = "a b", **form: Any) -> Manifest:
    world.deliver("one.csv", content)
    (manifest,) = world.land(file_source(columns, **form))
    return manifest


def test_truncated_gzip_is_held(world: World) -> None:
    noise = "".join(f"{random.Random(index).random()},x\n" for index in range(2000))
    whole = gzip.compress(("a,b\n" + noise).encode())
    assert "truncated" in str(held(world, whole[: len(whole) // 2], "bad.csv.gz").held)


@pytest.mark.parametrize("keep", [5, 12, -4])
def test_gzip_truncated_anywhere_is_held(world: World, keep: int) -> None:
    assert "truncated" in str(held(world, gzip.compress(GOOD.encode())[:keep], "bad.csv.gz").held)


def test_gzip_with_a_damaged_byte_is_held(world: World) -> None:
    content = bytearray(gzip.compress(GOOD.encode()))
    content[-6] ^= 1
    assert "damaged" in str(held(world, bytes(content), "bad.csv.gz").held)


def test_empty_file_is_held(world: World) -> None:
    assert "empty" in str(held(world, "").held)


def test_file_of_line_ends_is_held(world: World) -> None:
    assert "empty" in str(held(world, "\n\r\n\n").held)


def test_header_alone_is_a_batch_without_rows(world: World) -> None:
    manifest = only(world, "a,b\n")
    assert (manifest.rows, manifest.held) == (0, None)
    assert [column.name for column in manifest.columns] == ["a", "b"]
    assert world.rows(manifest) == []


def test_missing_column_is_null_and_reported(world: World) -> None:
    manifest = only(world, "a\n1\n")
    assert world.payload(manifest) == [("1", None)]
    assert manifest.drift.missing == ("b",)
    assert world.problems() == ["LH2018"]


def test_added_column_is_rescued_and_a_patch_is_proposed(world: World) -> None:
    manifest = only(world, "a,b,colour\n1,2,red\n3,4,\n")
    assert world.payload(manifest) == [("1", "2"), ("3", "4")]
    assert [row["_rescued"] for row in world.rows(manifest)] == [{"reason": None, "text": None, "columns": [("colour", "red")]}, None]
    assert manifest.drift.unknown == ("colour",)
    assert "- name: colour" in world.problem("LH2018")["fix"]


def test_renamed_column_is_rescued_and_both_names_are_told(world: World) -> None:
    manifest = only(world, "a,tail_number\n1,N1\n", columns="a tailnum")
    assert world.payload(manifest) == [("1", None)]
    assert world.rows(manifest)[0]["_rescued"]["columns"] == [("tail_number", "N1")]
    assert "`tail_number` looks like the new name of `tailnum`" in world.problem("LH2018")["fix"]


def test_reordered_columns_are_found_by_name(world: World) -> None:
    assert world.payload(only(world, "b,a\n2,1\n")) == [("1", "2")]
    assert world.problems() == []


def test_names_match_without_regard_to_case(world: World) -> None:
    assert world.payload(only(world, "A,B\n1,2\n")) == [("1", "2")]


@pytest.mark.parametrize("header", ["a,b,a", "a,b,A", "a,b,,"])
def test_duplicate_header_names_are_held(world: World, header: str) -> None:
    assert "twice" in str(held(world, f"{header}\n1,2,3\n").held)


def test_wrong_delimiter_is_held_and_the_right_one_is_guessed(world: World) -> None:
    reason = str(held(world, "a;b\n1;2\n").held)
    assert "none of the columns a, b" in reason
    assert "';'" in reason


def test_bytes_that_are_not_utf8_harm_their_row_only(world: World) -> None:
    manifest = only(world, b"a,b\n1,x\n2,caf\xe9\n3,\xc3\xa9\n")
    assert world.payload(manifest) == [("1", "x"), ("3", "é")]
    bad = world.rows(manifest)[1]
    assert (bad["_source_row"], bad["a"], bad["_rescued"]["text"]) == (2, None, "2,caf\\xe9")
    assert "encoding forbids, at byte 6" in str(reason(bad))
    assert manifest.malformed == 1
    assert world.problems() == ["LH2017"]


def test_other_encodings(world: World) -> None:
    assert world.payload(only(world, "a,b\nü,€\n".encode("cp1252"), encoding="cp1252")) == [("ü", "€")]


def test_utf16_is_read_where_it_is_declared(world: World) -> None:
    assert world.payload(only(world, "a,b\r\nü,€\r\n".encode("utf-16"), encoding="utf-16")) == [("ü", "€")]


def test_utf16_that_is_not_declared_is_held(world: World) -> None:
    assert "utf-8" in str(held(world, "a,b\nü,€\n".encode("utf-16")).held)


def test_bytes_that_another_encoding_forbids_harm_their_row_only(world: World) -> None:
    manifest = only(world, b"a,b\n1,\x81\n2,\xfc\n", encoding="cp1252")
    assert world.payload(manifest) == [("2", "ü")]
    assert world.rows(manifest)[0]["_rescued"]["text"] == "1,\\x81"


def test_line_of_ten_megabytes_is_a_record(world: World) -> None:
    long = "x" * 10_000_000
    manifest = only(world, f"a,b\n1,{long}\n2,y\n")
    assert [(a, len(str(b))) for a, b in world.payload(manifest)] == [("1", 10_000_000), ("2", 1)]


def test_malformed_line_of_ten_megabytes_keeps_its_text(world: World) -> None:
    manifest = only(world, f"a,b\n{'x' * 10_000_000}\n2,y\n")
    bad, good = world.rows(manifest)
    assert (len(bad["_rescued"]["text"]), reason(bad)) == (10_000_000, "has 1 field instead of 2")
    assert (good["a"], good["_source_row"]) == ("2", 2)


def test_quoted_line_end_is_part_of_the_value(world: World) -> None:
    manifest = only(world, 'a,b\n1,"x\r\ny\n\nz"\n2,w\n')
    assert world.payload(manifest) == [("1", "x\r\ny\n\nz"), ("2", "w")]
    assert [row["_source_row"] for row in world.rows(manifest)] == [1, 2]


def test_quote_that_is_never_closed_harms_its_line_only(world: World) -> None:
    manifest = only(world, 'a,b\n1,2\n3,"4\n5,6\n')
    assert world.payload(manifest) == [("1", "2"), ("5", "6")]
    assert world.rows(manifest)[1]["_rescued"]["text"] == '3,"4'


def test_binary_file_named_csv_is_held(world: World) -> None:
    assert "binary" in str(held(world, random.Random(7).randbytes(100_000)).held)


def test_byte_order_mark_is_no_part_of_the_first_name(world: World) -> None:
    assert world.payload(only(world, "\ufeffa,b\n1,2\n")) == [("1", "2")]


def test_windows_line_ends(world: World) -> None:
    assert world.payload(only(world, "a,b\r\n1,2\r\n")) == [("1", "2")]


def test_too_few_and_too_many_fields_are_malformed(world: World) -> None:
    manifest = only(world, "a,b\n1\n1,2\n1,2,3\n")
    assert [reason(row) for row in world.rows(manifest)] == ["has 1 field instead of 2", None, "has 3 fields instead of 2"]
    assert [row["_rescued"]["text"] for row in world.rows(manifest) if row["_rescued"]] == ["1", "1,2,3"]


def test_null_value_counts_only_without_quotes(world: World) -> None:
    assert world.payload(only(world, 'a,b\nNA,"NA"\n,""\n', nullValue="NA")) == [(None, "NA"), (None, None)]


def test_other_delimiter_and_quote(world: World) -> None:
    assert world.payload(only(world, "a\tb\n'x\ty'\t2\n", delimiter="\t", quote="'")) == [("x\ty", "2")]


def test_delimiter_of_several_bytes(world: World) -> None:
    assert world.payload(only(world, 'a¦b\n1¦"2¦3"\n', delimiter="¦")) == [("1", "2¦3")]


def test_file_without_header_takes_the_known_columns_in_their_order(world: World) -> None:
    manifest = only(world, "1,2\n3\n", header=False)
    assert world.payload(manifest) == [("1", "2")]
    assert manifest.malformed == 1


def test_file_without_header_and_known_columns_gets_numbered_ones(world: World) -> None:
    manifest = only(world, "1,2\n3,4\n", columns="", header=False)
    assert [column.name for column in manifest.columns] == ["_c0", "_c1"]
    assert world.payload(manifest) == [("1", "2"), ("3", "4")]


def test_without_known_columns_every_column_is_kept(world: World) -> None:
    manifest = only(world, "x,y\n1,2\n", columns="")
    assert [column.name for column in manifest.columns] == ["x", "y"]
    assert manifest.drift.unknown == ()


def test_a_source_cannot_take_the_names_of_our_own_columns(world: World) -> None:
    manifest = only(world, "x,_source_row\n1,2\n", columns="")
    (row,) = world.rows(manifest)
    assert (row["x"], row["_source_row"], row["_rescued"]["columns"]) == ("1", 1, [("_source_row", "2")])


def test_zip_of_several_members_is_one_batch(world: World) -> None:
    manifest = only(world, _zip({"x/one.csv": "a,b\n1,2\n", "two.csv": "b,a\n4,3\n", "__MACOSX/._one.csv": "\0"}))
    assert world.payload(manifest) == [("3", "4"), ("1", "2")]
    assert {row["_source_file"] for row in world.rows(manifest)} == {"in/one.csv!/x/one.csv", "in/one.csv!/two.csv"}
    assert {row["_source_row"] for row in world.rows(manifest)} == {1}


def test_zip_with_one_bad_member_is_held_whole(world: World) -> None:
    assert "empty" in str(held(world, _zip({"one.csv": "a,b\n1,2\n", "two.csv": ""}), "bad.zip").held)


def test_zip_without_members_is_held(world: World) -> None:
    assert "no file" in str(held(world, _zip({}), "bad.zip").held)


@pytest.mark.parametrize("seed", range(20))
def test_damaged_zip_never_stops_the_run(world: World, seed: int) -> None:
    content = bytearray(_zip({"one.csv": GOOD * 50, "two.csv": GOOD}))
    chance = random.Random(seed)
    for _ in range(5):
        content[chance.randrange(4, len(content))] ^= 1 << chance.randrange(8)
    world.deliver("bad.zip", bytes(content))
    world.deliver("good.csv", GOOD)
    landed = world.land(file_source())
    assert len(landed) == 2
    assert world.payload(landed[1]) == [("1", "2"), ("3", "4")]


def test_unknown_encoding_is_an_error_of_the_source(world: World) -> None:
    world.deliver("one.csv", GOOD)
    with pytest.raises(LakehouseError, match="LH2011"):
        world.land(file_source(encoding="utf-9"))
    assert world.folders() == []


def test_equal_delimiter_and_quote_are_an_error_of_the_source(world: World) -> None:
    world.deliver("one.csv", GOOD)
    with pytest.raises(LakehouseError, match="LH2012"):
        world.land(file_source(quote=","))


def _zip(members: dict[str, str]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()
