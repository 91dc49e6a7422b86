"""A page of an OFD file as a picture: near enough to the print to see where the words stand.

Text is set in the embedded font where that knows the character, else in a Chinese font of the
system; where there is none, an empty box stands for each character.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from gongbao.corpus.errors import InputError, NotFound
from gongbao.corpus.names import shown
from gongbao.ingest.archives import open_archive
from gongbao.ingest.ofd.container import Container
from gongbao.ingest.ofd.content import ImageItem, OfdChar, PathItem, Point, TextItem, apply
from gongbao.ingest.ofd.document import POINTS, Box, OfdPage, read_document
from gongbao.ingest.ofd.read import page_items
from PIL import Image, ImageDraw, ImageFont

_INCH = 72.0
_MOST_PIXELS = 25_000_000
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_FAMILIES = (  # the beginnings of the names of files with a Chinese font, best first
    *("simsun", "notoserifcjk-regular", "sourcehanserif", "notosanscjk-regular", "notoserifsc", "notosanssc"),
    *("songti", "stsong", "pingfang", "fangsong", "uming", "ukai", "wqy", "droidsansfallback", "msyh"),
)
_SEAL = (200, 30, 30)
_Face = ImageFont.FreeTypeFont


def render(path: Path, page: int, dpi: int) -> tuple[Image.Image, float]:
    """The page (from 1) and its pixels per point; UsageError where there is no such page, InputError where it
    cannot be drawn."""
    with open_archive(path, shown(path)) as archive:
        ofd = Container(archive, shown(path))
        pages = read_document(ofd).pages
        if not 1 <= page <= len(pages):
            raise NotFound(f"没有第 {page} 页：该文件共 {len(pages)} 页")
        return _draw(ofd, pages[page - 1], dpi)


def _draw(ofd: Container, page: OfdPage, dpi: int) -> tuple[Image.Image, float]:
    wide, high = page.width * POINTS, page.height * POINTS
    scale = min(dpi / _INCH, (_MOST_PIXELS / max(wide * high, 1)) ** 0.5)
    picture = Image.new("RGB", (max(1, math.ceil(wide * scale)), max(1, math.ceil(high * scale))), "white")
    sheet = _DrawnSheet(picture, scale * POINTS, ofd, page)
    for item in page_items(ofd, page):
        if isinstance(item, TextItem):
            sheet.text(item)
        elif isinstance(item, PathItem):
            sheet.path(item)
        else:
            sheet.image(item)
    sheet.seals(page.seals)
    return picture, scale


@dataclass(slots=True)
class _DrawnSheet:
    """`scale`: pixels per millimetre."""

    picture: Image.Image
    scale: float
    ofd: Container
    page: OfdPage
    faces: dict[tuple[str, int], _Face | None] = field(default_factory=dict)

    def path(self, item: PathItem) -> None:
        pen = ImageDraw.Draw(self.picture, "RGBA")
        for points, _ in item.outlines:
            corners = [self._at(point) for point in points]
            if item.fill:
                pen.polygon(corners, fill=item.fill)
            if item.stroke:
                pen.line(corners, fill=item.stroke, width=max(1, round(item.width * self.scale)))

    def image(self, item: ImageItem) -> None:
        (x0, y0), (x1, y1) = (self._at(corner) for corner in item.corners)
        left, top, right, bottom = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        size = (max(1, round(right - left)), max(1, round(bottom - top)))
        if size[0] * size[1] > _MOST_PIXELS:
            return
        try:
            with Image.open(io.BytesIO(self.ofd.read(item.picture))) as found:
                drawn = found.convert("RGBA").resize(size)
        except (OSError, ValueError, InputError, Image.DecompressionBombError):
            ImageDraw.Draw(self.picture).rectangle([left, top, right, bottom], outline="grey")
            return
        self.picture.paste(drawn, (round(left), round(top)), drawn)

    def seals(self, seals: Iterable[Box]) -> None:
        pen = ImageDraw.Draw(self.picture)
        for x, y, width, height in seals:
            (left, top), (right, bottom) = self._at((x, y)), self._at((x + width, y + height))
            pen.ellipse([left, top, right, bottom], outline=_SEAL, width=3)
            face = self._face("", max(6, round((right - left) / 6)))
            if face:
                pen.text(((left + right) / 2, (top + bottom) / 2), "电子印章", fill=_SEAL, font=face, anchor="mm")

    def text(self, item: TextItem) -> None:
        a, b, c, d, _, _ = item.matrix
        pixels = max(1, round(item.size * math.hypot(c, d) * self.scale))
        if pixels > max(self.picture.size):
            return
        lean = math.degrees(math.atan2(b, a)) + item.turn
        pen = ImageDraw.Draw(self.picture, "RGBA")
        for char in item.chars:
            if char.text.isspace() or not char.text.isprintable():
                continue
            place = self._at(apply(item.matrix, (char.x, char.y)))
            face = self._face_for(item.font, pixels, char)
            if face is None:
                pen.rectangle([place[0], place[1] - pixels * 0.8, place[0] + pixels * 0.8, place[1]], outline="grey")
            elif abs(lean) < 1:
                pen.text(place, char.text, fill=item.color, font=face, anchor="ls")
            else:
                self._leaning(char.text, place, lean, face, item)

    def _leaning(self, text: str, place: Point, lean: float, face: _Face, item: TextItem) -> None:
        """The character on a tile with its place in the middle, turned."""
        side = 2 * int(face.size) + 2
        tile = Image.new("RGBA", (2 * side, 2 * side))
        ImageDraw.Draw(tile).text((side, side), text, fill=item.color, font=face, anchor="ls")
        turned = tile.rotate(-lean, resample=Image.Resampling.BILINEAR)
        self.picture.paste(turned, (round(place[0]) - side, round(place[1]) - side), turned)

    def _face_for(self, font: str, pixels: int, char: OfdChar) -> _Face | None:
        face = self._face(font, pixels)
        if face is not None and _has(face, char.text):
            return face
        return self._face("", pixels)

    def _face(self, font: str, pixels: int) -> _Face | None:
        """The embedded font; for "" or where it cannot be used, the system's."""
        if (font, pixels) not in self.faces:
            self.faces[font, pixels] = self._opened(font, pixels)
        return self.faces[font, pixels]

    def _opened(self, font: str, pixels: int) -> _Face | None:
        known = self.page.resources.fonts.get(font)
        if known and known.part:
            with suppress(OSError, InputError, ValueError):
                return ImageFont.truetype(io.BytesIO(self.ofd.read(known.part)), pixels)
        system = _system_font()
        return ImageFont.truetype(system, pixels) if system else None

    def _at(self, point: Point) -> Point:
        return point[0] * self.scale, point[1] * self.scale


def _has(face: _Face, char: str) -> bool:
    """What a font does not know it draws like a character that no font has."""
    return face.getmask(char).getbbox() is not None and bytes(face.getmask(char)) != bytes(face.getmask("\uffff"))


@lru_cache(maxsize=1)
def _system_font() -> str | None:
    files = list(_font_files())
    for family in _FAMILIES:
        for file in files:
            if file.name.lower().replace(" ", "").startswith(family):
                return str(file)
    return None


def _font_files() -> Iterator[Path]:
    for folder in map(Path, _FOLDERS):
        if (place := folder.expanduser()).is_dir():
            yield from (file for file in sorted(place.rglob("*")) if file.suffix.lower() in (".ttf", ".ttc", ".otf"))
