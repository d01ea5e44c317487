"""Cleaning and counting people's words."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from sessions.domain import text
from sessions.domain.refused import Refused

DENO = Path(sys.executable).with_name("deno")

UNCHANGED = [
    "Gŵyl ŷd yn y tŷ",
    "Więcej ławek po drodze do przychodni",
    "ویٹنگ روم میں اردو میں پوسٹر لگائیں",
    "می‌خواهم",
    "حصص للنساء فقط",
    "多在门口走走 𠀀",
    "क्षत्रिय हिन्दी",
    "👨‍👩‍👧‍👦 ❤️‍🔥 🚶🏾‍♂️ 1️⃣",
    "🏴󠁧󠁢󠁷󠁬󠁳󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇵🇱 🏴",
    "<script>alert(1)</script> {{7*7}} =1+1 javascript:x",
    "two  spaces, and\na second line\n\n\nafter a gap",
    "left‏ to right marks‎ stay",
]

# What people type: letters and marks of many scripts, emoji, joiners, spaces and line ends.
typed = st.text(
    st.one_of(
        st.sampled_from("aeé ŵŷ łę\nیںप्र多𠀀👩❤🇵🇱.,!?=<>'\u200d\ufe0f\u0301\u3099\u1100\u1161\u11a8\u00a0"),
        st.characters(categories=("L", "N", "P", "S")),
    ),
    max_size=60,
)
anything = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_characters="\0"),
        st.sampled_from("a \n\r\t\v\x85\u2028\u0301\u0316\u0344\u200b\u200d\u202e\ufeff\ufffe"),
        st.sampled_from("\U0001f3f4\U000e0067\U000e007f"),
    )
)


def refusal(rule, words):
    with pytest.raises(Refused) as refused:
        rule(words)
    return refused.value.code, refused.value.facts


@settings(max_examples=1_000)
@given(anything)
def test_cleaning_twice_is_cleaning_once(words):
    cleaned = text.clean(words)
    assert text.clean(cleaned) == cleaned


@settings(max_examples=1_000)
@given(anything)
def test_cleaned_words_are_nfc_and_hold_nothing_harmful(words):
    cleaned = text.clean(words)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert not re.search(r"\n\s*\n\s*\n\s*\n", cleaned)
    for letter in cleaned:
        assert letter == "\n" or unicodedata.category(letter) != "Cc"
        assert letter not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff"
        assert ord(letter) & 0xFFFE != 0xFFFE
        assert not 0xFDD0 <= ord(letter) <= 0xFDEF


@settings(max_examples=1_000)
@given(anything)
def test_no_letter_bears_more_than_eight_marks(words):
    run = 0
    for letter in text.clean(words):
        run = run + 1 if unicodedata.category(letter)[0] == "M" else 0
        assert run <= text.MARKS


@settings(max_examples=1_000)
@given(typed.filter(lambda words: "\n\n\n" not in words))
def test_composed_and_decomposed_spellings_are_the_same_note(words):
    assert text.clean(unicodedata.normalize("NFD", words)) == text.clean(unicodedata.normalize("NFC", words))


@pytest.mark.parametrize("words", UNCHANGED)
def test_every_script_and_emoji_stays_as_written(words):
    assert text.note(words) == words


@pytest.mark.parametrize(
    ("words", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\vb\fc\td", "a b c d"),
        ("a\x85b\u2028c\u2029d", "a\nb\nc\nd"),
        ("a\x01\x1b\x7f\x9fb", "ab"),
        ("a\ufffeb\ufdd0c\U0010ffff", "abc"),
        ("a\u202egnp.exe\u202c \u2066b\u2069", "agnp.exe b"),
        ("hello\U000e0068\U000e0069", "hello"),
        ("🏴\U000e0067\U000e0062 cut short", "🏴 cut short"),
        ("  a \n\n \n\t\n\n b  ", "a \n\n\n b"),
        ("e\u0301", "é"),
        ("Z" + "\u0301" * 500, "Ź" + "\u0301" * 7),
        ("a" + "\u0316" * 8 + "\u200d" + "\u0316" * 8 + "b", "a" + "\u0316" * 8 + "\u200db"),
    ],
)
def test_what_cleaning_does(words, cleaned):
    assert text.clean(words) == cleaned


def test_nul_and_halves_of_letters_are_refused():
    assert refusal(text.clean, "a\0b") == ("text.nul", {})
    assert refusal(text.clean, "a\ud83db") == ("text.broken", {})
    assert refusal(text.note, "\udc00") == ("text.broken", {})


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  \n\t ",
        "\u200b",
        "\u3164\u3164",
        "\u2800",
        "\u200b \u2800\u3164",
        "\ufeff",
        "\u2060\u00ad",
        "\ufe0f",
        "\x07",
    ],
)
@pytest.mark.parametrize("rule", [text.note, text.title, text.wording])
def test_words_that_no_eye_can_see_are_empty(rule, words):
    assert refusal(rule, words) == ("text.empty", {})


@pytest.mark.parametrize("words", ["?", "👍", "1️⃣", "ِک", "\U0001faea", "."])
def test_one_sign_is_enough(words):
    assert text.note(words) == words


@pytest.mark.parametrize(
    ("rule", "limit"), [(text.note, text.NOTE), (text.title, text.TITLE), (text.wording, text.WORDING)]
)
@pytest.mark.parametrize("letter", ["a", "ی", "𠀀", "e\u0301"])
def test_each_limit_is_counted_in_composed_code_points(rule, limit, letter):
    assert len(rule(letter * limit)) == limit
    assert refusal(rule, letter * (limit + 3)) == ("text.too_long", {"over": 3, "limit": limit})


def test_spaces_around_a_note_do_not_count():
    assert len(text.note(" \n" + "a" * 280 + "\n ")) == 280


def test_thirty_lines_are_a_note_and_thirty_one_are_not():
    assert text.note("\n".join("a" * 30)).count("\n") == 29
    assert refusal(text.note, "\n".join("a" * 31)) == ("text.too_many_lines", {"limit": 30})


def test_a_few_letters_out_of_kilobytes_of_marks_are_refused():
    assert refusal(text.note, "Z" + "\u0301" * 1_100) == ("text.too_big", {"limit": 2_048})
    assert text.note("a" + " " * 3_000) == "a"


def test_no_cleaned_note_is_over_two_kilobytes():
    assert len(text.note("\U0010fffd" * 280).encode()) <= text.BYTES


def test_a_title_is_one_line():
    assert text.title(" Walk \r\n\n together ") == "Walk together"


@pytest.mark.skipif(not DENO.exists(), reason="no deno beside this python")
def test_the_phone_counts_alike(tmp_path):
    words = [
        *UNCHANGED,
        "e\u0301 ŵ",
        "  a\n",
        "\u00a0a\u3000",
        "क़",
        "\u1100\u1161\u11a8",
        "👍🏽" * 100,
        "\ufeffa",
    ]
    counted = 'map((text) => [...text.normalize("NFC").trim()].length)'
    count = f"console.log(JSON.stringify({json.dumps(words)}.{counted}))"
    home = {**os.environ, "DENO_DIR": str(tmp_path), "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    run = subprocess.run([DENO, "eval", count], capture_output=True, text=True, check=True, env=home)
    assert json.loads(run.stdout) == [len(text.clean(each)) for each in words]
