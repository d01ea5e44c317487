"""A reader of QR codes on paper, as a phone would read them: from what is black on the page alone.

It takes pages that are printed well, so it neither straightens nor corrects: one wrong module, and the words
differ. Byte mode and versions up to 10 are all that our links need.
"""

import subprocess
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from segno import consts

BLOCKS: Any = consts.ECC

Matrix = list[list[bool]]
Box = tuple[int, int, int, int]

DPI = 200
GAP = 24
"""Pixels without black between one code and the next: 3 mm."""

MASKS = (
    lambda y, x: (y + x) % 2,
    lambda y, x: y % 2,
    lambda y, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)


def read_codes(pdf: bytes, page: int) -> list[str]:
    """What the codes of a page say, from the top down and from left to right."""
    number = str(page)
    options = ["-gray", "-r", str(DPI), "-f", number, "-l", number, "-"]
    drawn = subprocess.run(["pdftoppm", *options], input=pdf, capture_output=True, check=True).stdout
    head, width, height, _, pixels = drawn[:2], *_sizes(drawn)
    assert head == b"P5"
    rows = [pixels[y * width : (y + 1) * width] for y in range(height)]
    return [decoded(_matrix(rows, box)) for box in _boxes(rows)]


def _sizes(drawn: bytes) -> tuple[int, int, int, bytes]:
    parts = drawn.split(maxsplit=4)
    width, height, most = (int(part) for part in parts[1:4])
    return width, height, most, drawn[-width * height :]


def _boxes(rows: Sequence[bytes]) -> list[Box]:
    """Where there is pure black: the words of the page are set in a softer ink."""
    found = []
    for top, bottom in _runs([0 in row for row in rows]):
        band = rows[top:bottom]
        for left, right in _runs([any(row[x] == 0 for row in band) for x in range(len(band[0]))]):
            inked = [any(value == 0 for value in row[left:right]) for row in band]
            first, last = inked.index(True), len(inked) - inked[::-1].index(True)
            found.append((left, top + first, right, top + last))
    return found


def _runs(inked: Sequence[bool]) -> list[tuple[int, int]]:
    """From and to of what is inked, over gaps that are small."""
    runs: list[tuple[int, int]] = []
    for place, is_inked in enumerate(inked):
        if not is_inked:
            continue
        if runs and place - runs[-1][1] < GAP:
            runs[-1] = runs[-1][0], place + 1
        else:
            runs.append((place, place + 1))
    return runs


def _matrix(rows: Sequence[bytes], box: Box) -> Matrix:
    left, top, right, bottom = box
    assert abs((right - left) - (bottom - top)) <= 2, "a code is square"
    # Its upper left corner begins with seven dark modules in a row.
    first = rows[top + 1][left:right]
    seven = len(next(iter([list(run) for dark, run in groupby(first, lambda value: value < 128) if dark])))
    size = round((right - left) / (seven / 7))
    size = 17 + 4 * round((size - 17) / 4)
    step = (right - left) / size

    def dark(y: int, x: int) -> bool:
        return rows[top + int((y + 0.5) * step)][left + int((x + 0.5) * step)] < 128

    return [[dark(y, x) for x in range(size)] for y in range(size)]


def decoded(matrix: Matrix) -> str:
    size = len(matrix)
    version = (size - 17) // 4
    spots = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    told = int("".join(str(int(matrix[y][x])) for y, x in spots), 2) ^ 0b101010000010010
    level, mask = told >> 13, MASKS[told >> 10 & 7]
    taken = _taken(size, version)
    bits = [matrix[y][x] != (mask(y, x) == 0) for y, x in _path(size) if (y, x) not in taken]
    words = [int("".join(map(str, map(int, bits[at : at + 8]))), 2) for at in range(0, len(bits) - 7, 8)]
    stream = "".join(f"{word:08b}" for word in _in_order(words, version, level))
    assert stream[:4] == "0100", "bytes"
    counted = 8 if version < 10 else 16
    length, start = int(stream[4 : 4 + counted], 2), 4 + counted
    said = bytes(int(stream[start + 8 * at : start + 8 * at + 8], 2) for at in range(length))
    return said.decode()


def _taken(size: int, version: int) -> set[tuple[int, int]]:
    """Modules that say how to read, and nothing else."""
    taken = {(y, x) for y in range(9) for x in range(9)}
    taken |= {(y, x) for y in range(9) for x in range(size - 8, size)}
    taken |= {(y, x) for y in range(size - 8, size) for x in range(9)}
    taken |= {(6, at) for at in range(size)} | {(at, 6) for at in range(size)}
    marks = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    for middle in {(y, x) for y in marks for x in marks} - corners:
        taken |= {(middle[0] + dy, middle[1] + dx) for dy in range(-2, 3) for dx in range(-2, 3)}
    if version >= 7:
        taken |= {(y, x) for y in range(6) for x in range(size - 11, size - 8)}
        taken |= {(y, x) for y in range(size - 11, size - 8) for x in range(6)}
    return taken


def _path(size: int) -> list[tuple[int, int]]:
    """Up and down in columns of two, from the right; the column of the timing is passed over."""
    path: list[tuple[int, int]] = []
    columns = [*range(size - 1, 6, -2), 5, 3, 1]
    for turn, right in enumerate(columns):
        ys = range(size) if turn % 2 else range(size - 1, -1, -1)
        path += [(y, x) for y in ys for x in (right, right - 1)]
    return path


def _in_order(words: list[int], version: int, level: int) -> list[int]:
    """The data of all blocks, which lie mixed like cards."""
    lengths = [block.num_data for block in BLOCKS[version][level] for _ in range(block.num_blocks)]
    blocks: list[list[int]] = [[] for _ in lengths]
    dealt = iter(words)
    for at in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if at < length:
                block.append(next(dealt))
    return [word for block in blocks for word in block]
