"""Bodies that no list and no pattern knows: what the shape of the printed name still tells."""

from __future__ import annotations

from collections.abc import Callable

from gongbao.corpus.register import shape
from gongbao.corpus.register.models import Body, BodyKind, Level, Place
from gongbao.corpus.register.places import Places

_MAX_HEAD = 24
_LEVELS = "省市州盟县区旗"
_TOWNSHIP_ENDINGS = ("人民政府", "镇政府", "乡政府", "街道办", "街道办事处")

Known = Callable[[str], Body | None]  # a body that lists or patterns know, by name


def guess(text: str, region: Place | None, places: Places, known: Known) -> Body | None:
    """A proposed body, to be confirmed by a person; None where the name says too little."""
    if township := shape.township_body(text):
        return proposed(township, region)
    if not shape.is_organisation(text):
        return None
    name = _within(text, region, places, known) or _shaped(text, region, places)
    return proposed(name, region) if name else None


def proposed(name: str, region: Place | None) -> Body:
    level = region.level if region else Level.NATIONAL
    return Body(name, level, _kind_of(name), region=region.name if region else None)


def _kind_of(name: str) -> BodyKind:
    if name.endswith(("公司", "集团", "银行", "厂")):
        return BodyKind.ENTERPRISE
    if name.removesuffix("办公室").endswith(("领导小组", "领导组", "指挥部", "专班", "联席会议", "协调小组")):
        return BodyKind.COORDINATING
    if name.endswith(("中心", "学院", "大学", "学校", "医院", "馆", "院", "校区")):
        return BodyKind.INSTITUTION
    return BodyKind.GOVERNMENT


def _within(text: str, region: Place | None, places: Places, known: Known) -> str | None:
    """A body inside a known one: 市公安局治安支队, 国家药监局审评中心."""
    for size in range(len(text) - 2, 2, -1):
        head, rest = text[:size], text[size:]
        if not shape.is_organisation(rest) or rest[0] in "和与及" or places.read(head, region):
            continue
        if body := known(head):
            return body.name.removeprefix("中华人民共和国") + shape.expand(rest)
    return None


def _shaped(text: str, region: Place | None, places: Places) -> str | None:
    head, place = _longest_head(text, region, places)
    rest = text[len(head) :]
    if place is None:
        return _headless(text, region)
    if head == place.short:
        return shape.zone_body(text, place) or shape.expand(text)
    if shape.is_generic(rest):
        return None
    if rest[0] == "委" and len(rest) > 2:
        return f"中共{place.full}{shape.expand(rest)}"
    full = place.full if head == place.name or head in _LEVELS else head
    return full + shape.expand(rest)


def _headless(text: str, region: Place | None) -> str | None:
    if shape.is_proper(text) or text.endswith(_TOWNSHIP_ENDINGS):
        return shape.expand(text)
    if region is None or not shape.is_office(text) or shape.is_generic(text) or text[0] in _LEVELS:
        return None
    return shape.zone_body(text, region.city or region) or region.full + shape.expand(text)


def _longest_head(text: str, region: Place | None, places: Places) -> tuple[str, Place | None]:
    """The part of `text` that names a place: a full name, the region's short name, or 市, 县 …"""
    for size in range(min(len(text) - 2, _MAX_HEAD), 1, -1):
        place = places.read(text[:size], region)
        if place and (text[:size] != place.short or (region and place in region.chain())):
            return text[:size], place
    if shape.begins_with_level(text) and (place := places.read(text[0], region)):
        return text[0], place
    return "", None
