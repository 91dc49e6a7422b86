"""The register of bodies: a mention in a document → the official full name, and back to all short forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from gongbao.corpus.document import Document
from gongbao.corpus.home import Home
from gongbao.corpus.register.extras import Extras
from gongbao.corpus.register.files import read_folder
from gongbao.corpus.register.guessing import guess, proposed
from gongbao.corpus.register.matching import Circumstances, Matcher
from gongbao.corpus.register.models import Basis, Body, BodyKind, Place, Resolution
from gongbao.corpus.register.national import load_national
from gongbao.corpus.register.patterns import Patterns
from gongbao.corpus.register.places import Places
from gongbao.corpus.register.scope import meant_by, names_in, says_kind

_BRACKETS = str.maketrans("()", "（）")
_QUOTES = re.compile(r"[\s“”\"'‘’「」]+")
_VAGUE = re.compile(
    r"^(?:各|有关|相关|其[他它]|所有|全[省市县区国]|所属|本级|上级|下级|当地|属地|辖区|两级|多部门|某|乡镇|镇村|街道|社区|村（|基层|"
    r"[省市县区州]{2,}(?![场政容民域中])|[省市县区]级|[省市县区]直(?!属|机关工委))|^\d|[、，；。：/]|或|各级|每个|等部门|等单位|[事案]发地|发生地|[县市乡]级人民政府|[县市乡]级政府|以上|有关|相关|[省市县区州盟旗]委[省市县区州盟旗]政府|党委和?政府|村委会|居委会|居民委员会|村民委员会|（[省居市县区州盟旗、]+）|[〔\[]|等$|[省市县区州](?:和|及|与)[省市县区州]"
)
_BESIDES = re.compile(r"（[^（）]*）$")  # 市发改委（市粮食和物资储备局）: a second name of the same body
_LONGEST = 80  # characters of a name
_LONGEST_SUCCESSION = 4
_OPENING = 400  # characters
_OCCASION = re.compile(
    r"(?:^|[^\u3400-\u9fff]|日)(?:日?在|日?向)?(?!直辖市|自治|各)([\u3400-\u9fff]{2,12}(?:第.{1,3}届)?(?:人民代表大会|人民政府))",
    re.M,
)
_TRANSMITTED = re.compile(r"《([^》]+)")  # 关于印发《云川市…方案》的通知
_CENTRAL = re.compile(r"国务院|中共中央|中央|全国|国家|中华人民共和国|[\u3400-\u9fff]{2,12}部(?:办公厅)?$")
_CENTRAL_HEADS = (
    "国家",
    "国务院",
    "中国",
    "中华人民共和国",
)  # in papers of the State Council 发展改革委 is 国家发展改革委
_REMEMBERED = 1 << 16  # resolutions kept


@dataclass(frozen=True, slots=True)
class Reader:
    """The register as one document's reader holds it; `region` is the document's place."""

    region: Place | None
    resolve: Callable[[str], Resolution | None]


class Register:
    """Shipped data plus a user's own files. Safe to share between threads once loaded."""

    def __init__(self, extras: Extras | None = None) -> None:
        self._extras = extras or Extras()
        self._places = Places()
        for place in self._extras.places:
            self._places.add(place.name, place.level, place.parent, place.short)
        self.divisions = self._places.full_names()  # all that are known, with their endings: 云川市
        self._national = load_national()
        self._matcher = Matcher(self._places, Patterns.load())
        self._resolve_cached = lru_cache(_REMEMBERED)(self._resolve)
        self._in_front = lru_cache(_REMEMBERED)(lambda text: self._places.in_front(_lead(text)))

    @staticmethod
    def load(*, extra: Path | None = None) -> Register:
        """`extra`: a folder of .toml and .csv files (HOME/register). InputError where one is wrong."""
        return Register(read_folder(extra) if extra else None)

    @staticmethod
    def of(home: Home) -> Register:
        return Register.load(extra=home.register)

    # --- places

    def region_of(self, *printed: str | None) -> Place | None:
        """The place of the first of `printed` (issuer, title, …) that begins with one."""
        for text in printed:
            found = self._in_front(text) if text else None
            if found:
                return found
        return None

    def place_of(self, document: Document) -> Place | None:
        """The place in whose name a document speaks; None for national bodies or where nothing says so.

        A speech or report has no issuer; its opening says before whose congress it was given.
        """
        opening = _OCCASION.search(document.text[:_OPENING])
        transmitted = _TRANSMITTED.search(document.title)
        return self.region_of(document.issuer, document.title, transmitted and transmitted[1], opening and opening[1])

    def place(self, name: str, near: Place | None = None) -> Place | None:
        return self._places.read(_clean(name), near)

    def places_in(self, text: str) -> tuple[Place, ...]:
        """Every place of the country that a text names, in order: 甲市和乙省 → both, where both are in the register."""
        return tuple(self._places.named_in(text))

    # --- mentions

    def resolve(self, mention: str, region: Place | None, on: date | None = None) -> Resolution | None:
        """Whom `mention` names in a document of `region`, dated `on`; None for classes and vague words.

        Without a date a body that was succeeded stays what it was.
        """
        return self._resolve_cached(mention, Circumstances(region, on))

    def within(self, document: Document) -> Reader:
        """The same for the mentions of one document: by its place, its date and the full names that it prints."""
        region = self.place_of(document)
        on = document.signed or (date(document.year, 12, 31) if document.year else None)
        central = region is None and _CENTRAL.match(document.issuer or document.title) is not None
        around = Circumstances(region, on, names_in(document.text, region), _clean(document.text), central)
        return Reader(region, lru_cache(_REMEMBERED)(lambda mention: self._resolve(mention, around)))

    # --- names

    def aliases(self, name: str, region: Place | None = None) -> tuple[str, ...]:
        """All forms under which the body called `name` is printed in documents of `region`, canonical first.

        Each of them resolves to the same body there. Without a region the body's own place is taken.
        """
        around = region or self.region_of(name)
        found = self.resolve(name, around)
        if not found:
            return ()
        canonical = found.body.name
        forms = dict.fromkeys((canonical, *self._forms(found.body, around)))
        return tuple(form for form in forms if self._names(form, canonical, around))

    def _names(self, form: str, canonical: str, region: Place | None) -> bool:
        found = self.resolve(form, region)
        return found is not None and found.body.name == canonical

    def _forms(self, body: Body, region: Place | None) -> Iterator[str]:
        """Candidates: the place or 市, 县 … in front, nothing in front, the place inside; a government by its place."""
        place = self._places.read(body.region, region) if body.region else None
        if place is None:
            yield from body.short_names
            return
        if body.name == f"{place.full}人民政府":
            yield from (place.full, place.name)
        heads = dict.fromkeys((place.full, place.name, place.name[-1], *_unofficial_heads(body, place)))
        stems = dict.fromkeys(_without_place(form, place) for form in (body.name, *body.short_names))
        for stem in stems:
            yield from (stem.replace("{p}", head) if "{p}" in stem else head + stem for head in heads)
            if len(stem) > 2 and "{p}" not in stem and not stem.startswith("委"):
                yield stem

    def words(self) -> Iterator[str]:
        """Names and short names for a word segmenter: national bodies, stems, stems after 市, 县 …, places."""
        yield from dict.fromkeys((*self._extras.words(), *self._national, *self._matcher.words()))
        yield from self._places.names()

    def search(self, text: str, region: Place | None = None, limit: int = 10) -> tuple[Resolution, ...]:
        """Bodies whose name begins with, then contains, what was typed; for suggestions."""
        typed = _clean(text)
        if not typed:
            return ()
        names = [word for word in self._searchable() if typed in word]
        names.sort(key=lambda word: (not word.startswith(typed), len(word)))
        found: dict[str, Resolution] = {}
        for name in (typed, *names):
            hit = self.resolve(name, region)
            if hit and hit.basis is not Basis.SHAPE:
                found.setdefault(hit.canonical, hit)
            if len(found) == limit:
                break
        return tuple(found.values())

    def _searchable(self) -> Iterator[str]:
        yield from self._extras.words()
        yield from self._national
        yield from self._matcher.words()

    def _resolve(self, mention: str, around: Circumstances) -> Resolution | None:
        text = _clean(mention)
        if not 2 <= len(text) <= _LONGEST:
            return None
        body, basis = self._find(text, around)
        if not body and (bare := _BESIDES.sub("", text)) != text:
            return self._resolve(bare, around)
        return Resolution(mention, self._on_that_day(body, around), body, basis) if body else None

    def _find(self, text: str, around: Circumstances) -> tuple[Body | None, Basis]:
        if body := self._extras.find(text, around.region, around.on):
            return body, Basis.LOCAL
        if _VAGUE.search(text):
            return None, Basis.SHAPE
        heads = ("", *(_CENTRAL_HEADS if around.central else ()))
        if body := next((found for head in heads if (found := self._national.get(head + text))), None):
            return body, Basis.NATIONAL
        body = self._matcher.find(text, around) or self._matcher.government(text, around.region)
        meant = meant_by(text, around.scope, around.region)
        if meant and (body is None or (body.kind is BodyKind.COORDINATING and says_kind(text))):
            return proposed(meant, around.region), Basis.SCOPE
        if body:
            return body, Basis.KNOWN
        return guess(text, around.region, self._places, lambda head: self._known(head, around)), Basis.SHAPE

    def _known(self, text: str, around: Circumstances) -> Body | None:
        """Without guessing: for names that are part of a longer one."""
        return self._national.get(text) or self._matcher.find(text, around)

    def _on_that_day(self, body: Body, around: Circumstances) -> str:
        """The body's name, or that of whoever had taken over by then."""
        for _ in range(_LONGEST_SUCCESSION):
            if not (around.on and body.valid_to and body.successor and body.valid_to <= around.on):
                break
            after, _basis = self._find(body.successor, around)
            if after is None or after.name == body.name:
                return body.successor
            body = after
        return body.name


def _clean(text: str) -> str:
    return _QUOTES.sub("", unicodedata.normalize("NFKC", text)).translate(_BRACKETS)


def _unofficial_heads(body: Body, place: Place) -> tuple[str, ...]:
    """云川海关, 云川供电公司: bodies that are not the place's own go by its short name."""
    return (place.short,) if body.kind in (BodyKind.OUTPOST, BodyKind.ENTERPRISE, BodyKind.MILITARY) else ()


def _without_place(form: str, place: Place) -> str:
    return next((form.removeprefix(head) for head in (place.full, place.name) if form.startswith(head)), form)


_PREAMBLE = re.compile(
    r"^(?:\d{4}年度?)?(?:[省市县区]人民政府(?:办公[室厅])?)?(?:关于)?(?:印发|转发|批转|公布|发布|下达|调整|同意|批准|做好|成立|修改|废止|表彰)?《?"
)


def _lead(text: str) -> str:
    return _PREAMBLE.sub("", _clean(text))
