"""A workbook that opens as one would have laid it out: tables, filters, widths, print set-up.

Text is always text: never a formula, a link or a number, whatever it looks like.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

from exports.parcel import repacked

BRAND, INK, SOFT, LINE, WHITE = "#0B5D4E", "#16211F", "#52605C", "#D8D2C5", "#FFFFFF"
ALARM, ALARM_WASH = "#A3241B", "#FBE9E4"

CELL = 32_767
"""What a cell holds, in UTF-16 units."""
_A4, _ON_SCREEN_TOO = 9, 2
_POINTS_A_LINE, _POINTS_MOST = 13.5, 409
_LETTERS, _BOLD_LETTERS = 1.12, 1.03
"""How many letters of a text stand, on average, where one digit of the sheet's own type would."""
_STARTS_A_FORMULA = ("=", "+", "-", "@", "{", "＝", "＋", "－", "＠")
_TEXT_IS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Column(NamedTuple):
    """`width` in characters; `bold` for what the eye looks for first."""

    label: str
    width: int
    bold: bool = False
    centred: bool = False


Row = Sequence[str | int | None]


class Book:
    """A workbook in the making; `labels` as everywhere on paper."""

    def __init__(self, labels: Mapping[str, str], title: str, author: str, subject: str, at: int) -> None:
        self._labels = labels
        self._title = title
        self._bytes = BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True, **_TEXT_IS_TEXT})
        made = datetime.fromtimestamp(at // 1000, UTC).replace(tzinfo=None)
        self._book.set_properties(
            {"title": title[:255], "author": author[:255], "subject": subject[:255], "created": made}
        )
        self._formats: dict[tuple[object, ...], Any] = {}

    def page(
        self, name: str, title: str, rows: Iterable[tuple[str, str]], alarm: tuple[str, str] | None
    ) -> None:
        """A sheet to read: what each thing is, and what it says; above all, what to take care of."""
        sheet = self._sheet(name)
        sheet.hide_gridlines(_ON_SCREEN_TOO)
        columns = [Column("", 26, bold=True), Column("", 110)]
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        sheet.set_row(0, 30)
        heading = self._format(bold=True, size=18, colour=BRAND, wrap=False)
        sheet.write_string(0, 0, self._fitting(title), heading)
        below = 2
        if alarm:
            for across, text in enumerate(alarm):
                form = self._format(bold=True, colour=ALARM, fill=ALARM_WASH)
                sheet.write_string(below, across, text, form)
            below += 2
        for down, (label, said) in enumerate(rows, below):
            text = self._fitting(said)
            sheet.set_row(down, _height([label, text], columns) + 4)
            sheet.write_string(down, 0, label, self._format(bold=True, colour=SOFT))
            sheet.write_string(down, 1, text, self._format(quote=text.startswith(_STARTS_A_FORMULA)))
        self._to_print(sheet)

    def table(
        self,
        name: str,
        id: str,
        columns: Sequence[Column],
        rows: Sequence[Row],
        frozen: int,
        printed: int = 0,
    ) -> None:
        """A sheet that is one table. Of its columns `frozen` stay in sight, and `printed` go to paper."""
        sheet = self._sheet(name)
        cells = [_pieces_most(rows, place) for place in range(len(columns))]
        headers: list[dict[str, Any]] = []
        for column, many in zip(columns, cells, strict=True):
            for _ in range(many):
                sheet.set_column(len(headers), len(headers), column.width)
                heading = self._format(
                    bold=True, colour=WHITE, fill=BRAND, middle=True, centred=column.centred
                )
                headers.append({"header": column.label, "header_format": heading})
                column = column._replace(label=self._labels["continued"].format(column=column.label))
        sheet.set_row(0, 2.4 * _POINTS_A_LINE)
        for down, row in enumerate(rows, 1):
            sheet.set_row(down, _height(row, columns))
            across = 0
            for column, many, value in zip(columns, cells, row, strict=True):
                self._write(sheet, down, across, column, value)
                across += many
        last = max(len(rows), 1)
        look = {"style": "Table Style Light 1", "description": name}
        sheet.add_table(0, 0, last, len(headers) - 1, {"name": id, "columns": headers, **look})
        sheet.freeze_panes(1, frozen)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, last, (printed or len(headers)) - 1)
        self._to_print(sheet)

    def bytes(self) -> bytes:
        self._book.close()
        return repacked(self._bytes.getvalue(), _mended)

    def _sheet(self, name: str) -> Any:
        for letter in "[]:*?/\\":
            name = name.replace(letter, " ")
        return self._book.add_worksheet(name[:31].strip("' "))

    def _write(self, sheet: Any, down: int, across: int, column: Column, value: str | int | None) -> None:
        if isinstance(value, int):
            form = self._format(bold=column.bold, centred=column.centred, ruled=True)
            sheet.write_number(down, across, value, form)
            return
        text = value or ""
        quote = text.startswith(_STARTS_A_FORMULA)
        form = self._format(bold=column.bold, centred=column.centred, ruled=True, quote=quote)
        for piece in _pieces(text):
            sheet.write_string(down, across, piece, form)
            across += 1

    def _fitting(self, text: str) -> str:
        """A text that has no cell beside it to go on in: cut, and it says so."""
        pieces = _pieces(text)
        return text if len(pieces) == 1 else pieces[0][:-200] + self._labels["cut"]

    def _to_print(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.45, right=0.45, top=0.5, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        page = self._labels["page"].replace("{n}", "&P").replace("{of}", "&N")
        title = self._title if len(self._title) <= 80 else self._title[:79] + "…"
        sheet.set_footer(f"&L{title.replace('&', '&&')} · &A&R{page}")

    def _format(
        self,
        *,
        bold: bool = False,
        size: int = 10,
        colour: str = INK,
        fill: str = "",
        wrap: bool = True,
        centred: bool = False,
        middle: bool = False,
        ruled: bool = False,
        quote: bool = False,
    ) -> Any:
        key = (bold, size, colour, fill, wrap, centred, middle, ruled, quote)
        if key not in self._formats:
            look: dict[str, object] = {"font_name": "Arial", "font_size": size, "font_color": colour}
            look |= {"bold": bold, "text_wrap": wrap, "valign": "vcenter" if middle else "top"}
            # Without it a program that edits the cell would take the text for a formula after all.
            look["quote_prefix"] = quote
            if fill:
                look["bg_color"] = fill
            if centred:
                look["align"] = "center"
            if ruled:
                look |= {"bottom": 1, "bottom_color": LINE}
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def _mended(name: str, part: bytes) -> bytes:
    """Rows as high as their words now, and free to grow with what is typed into them later."""
    return part.replace(b' customHeight="1"', b"") if name.startswith("xl/worksheets/") else part


def _pieces_most(rows: Sequence[Row], place: int) -> int:
    """How many cells the longest text of a column takes."""
    return max((len(_pieces(row[place])) for row in rows if isinstance(row[place], str)), default=1)  # type: ignore[arg-type]


def _pieces(text: str) -> list[str]:
    """A text in parts that each fit a cell; no letter is cut in two."""
    if len(text) <= CELL // 2:
        return [text]
    piece = CELL if max(text) <= "\uffff" else CELL // 2  # emoji take two units
    return [text[start : start + piece] for start in range(0, len(text), piece)]


def _height(row: Row, columns: Sequence[Column]) -> float:
    """Points that the row needs, as far as letters can be told without their font."""
    lines = 1
    for value, column in zip(row, columns, strict=True):
        if isinstance(value, str) and len(value) * 2 > column.width:
            letters = _BOLD_LETTERS if column.bold else _LETTERS
            lines = max(lines, _lines(value[:4_000], column.width * letters))
    return min(lines * _POINTS_A_LINE + 3, _POINTS_MOST)


def _lines(text: str, width: float) -> int:
    """How many lines the words take in a column."""
    lines = 0
    for paragraph in text.split("\n"):
        lines, at = lines + 1, 0.0
        for word in paragraph.split(" "):
            size = float(sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in word))
            if at and at + 1 + size > width:
                lines, at = lines + 1, 0.0
            lines, at = lines + int((at + size) // width) if size > width else lines, (at + size) % width + 1
    return lines
