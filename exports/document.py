"""A Word document with real headings, repeated table headings, page numbers and a language of its own."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.parcel import repacked

BRAND, INK, SOFT, ALARM, RULE, ALARM_WASH = "0B5D4E", "16211F", "52605C", "A3241B", "D8D2C5", "FBE9E4"
_FONT = "Arial"
_WIDTH = 172
"""Millimetres between the margins of an A4 page."""

_STYLES: dict[str, tuple[float, bool, str, float, float]] = {
    "Normal": (10, False, INK, 0, 4),
    "Title": (20, True, INK, 0, 3),
    "Subtitle": (11.5, False, INK, 0, 3),
    "Heading 1": (15, True, BRAND, 20, 6),
    "Heading 2": (11.5, True, INK, 16, 4),
    "Heading 3": (8.5, True, SOFT, 9, 3),
    "List Bullet": (10, False, INK, 0, 2),
    "Footer": (8, False, SOFT, 0, 0),
}
"""Size, bold, colour, and space before and after, in points."""


class Document:
    """A document in the making. Whatever text comes in is text: it can close no tag and open none."""

    def __init__(self, *, title: str, author: str, subject: str, language: str, at: int) -> None:
        self._docx = docx.Document()
        self._stamp(title, author, subject, language, at)
        section = self._docx.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm((210 - _WIDTH) / 2)
        section.top_margin, section.bottom_margin, section.footer_distance = Mm(16), Mm(19), Mm(10)
        self._ids = {name: self._dress(name, *look) for name, look in _STYLES.items()}

    def paragraph(self, text: str = "", style: str = "Normal", *, leftwards: bool = False) -> Paragraph:
        paragraph = self._docx.add_paragraph()
        if style != "Normal":
            # By its id: asked by name, the library goes through every style for every paragraph.
            paragraph._p.style = self._ids[style]
        if leftwards:
            turn(paragraph)
        if text:
            write(paragraph, text, leftwards=leftwards)
        return paragraph

    def heading(self, text: str, level: int) -> Paragraph:
        return self.paragraph(" ".join(text.split()), f"Heading {level}")

    def new_page(self, heading: Paragraph) -> None:
        heading.paragraph_format.page_break_before = True

    def table(self, headings: Sequence[str], widths: Sequence[float], name: str) -> "Table":
        return Table(self._docx, headings, widths, name)

    def footer(self, text: str, alarm: str, page: str) -> None:
        """`page` is the sentence with {n} and {of}, which Word fills in."""
        footer = self._docx.sections[0].footer.paragraphs[0]
        footer.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        if alarm:
            write(footer, f"{alarm} · ", bold=True, colour=ALARM)
        write(footer, " ".join(text.split()) + "\t")
        for part in page.replace("{", "}").split("}"):
            if part in ("n", "of"):
                _field(footer, "PAGE" if part == "n" else "NUMPAGES")
            else:
                write(footer, part)

    def bytes(self) -> bytes:
        packed = BytesIO()
        self._docx.save(packed)
        return repacked(packed.getvalue())

    def _stamp(self, title: str, author: str, subject: str, language: str, at: int) -> None:
        known, made = self._docx.core_properties, datetime.fromtimestamp(at // 1000, UTC).replace(tzinfo=None)
        known.title, known.author, known.subject = title[:255], author[:255], subject[:255]
        known.language, known.created, known.modified = language, made, made
        known.last_modified_by, known.comments, known.revision = author[:255], "", 1
        package = self._docx.part.package
        for id, relation in list(package.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # of another document
                del package.rels[id]
        for tongue in self._docx.styles.element.iter(qn("w:lang")):
            tongue.set(qn("w:val"), language)
        # Otherwise Word opens it as a document of 2007, and says so in its title bar.
        compat = OxmlElement("w:compat")
        setting = OxmlElement("w:compatSetting")
        for key, value in (
            ("name", "compatibilityMode"),
            ("uri", "http://schemas.microsoft.com/office/word"),
            ("val", "15"),
        ):
            setting.set(qn(f"w:{key}"), value)
        compat.append(setting)
        settings = self._docx.settings.element
        for old in settings.findall(qn("w:compat")):
            settings.replace(old, compat)

    def _dress(self, name: str, size: float, bold: bool, colour: str, before: float, after: float) -> str:
        style = self._docx.styles[name]
        assert isinstance(style, ParagraphStyle)
        looks = style.element.get_or_add_rPr()
        for old in list(looks):
            looks.remove(old)
        fonts = OxmlElement("w:rFonts")
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), _FONT)
        looks.append(fonts)
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour)
        _size_of_other_scripts(looks, size)
        layout = style.paragraph_format
        properties = style.element.get_or_add_pPr()
        for old in [*properties.findall(qn("w:pBdr")), *properties.findall(qn("w:tabs"))]:
            properties.remove(old)
        layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.08
        return style.style_id


class Table:
    """A table whose heading row comes again on every page, and whose rows stay whole."""

    def __init__(
        self, document: "docx.document.Document", headings: Sequence[str], widths: Sequence[float], name: str
    ) -> None:
        self._table = document.add_table(rows=0, cols=len(headings))
        self._table.autofit = False
        self._widths = widths
        properties = self._table._tbl.tblPr
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), name)
        properties.append(caption)
        for column, width in zip(self._table.columns, widths, strict=True):
            column.width = Mm(width)
        heads = self.row(rule=BRAND, thick=8)
        for cell, heading in zip(heads, headings, strict=True):
            write(cell.paragraphs[0], heading, size=7.5, colour=SOFT)
        repeat = OxmlElement("w:tblHeader")
        self._table.rows[0]._tr.get_or_add_trPr().append(repeat)

    def row(self, rule: str = RULE, thick: int = 4, air: float = 2) -> list[_Cell]:
        """A new row with a line under it, and so many points of air above and below its words."""
        row = self._table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, self._widths, strict=True):
            cell.width = Mm(width)
            properties = cell._tc.get_or_add_tcPr()
            properties.append(_borders("w:tcBorders", ("bottom",), rule, thick))
            layout = cell.paragraphs[0].paragraph_format
            layout.space_before = layout.space_after = Pt(air)
        return list(row.cells)


def write(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool | None = None,
    colour: str = "",
    size: float = 0,
    leftwards: bool = False,
) -> Run:
    """Words in a paragraph; `leftwards` when they run from the right."""
    run = paragraph.add_run(text)
    run.bold = bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    if size:
        run.font.size = Pt(size)
    if leftwards:
        run.font.rtl = True
        run.font.complex_script = True
        run.font.cs_bold = bold
        if size:
            _size_of_other_scripts(run._r.get_or_add_rPr(), size)
    return run


def turn(paragraph: Paragraph) -> None:
    """The paragraph begins at the right."""
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def frame(paragraph: Paragraph, colour: str = BRAND, thick: int = 18, fill: str = "") -> None:
    """A line around the paragraph; around several alike one line, and one between each."""
    properties = paragraph._p.get_or_add_pPr()
    sides: Sequence[str] = ("top", "left", "bottom", "right", "between")
    properties.insert_element_before(_borders("w:pBdr", sides, colour, thick, space="6"), *_AFTER_BORDERS)
    if fill:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shade.set(qn(f"w:{key}"), value)
        properties.insert_element_before(shade, *_AFTER_SHADE)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(2)


# The order in which Word wants the properties of a paragraph; out of order it calls the file damaged.
_AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:rPr",
)
_AFTER_SHADE = ("w:tabs", "w:suppressAutoHyphens", "w:bidi", *_AFTER_BIDI)
_AFTER_BORDERS = ("w:shd", *_AFTER_SHADE)


def _borders(kind: str, sides: Sequence[str], colour: str, thick: int, space: str = "0") -> BaseOxmlElement:
    borders = OxmlElement(kind)
    for side in sides:
        line = OxmlElement(f"w:{side}")
        look: tuple[tuple[Literal["val", "sz", "space", "color"], str], ...]
        look = (("val", "single"), ("sz", str(thick)), ("space", space), ("color", colour))
        for key, value in look:
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    return borders


def _size_of_other_scripts(looks: BaseOxmlElement, size: float) -> None:
    """Arabic, Urdu and Hebrew have a size of their own."""
    element = OxmlElement("w:szCs")
    element.set(qn("w:val"), str(round(size * 2)))
    looks.insert_element_before(element, "w:highlight", "w:u", "w:rtl", "w:cs", "w:lang")


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)
