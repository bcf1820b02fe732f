"""Strict YAML: what stands there is what is meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.io.yaml_strict import YamlFile, dotted, read_yaml


def read(text: str | bytes) -> YamlFile:
    return read_yaml(text.encode() if isinstance(text, str) else text, "scenario.yaml")


def codes(text: str | bytes) -> list[tuple[str, int | None, str | None]]:
    return [(item.code, item.row, item.field) for item in read(text).problems]


def test_core_schema_values_and_lines() -> None:
    """Numbers, truth values, null, dates and texts are YAML 1.2; every key knows its line."""
    file = read(
        "a: 12\nb: -1.5e3\nc: true\nd: yes\ne:\nf: 2025-06-18T14:00\ng:\n  - '044000'\n  - {h: on}"
    )
    assert file.problems == []
    assert file.value == {
        "a": 12,
        "b": -1500.0,
        "c": True,
        "d": "yes",
        "e": None,
        "f": "2025-06-18T14:00",
        "g": ["044000", {"h": "on"}],
    }
    assert file.lines[("g", 1, "h")] == 9
    assert file.line(("g", 1, "missing")) == 9
    assert dotted(("g", 1, "h")) == "g[2].h"


def test_keys_are_always_text() -> None:
    """A vehicle id that looks like a number stays the id it is."""
    assert read("staged: {12: a, true: b}").value == {"staged": {"12": "a", "true": "b"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 8:30\n", ("yaml.quote_clock", 1, "a")),
        ("a: 1\nb: 20:30:00\n", ("yaml.quote_clock", 2, "b")),
        ("a: 044000\n", ("yaml.quote_code", 1, "a")),
        ("a: .nan\n", ("number.not_finite", 1, "a")),
        ("a: -.inf\n", ("number.not_finite", 1, "a")),
        ("a: 1e999\n", ("number.not_finite", 1, "a")),
        ("a: " + "9" * 5000, ("number.not_finite", 1, "a")),
        ("a:\n  b: 1\n  b: 2\n", ("yaml.duplicate_key", 3, "a.b")),
        ("a: &x 1\n", ("yaml.anchor", 1, "a")),
        ("b: *x\n", ("yaml.alias", 1, "b")),
        ("<<: {a: 1}\n", ("yaml.merge", 1, None)),
        ("a: !!python/name:os.system x\n", ("yaml.tag", 1, "a")),
        ("a: 1\n---\nb: 2\n", ("yaml.several_documents", 2, None)),
        ("%YAML 1.1\n---\na: 1\n", ("yaml.directive", 2, None)),
        ("a: [1, 2\n", ("yaml.syntax", 2, None)),
        ("a:\tb: 1\n", ("yaml.syntax", 1, None)),
        ("? [1]\n: 2\n", ("yaml.bad_key", 1, None)),
        ("- 1\n", ("yaml.not_a_mapping", 1, None)),
        ("a: " + "[" * 100_000, ("yaml.too_deep", 1, "a[1][1]")),
        ("", ("file.empty", None, None)),
        (b"a: \0", ("file.binary", None, None)),
        (b"a: " + b"x" * 5_000_001, ("file.too_large", None, None)),
    ],
)
def test_breaches_are_named_with_line_and_key(
    text: str | bytes, expected: tuple[str, int | None, str | None]
) -> None:
    """Each breach of strictness gives exactly one problem, at its line and key."""
    assert codes(text) == [expected]


def test_alias_bomb_is_refused_without_being_built() -> None:
    """Nested aliases that would expand to 10^9 items are refused one by one."""
    lines = ["a0: &a0 [x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    found = {code for code, _, _ in codes("\n".join(lines))}
    assert found == {"yaml.anchor", "yaml.alias"}


def test_gbk_is_read_with_a_warning() -> None:
    """A file saved as "ANSI" by Chinese Notepad is read; the warning names the encoding."""
    file = read("name: 云岭县\n".encode("gbk"))
    assert file.value == {"name": "云岭县"}
    assert [(item.code, item.severity) for item in file.problems] == [("file.encoding", "warning")]


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("ab01:-.?[]{}&*!|>%@`'\"#, \n\t~<é\x07\ufeff"), max_size=60)
)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    """Whatever stands in the file, the reader answers with a value or an error, never raises."""
    file = read(text)
    assert file.value is not None or file.problems


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    """The same for arbitrary bytes."""
    file = read(data)
    assert file.value is not None or file.problems
