"""The objects of an OFD page as they are drawn: characters, paths and pictures, in millimetres of the page.

GB/T 33190-2016: 8.5 (colours), 9 (paths), 10 (pictures), 11 (text). An object's own
coordinates go through its CTM (x' = a x + c y + e, y' = b x + d y + f), then stand from the upper
left corner of its Boundary; y goes downwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.ingest.ofd.document import Box, Resources, box_of, numbers
from gongbao.ingest.xml import Element, children, find, local, text_of

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Rgba = tuple[int, int, int, int]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
BLACK: Rgba = (0, 0, 0, 255)
_WIDTH = 0.353  # of a line, where none is said
_NARROW = 0.5  # em: the advance of a character that is not full-width, where none is said
_DEPTH = 12  # of blocks in blocks
_NUMBERS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # of each operator of a path
MAX_OBJECTS = 200_000
_WIDE = (("\u2e80", "\ua960"), ("\uf900", "\ufaff"), ("\uff01", "\uff61"), ("\U00020000", "\U00040000"))


@dataclass(frozen=True, slots=True)
class OfdChar:
    """`x`, `y`: where its baseline begins, in the object's space; `advance` along the line, `down` across it."""

    text: str
    x: float
    y: float
    advance: float
    down: bool = False


@dataclass(frozen=True, slots=True)
class TextItem:
    """`matrix`: object → page; `size` in the object's space; `turn`: degrees that each character is turned by;
    `glyphs`: place of a character → its glyph in the font, where that is told."""

    chars: tuple[OfdChar, ...]
    matrix: Matrix
    size: float
    font: str
    bold: bool
    color: Rgba
    turn: int = 0
    stretch: float = 1.0
    glyphs: tuple[tuple[int, int], ...] = ()
    watermark: bool = False


@dataclass(frozen=True, slots=True)
class PathItem:
    """`outlines`: sub-paths as points on the page and whether they bend. `fill`, `stroke`: None where not so drawn."""

    outlines: tuple[tuple[tuple[Point, ...], bool], ...]
    fill: Rgba | None
    stroke: Rgba | None
    width: float


@dataclass(frozen=True, slots=True)
class ImageItem:
    """`picture`: its part; `corners`: upper left and lower right on the page."""

    picture: str
    corners: tuple[Point, Point]


Item = TextItem | PathItem | ImageItem


def apply(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    (x0, y0), (x1, y1), (x2, y2) = apply(then, (e, f)), apply(then, (e + a, f + b)), apply(then, (e + c, f + d))
    return x1 - x0, y1 - y0, x2 - x0, y2 - y0, x0, y0


@dataclass(frozen=True, slots=True)
class _Around:
    """What the object stands in."""

    resources: Resources
    matrix: Matrix = IDENTITY
    watermark: bool = False
    param: Element | None = None


def items_of(content: Element, resources: Resources) -> Iterator[Item]:
    """A page's or template's own objects, from back to front."""
    around = _Around(resources)
    layers = [layer for block in children(content, "Content") for layer in children(block, "Layer")]
    for layer in layers:
        yield from _objects(layer, _Around(resources, param=_param(layer, around)), _DEPTH)


def items_of_annotations(root: Element, resources: Resources) -> Iterator[Item]:
    for annotation in children(root, "Annot"):
        if annotation.get("Visible", "true").lower() == "false":
            continue
        appearance = find(annotation, "Appearance")
        if appearance is not None:
            box = box_of(appearance.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
            moved = (1.0, 0.0, 0.0, 1.0, box[0], box[1])
            yield from _objects(appearance, _Around(resources, moved, annotation.get("Type") == "Watermark"), _DEPTH)


def _objects(block: Element, around: _Around, depth: int) -> Iterator[Item]:
    for element in list(block)[:MAX_OBJECTS]:
        if element.get("Visible", "true").lower() == "false":
            continue
        match local(element):
            case "TextObject":
                if item := _text(element, around):
                    yield item
            case "PathObject":
                yield _path(element, around)
            case "ImageObject":
                yield _image(element, around)
            case "PageBlock" if depth:
                yield from _objects(element, around, depth - 1)


def _matrix(element: Element, around: _Around) -> Matrix:
    box: Box = box_of(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    own = numbers(element.get("CTM"))
    a, b, c, d, e, f = own if len(own) == 6 else IDENTITY
    return times((a, b, c, d, e + box[0], f + box[1]), around.matrix)


# --- colours


def _param(element: Element, around: _Around) -> Element | None:
    found = around.resources.params.get(element.get("DrawParam", ""))
    return around.param if found is None else found


def _said(element: Element, around: _Around, name: str, depth: int = 4) -> Element | None:
    """A child of the object, else of its way to draw, else of what that builds on."""
    found = find(element, name)
    param = _param(element, around)
    if found is not None or param is None or param is element or not depth:
        return found
    base = around.resources.params.get(param.get("Relative", ""))
    return _said(param, _Around(around.resources, param=base), name, depth - 1)


def _color(element: Element, around: _Around, name: str) -> Rgba:
    said = _said(element, around, name)
    alpha = _alpha(element)
    if said is None or not said.get("Value"):
        return (0, 0, 0, alpha)
    values = [_component(word) for word in said.get("Value").split()]
    kind = around.resources.spaces.get(said.get("ColorSpace", ""), "")
    red, green, blue = _rgb(values, kind)
    return red, green, blue, min(alpha, _alpha(said))


def _alpha(element: Element) -> int:
    return max(0, min(255, int(numbers(element.get("Alpha", "255"))[0]))) if element.get("Alpha") else 255


def _component(word: str) -> int:
    """255, or #ff."""
    try:
        value = int(word[1:], 16) if word.startswith("#") else int(float(word))
    except ValueError:
        return 0
    return max(0, min(255, value))


def _rgb(values: list[int], kind: str) -> tuple[int, int, int]:
    if kind == "CMYK" or len(values) == 4:
        c, m, y, k = (values + [0] * 4)[:4]
        return tuple((255 - v) * (255 - k) // 255 for v in (c, m, y))  # type: ignore[return-value]
    if kind == "GRAY" or len(values) == 1:
        return (values[0],) * 3
    red, green, blue = (values + [0] * 3)[:3]
    return red, green, blue


# --- text


def _text(element: Element, around: _Around) -> TextItem | None:
    size = numbers(element.get("Size"))[0] if element.get("Size") else 0.0
    stretch = numbers(element.get("HScale"))[0] if element.get("HScale") else 1.0
    chars = tuple(_chars(element, size, stretch))
    if not chars or size <= 0:
        return None
    font = around.resources.fonts.get(element.get("Font", ""))
    weight = numbers(element.get("Weight"))[0] if element.get("Weight") else 400.0
    turn = int(numbers(element.get("CharDirection"))[0]) if element.get("CharDirection") else 0
    bold = weight >= 600 or bool(font and font.bold)
    color = _color(element, around, "FillColor")
    matrix, glyphs = _matrix(element, around), tuple(_glyphs(element))
    key = element.get("Font", "")
    return TextItem(chars, matrix, size, key, bold, color, turn % 360, stretch, glyphs, around.watermark)


def _chars(element: Element, size: float, stretch: float) -> Iterator[OfdChar]:
    """Where the next runs out of distances the last one goes on; a run without a place goes on where one is known."""
    x = y = 0.0
    vertical = element.get("ReadDirection", "0") in ("90", "270")
    for code in children(element, "TextCode"):
        text = "".join(code.itertext()).strip("\r\n")
        x = numbers(code.get("X"))[0] if code.get("X") else x
        y = numbers(code.get("Y"))[0] if code.get("Y") else y
        across, down = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        for place, char in enumerate(text):
            usual = size * stretch * (1.0 if is_wide(char) else _NARROW)
            dx = _at(across, place, 0.0 if down or vertical else usual)
            dy = _at(down, place, usual if vertical and not across else 0.0)
            yield OfdChar(char, x, y, dx or dy or usual, bool(dy) and not dx)
            x, y = x + dx, y + dy


def _at(deltas: list[float], place: int, otherwise: float) -> float:
    if not deltas:
        return otherwise
    return deltas[min(place, len(deltas) - 1)]


def _deltas(text: str | None) -> list[float]:
    """3 3 1.5, or g 4 2.1 for four times 2.1."""
    words = (text or "").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < MAX_OBJECTS:
        if words[at] == "g" and at + 2 < len(words):
            count, value = numbers(f"{words[at + 1]} {words[at + 2]}")
            found.extend([value] * max(0, min(int(count), 10_000)))
            at += 3
        else:
            found.extend(numbers(words[at]))
            at += 1
    return found


def _glyphs(element: Element) -> Iterator[tuple[int, int]]:
    """One glyph for one character; glyphs that stand for several are left to the font's own map."""
    for each in children(element, "CGTransform"):
        first = int(numbers(each.get("CodePosition") or "0")[0])
        codes = int(numbers(each.get("CodeCount") or "1")[0])
        glyphs = [int(value) for value in numbers(text_of(find(each, "Glyphs")))]
        if codes == len(glyphs):
            yield from ((first + i, glyph) for i, glyph in enumerate(glyphs))


def is_wide(char: str) -> bool:
    """Ideographs, their punctuation and full-width forms."""
    return (
        "\u2e80" <= char < "\ua960"
        or "\uf900" <= char < "\ufaff"
        or "\uff01" <= char < "\uff61"
        or char >= "\U00020000"
    )


# --- paths and pictures


def _path(element: Element, around: _Around) -> PathItem:
    matrix = _matrix(element, around)
    data = text_of(find(element, "AbbreviatedData"))
    outlines = tuple((tuple(apply(matrix, p) for p in points), bent) for points, bent in _outlines(data))
    filled = element.get("Fill", "false").lower() == "true"
    drawn = element.get("Stroke", "true").lower() != "false"
    width = numbers(element.get("LineWidth"))[0] if element.get("LineWidth") else _WIDTH
    fill = _color(element, around, "FillColor") if filled else None
    stroke = _color(element, around, "StrokeColor") if drawn else None
    return PathItem(outlines, fill, stroke, width * (abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5))


def _outlines(data: str) -> Iterator[tuple[list[Point], bool]]:
    """The sub-paths; of a curve the end points of its pieces."""
    points: list[Point] = []
    bent = False
    for operator, values in _operations(data):
        if operator in "MS":
            if len(points) > 1:
                yield points, bent
            points, bent = [], False
        if operator == "C":
            points.extend(points[:1])
            continue
        bent = bent or operator in "QBA"
        points.append((values[-2], values[-1]))
    if len(points) > 1:
        yield points, bent


def _operations(data: str) -> Iterator[tuple[str, list[float]]]:
    words = data.split()
    at = 0
    while at < len(words):
        operator = words[at].upper()
        count = _NUMBERS.get(operator)
        if count is None:
            at += 1
            continue
        values = numbers(" ".join(words[at + 1 : at + 1 + count]))
        if len(values) == count:
            yield operator, values
        at += 1 + count


def _image(element: Element, around: _Around) -> ImageItem:
    """The picture fills the unit square, which the CTM makes as large as it is."""
    matrix = _matrix(element, around)
    box = box_of(element.get("Boundary"))
    if not element.get("CTM") and box:
        corners = apply(around.matrix, (box[0], box[1])), apply(around.matrix, (box[0] + box[2], box[1] + box[3]))
    else:
        corners = apply(matrix, (0.0, 0.0)), apply(matrix, (1.0, 1.0))
    return ImageItem(around.resources.pictures.get(element.get("ResourceID", ""), ""), corners)
