"""Bodies in questions and filters: found in a text, and turned into the keys they are indexed under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import DocumentRef
from gongbao.corpus.register import Basis, Place, Register, Resolution
from gongbao.index.analysis import key
from gongbao.index.classes import NO_NAME, find_classes, is_known, printed_as
from gongbao.index.engine import Engine, Keyword
from gongbao.index.filters import BodyKeys
from gongbao.index.query.patterns import post
from gongbao.index.schema import EntryKind, Field

_LONGEST, _SHORTEST = 20, 2  # characters of a body's name in a question
_HAN = re.compile(r"[\u4e00-\u9fff（）()]{2,}")
_SURE = frozenset({Basis.LOCAL, Basis.NATIONAL, Basis.KNOWN})
# How the names of bodies end; 部门 and 单位 are classes, and are read as such elsewhere.
_ENDS = re.compile(
    r"(?:海关|[局委办厅部署院会社队所站团处行司校馆心府协联处台场]|公司|集团|组|公安|法院|检察|消防|银行|工会)$"
)
_MOST_PLACES = _LOOKED_AT = 50
_LONGEST_PERSON = 4  # characters of a person's name


class Bodies:
    """What the register knows of bodies, in the places whose gazettes are indexed."""

    def __init__(self, engine: Engine, register: Register) -> None:
        self._engine = engine
        self._register = register

    def places(self) -> tuple[Place, ...]:
        """The places whose bodies issued the documents of the index, those with most documents first."""
        issuers = self._engine.terms(EntryKind.DOCUMENT, Field.ISSUER, size=_MOST_PLACES)
        found = (self._register.region_of(issuer.value) for issuer in issuers)
        return tuple(dict.fromkeys(place for place in found if place))

    def places_in(self, text: str) -> tuple[Place, ...]:
        """Places that a text names, wherever it names them."""
        return self._register.places_in(text)

    def place_of(self, ref: DocumentRef) -> Place | None:
        """In whose name a document speaks; None for the whole country's bodies."""
        return self._register.region_of(ref.issuer, ref.title)

    def find(self, text: str) -> tuple[tuple[Span, str], ...]:
        """Bodies named in a question, the longest name first, then classes of bodies; a place alone is none."""
        places = self.places() or (None,)
        spans = [span for span in _candidates(text) if not self._is_place(span.of(text), places)]
        printed = self._printed({key(span.of(text)) for span in spans})
        known = [s for s in spans if key(s.of(text)) in printed or self._is_body(s.of(text), places)]
        single = [span for span in known if not printed_as(span.of(text))]
        classes = [span for span in find_classes(text) if not any(span.overlaps(body) for body in single)]
        classes = [span for span in classes if is_known(span.of(text)) or self._printed(set(printed_as(span.of(text))))]
        found = (*sorted(single, key=_longest_first), *sorted(classes, key=_longest_first))
        return tuple((span, span.of(text)) for span in found)

    def keys(self, name: str) -> BodyKeys:
        """All keys of the body that a name means in any of the places, and the name itself as printed.

        A class of bodies has those of every way in which it is printed.
        """
        if ways := printed_as(name):
            return BodyKeys(ways, ways)
        names = {key(name), *self._with_post(name)}
        official = (*self.canonical(name), *self.successors(name))
        return BodyKeys(tuple(sorted({key(canonical) for canonical in official} | names)), tuple(names))

    def canonical(self, name: str) -> tuple[str, ...]:
        """The official full names that a name may mean, by place; () where the register knows none."""
        return tuple(dict.fromkeys(one.canonical for one in self._resolved(name)))

    def successors(self, name: str) -> tuple[str, ...]:
        """Who took over the work of those: 环保局 → 云川市生态环境局. Documents printed since then mean these."""
        return tuple(dict.fromkeys(one.body.successor for one in self._resolved(name) if one.body.successor))

    def aliases(self, canonical: Iterable[str]) -> tuple[str, ...]:
        """Every way in which these bodies are printed in the corpus."""
        wanted = tuple(key(name) for name in canonical)
        pairs = self._engine.facets(EntryKind.STATEMENT, Keyword(Field.BODY, wanted), (Field.ALIAS,), size=500)
        split = (value.value.split("\t") for facet in pairs for value in facet.values)
        return tuple(dict.fromkeys(printed for printed, full in split if key(full) in wanted))

    def issuers(self, name: str) -> tuple[str, ...]:
        """Issuers as they are printed: the name itself, and the full names that it is short for."""
        return tuple(dict.fromkeys((name, *self.canonical(name), *self.successors(name))))

    def _resolved(self, name: str) -> Iterator[Resolution]:
        found = (self._register.resolve(name, place) for place in self.places() or (None,))
        return (one for one in found if one)

    def _with_post(self, name: str) -> Iterator[str]:
        """A person is printed with the post behind the name: 李明远副市长."""
        if len(name) > _LONGEST_PERSON:
            return
        for printed in self._engine.terms(EntryKind.STATEMENT, Field.NAME, prefix=key(name), size=_LOOKED_AT):
            if post().fullmatch(printed.value.removeprefix(key(name))):
                yield printed.value

    def _is_place(self, text: str, places: tuple[Place | None, ...]) -> bool:
        return any(self._register.place(text, place) for place in places)

    def _is_body(self, text: str, places: tuple[Place | None, ...]) -> bool:
        found = (self._register.resolve(text, place) for place in places)
        return any(one is not None and one.basis in _SURE for one in found)

    def _printed(self, keys: set[str]) -> set[str]:
        """Which of these keys are names printed in the corpus."""
        if not keys:
            return set()
        query = Keyword(Field.NAME, tuple(sorted(keys)))
        found = self._engine.facets(EntryKind.STATEMENT, query, (Field.NAME,), size=10_000)
        return {value.value for facet in found for value in facet.values} & keys


def _longest_first(span: Span) -> tuple[int, int]:
    return -len(span), span.start


def _candidates(text: str) -> Iterator[Span]:
    for run in _HAN.finditer(text):
        for start in range(run.start(), run.end() - _SHORTEST + 1):
            for end in range(start + _SHORTEST, min(start + _LONGEST, run.end()) + 1):
                named = _ENDS.search(text[start:end]) and not NO_NAME.search(text[start:end])
                if named and text[end - 1 : end + 1] != "部门":  # 教育部门 is not 教育部
                    yield Span(start, end)
