"""What holds of every file: same report same bytes, no words of ours in code, and other programs open it."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace

from app.papers import DOCS
from app.wording import words
from exports import FORMATS, json_file, render
from exports.markdown_file import literal
from exports.parcel import repacked
from exports.plain import is_right_to_left, plain
from exports.saying import heard, quoted, quotes
from sessions.domain.report import Fate, Line, Reply, Report, Vote, Words
from tests.exports.reports import LABELS, POISON, afternoon, empty, notes_of, poisoned, wordy

HOUSE = Path(__file__).parents[2]
DIGESTS = """
import hashlib
from exports import FORMATS, render
from tests.exports.reports import LABELS, afternoon, poisoned
for kind in FORMATS:
    for paper in (afternoon(), poisoned(host_copy=True)):
        print(kind, hashlib.sha256(render(kind, paper, LABELS)).hexdigest())
"""
OFFICE = pytest.mark.office
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

kinds = pytest.mark.parametrize("kind", FORMATS)


def test_there_are_six_files() -> None:
    assert set(FORMATS) == {"xlsx", "docx", "pdf", "csv", "md", "json"}


@kinds
def test_the_same_report_gives_the_same_bytes(kind: str) -> None:
    assert render(kind, afternoon(), LABELS) == render(kind, afternoon(), LABELS)


def test_the_same_bytes_in_another_process_time_zone_and_order_of_hashes() -> None:
    def digests(zone: str, seed: str) -> str:
        surroundings = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [sys.executable, "-c", DIGESTS],
            cwd=HOUSE,
            env=surroundings,
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout

    here = "".join(
        f"{kind} {hashlib.sha256(render(kind, paper, LABELS)).hexdigest()}\n"
        for kind in FORMATS
        for paper in (afternoon(), poisoned(host_copy=True))
    )
    assert digests("Asia/Tokyo", "1") == digests("America/St_Johns", "2") == here


@kinds
def test_another_note_gives_other_bytes(kind: str) -> None:
    paper = afternoon()
    other = replace(paper, unplaced=(*paper.unplaced, replace(paper.unplaced[0], text="One more")))
    assert render(kind, other, LABELS) != render(kind, paper, LABELS)


@kinds
def test_poison_breaks_no_file(kind: str) -> None:
    for host_copy in (False, True):
        assert render(kind, poisoned(host_copy=host_copy), LABELS)


@kinds
def test_a_room_where_nobody_wrote_has_its_file(kind: str) -> None:
    assert render(kind, empty(), LABELS)


def test_every_kind_of_file_holds_as_many_notes_and_lines_as_the_report() -> None:
    paper = afternoon()
    rows = list(csv.DictReader(io.StringIO(render("csv", paper, LABELS).decode("utf-8-sig"))))
    assert sum(bool(row[LABELS["note"]]) for row in rows) == len(notes_of(paper))
    assert len({row[LABELS["letter"]] for row in rows} - {""}) == len(paper.lines)
    told = json.loads(render("json", paper, LABELS))
    heaps = [*told["lines"], *told["unlisted"]]
    assert sum(len(heap["words"]) for heap in heaps) + len(told["unplaced"]) + len(told["later"]) == len(
        notes_of(paper)
    )
    marked = render("md", paper, LABELS).decode()
    assert len(re.findall(r"^- [“\"]", marked, re.MULTILINE)) == len(notes_of(paper))
    assert len(re.findall(r"^### ", marked, re.MULTILINE)) == len(paper.lines)


def test_what_organisers_settled_about_a_line_is_in_every_text() -> None:
    line = replace(afternoon().lines[0], owner="Priya", first_step="Ask the PPG", review="May", help="A key")
    paper = replace(afternoon(), lines=(line,))
    for kind in ("csv", "md", "json"):
        told = render(kind, paper, LABELS).decode()
        assert all(said in told for said in ("Priya", "Ask the PPG", "May", "A key"))


def test_the_data_keeps_to_its_published_schema() -> None:
    published = json.loads((DOCS / "list.schema.json").read_text("utf-8"))
    assert published == json.loads(json.dumps(json_file.schema())), "python -m app papers writes it again"
    jsonschema.Draft202012Validator.check_schema(published)
    for paper in (afternoon(), afternoon(host_copy=True), poisoned(host_copy=True), empty()):
        jsonschema.validate(json.loads(render("json", paper, LABELS)), published)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"title": 1}, published)


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf", "csv", "md"])
@pytest.mark.poppler
def test_every_word_around_the_rooms_own_comes_from_the_words_of_its_language(
    kind: str, tmp_path: Path
) -> None:
    strange = {
        key.partition(".")[2]: sentence for key, sentence in words("en", pseudo=True).under("paper").items()
    }
    told = _read(kind, render(kind, _numbers_only(), strange), tmp_path)
    while found := re.search(r"⟦[^⟦⟧]*⟧", told):
        told = told[: found.start()] + told[found.end() :]
    assert not re.findall(r"[^\W\d_]{2,}", told.replace("KXR MTP WGD", "").replace("Arial", ""))


@pytest.mark.parametrize("text", POISON)
def test_plain_words_hold_nothing_that_a_file_may_not(text: str) -> None:
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]",
        plain(text),
    )


def test_plain_words_are_left_as_they_were_written() -> None:
    for words_ in notes_of(afternoon()):
        assert plain(words_.text) == words_.text
    assert plain("a\x0bb\r\nc\rd\u2028e") == "a b\nc\nd\ne"


@pytest.mark.parametrize(
    ("text", "way"),
    [("مشي", True), ("(1) پہلی", True), ("English مشي", False), ("123", False), ("", False), ("שלום", True)],
)
def test_words_run_the_way_of_their_first_letter(text: str, way: bool) -> None:
    assert is_right_to_left(text) is way


def test_a_sentence_that_stands_with_a_line_pushes_no_other_off_the_page() -> None:
    said = (_said("Walk\nwith us"), _said("Walk " * 80))
    line = Line("A", "Walk", "", 3, 3, (), 0, 0, 0, said, quotes=said)
    short, long = quotes(line)
    assert short == "“Walk with us”"
    assert long.endswith("Walk…”")
    assert len(long) <= 162


@pytest.mark.parametrize(
    "text",
    ["“Shall we walk?”", '"Anything counts."', "„Chodźmy”", "« Allons »", "‘Ewch’", "“Aye”.", "“چلیں”"],
)
def test_words_in_quotation_marks_get_no_second_ones(text: str) -> None:
    assert quoted(text) == text
    assert quoted(f"They said: {text} twice") == f"“They said: {text} twice”"
    line = replace(afternoon().lines[0], words=(_said(text),), quotes=(_said(text), _said(f"“{text * 80}”")))
    whole, cut = quotes(line)
    assert (whole, cut[0], cut[-2:]) == (text, "“", "…”")
    told = render("md", replace(afternoon(), lines=(line,)), LABELS).decode()
    assert f"> {literal(text)}\n" in told
    assert f"- {literal(text)} (" in told


@pytest.mark.parametrize("text", ["“Yes”, she said", "5'", "’tis late", '"', "“”", "Walk"])
def test_a_mark_that_is_not_around_all_of_it_is_none(text: str) -> None:
    assert quoted(text) == f"“{text}”"


def test_notes_that_say_the_same_are_fewer_ideas() -> None:
    line = replace(afternoon().lines[0], notes=23, people=14, worried=0, against=0, ideas=17)
    assert heard(line, afternoon(), LABELS).startswith("23 notes, 17 ideas from 14 people, at ")
    assert heard(replace(line, ideas=23), afternoon(), LABELS).startswith("23 notes from 14 people, at ")


def test_one_group_alone_is_told_in_people() -> None:
    line = replace(
        afternoon().lines[0], notes=12, people=9, groups=("Here",), unnamed=0, of=1, worried=0, against=0
    )
    paper = replace(afternoon(), people=12)
    assert heard(line, paper, LABELS) == "12 notes from 9 of 12 people"
    assert heard(replace(line, notes=0), paper, LABELS) == "Added without a note"
    several = replace(line, notes=1, people=1, of=3, worried=1, against=2)
    assert heard(several, paper, LABELS) == "1 note from 1 person, at 1 of 3 networks; 1 worried, 2 against"


def test_a_parcel_packed_again_holds_the_same_without_the_time() -> None:
    parcel = render("docx", empty(), LABELS)
    assert repacked(parcel) == parcel


@OFFICE
@pytest.mark.poppler
@pytest.mark.parametrize(
    "paper", [afternoon(host_copy=True), poisoned(host_copy=True)], ids=["afternoon", "poison"]
)
def test_libreoffice_opens_what_we_write_and_finds_every_line(paper: Report, tmp_path: Path) -> None:
    files = [tmp_path / f"list-{kind}.{kind}" for kind in ("xlsx", "docx", "csv")]
    for file in files:
        file.write_bytes(render(file.suffix[1:], paper, LABELS))
    twelve = [tmp_path / f"twelve-{times}.docx" for times in (1, 3)]
    if paper.host_copy and paper.host == "Active Valley":
        for times, file in zip((1, 3), twelve, strict=True):
            file.write_bytes(render("docx", wordy(times), LABELS))
        files += twelve
    _convert(tmp_path, "pdf", *files)
    for file in files[3:]:
        # As Word would set it: all twelve on the first page, whatever their length.
        first = _letters(_text(file.with_suffix(".pdf")).partition("\f")[0])
        assert first.count(_letters("12 worried, 11 against; 119 dots")) == 12
    for file in files[:2]:
        told = _letters(_text(file.with_suffix(".pdf")))
        for line in plain(paper).lines:
            if line.text.isascii() and len(line.text) < 200:
                assert _letters(line.text) in told
    assert files[2].with_suffix(".pdf").exists()


@OFFICE
def test_libreoffice_calculates_nothing_that_people_wrote(tmp_path: Path) -> None:
    book, table = tmp_path / "book.xlsx", tmp_path / "table.csv"
    book.write_bytes(render("xlsx", poisoned(), LABELS))
    table.write_bytes(render("csv", poisoned(), LABELS))
    _convert(tmp_path / "out", EVERY_SHEET, book)
    notes = _cells(tmp_path / "out" / f"book-{LABELS['sheet_notes']}.csv")
    formulas = [text for text in POISON if text.startswith(("=", "{", "@", "+", "-"))]
    assert set(formulas) <= notes
    assert not any(cell.startswith(("#NAME", "Err:")) for cell in notes)
    _convert(tmp_path / "out", EVERY_SHEET, table)
    [file] = (tmp_path / "out").glob("table*.csv")
    assert {f"'{text}" for text in formulas} <= _cells(file)


def _numbers_only() -> Report:
    """A report in which nobody wrote a word: whatever word is on the paper is ours."""

    def said(voice: str) -> Words:
        return Words("1", "2", "3", voice, held=True, group="4", part_of="5", same_as="31")

    small = afternoon(host_copy=True)
    words_ = (said("worry"), said("against"))
    line = replace(small.lines[0], text="6", pile="7", groups=("8",), words=words_, worried=1, against=1)
    line = replace(line, levels=("9",), senses=("10",), audiences=("staff",), area="11", route="policy")
    must = replace(small.essentials[0], text="25", why="26", letters=(), notes=2, do=1, could=2, not_here=3)
    line = replace(line, owner="12", first_step="13", review="14", help="15", essential=True, quick=True)
    line = replace(line, ideas=1, notes=2, quotes=words_)
    return replace(
        small,
        title="16",
        aim="17",
        host="18",
        date="19",
        kept_until="20",
        noun=replace(small.noun, one="21", many="22"),
        groups=tuple(replace(group, name="23") for group in small.groups),
        lines=(replace(line, letter="1"), replace(line, letter="2", notes=0, words=())),
        unlisted=(replace(small.unlisted[0], title="24", words=(said("for"),)),),
        unplaced=(said("for"),),
        later=(said("for"),),
        essentials=(
            replace(must, letters=("1", "2"), words=words_, reasons=("30",)),
            replace(must, words=(), reasons=()),
        ),
        coverage=tuple(
            replace(cell, board="27", zone="28", notes=place) for place, cell in enumerate(small.coverage)
        ),
        mark="29",
        vote=Vote(32, 33),
        replies=tuple(
            Reply("34", letters, tuple(Fate(why, words_, "1", title) for why, title in FATES), few, held)
            for letters, few, held in (((), True, 1), (("1",), False, 39), (("1", "2"), False, 0))
        ),
    )


FATES = (("line", "35"), ("pile", "36"), ("pile", ""), ("unplaced", ""), ("later", ""))


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx", "csv", "md", "json"])
def test_owners_late_notes_and_what_was_said_of_the_day_are_in_every_format(
    kind: str, tmp_path: Path
) -> None:
    parked = replace(_said("Who pays for this?"), owner="Sam by June")
    report = replace(
        afternoon(),
        unplaced=(replace(_said("A shelter at the stop"), late=True),),
        later=(parked,),
        reflections=(_said("The lunch was good"),),
    )
    told = _letters(_read(kind, render(kind, report, LABELS), tmp_path))
    for said in ("A shelter at the stop", "Who pays for this?", "Sam by June", "The lunch was good"):
        assert _letters(said) in told
    marks = ['"late": true', '"reflections": ['] if kind == "json" else [LABELS["reflections"]]
    if kind in ("docx", "pdf", "md"):
        marks.append(LABELS["late"])
    for mark in marks:
        assert _letters(mark) in told


def _read(kind: str, content: bytes, folder: Path) -> str:
    """The words of a file, as text."""
    if kind == "xlsx":
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(content))
        cells = [str(cell.value or "") for sheet in book for row in sheet for cell in row]
        return "\n".join([*book.sheetnames, *cells])
    if kind == "docx":
        import docx

        document = docx.Document(io.BytesIO(content))
        told = [paragraph.text for paragraph in document.paragraphs]
        told += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join(told)
    if kind == "pdf":
        (folder / "list.pdf").write_bytes(content)
        return _text(folder / "list.pdf")
    return content.decode("utf-8-sig")


def _said(text: str, *, held: bool = False, voice: str = "for") -> Words:
    return Words(text=text, board="Matrix", zone="One person", voice=voice, held=held)


def _convert(target: Path, kind: str, *files: Path) -> None:
    """With a profile of its own, so that several may run at once."""
    profile = target / "profile"
    office = shutil.which("soffice")
    assert office is not None
    convert = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    done = subprocess.run(
        [*convert, "--outdir", target, *files], capture_output=True, check=True, timeout=100, text=True
    )
    assert "Error" not in done.stderr


def _text(file: Path) -> str:
    done = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True, text=True)
    return done.stdout


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def _cells(file: Path) -> set[str]:
    return {cell for row in csv.reader(io.StringIO(file.read_text("utf-8"))) for cell in row}
