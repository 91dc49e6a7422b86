"""What a question is answered with, as JSON: reading, documents, statements, deadlines, passages."""

from __future__ import annotations

from gongbao.index.models import Answer, Chip, DocumentHit, Facet, FigureView, Passage, Reading, SearchResult
from gongbao.search_api.shapes import DeadlineRecordShape, DocumentRefShape, RegionShape, Shape, TaskShape
from pydantic import Field


class ChipShape(Shape):
    kind: str
    typed: str
    meaning: str
    without: str

    @staticmethod
    def of(chip: Chip) -> ChipShape:
        return ChipShape(kind=chip.kind, typed=chip.typed, meaning=chip.meaning, without=chip.without)


class ChoiceShape(Shape):
    """One of the bodies that a name may mean, and the query that asks for it alone."""

    meaning: str
    query: str


class ReadingShape(Shape):
    """How the query was understood; each part can be taken out (`without`).

    `missing`: what was asked is judged not to be said anywhere; what is shown only comes nearest.
    """

    query: str
    intent: str
    words: str
    chips: tuple[ChipShape, ...]
    note: str | None
    missing: bool
    choices: tuple[ChoiceShape, ...]

    @staticmethod
    def of(reading: Reading) -> ReadingShape:
        return ReadingShape(
            query=reading.query,
            intent=reading.intent,
            words=reading.words,
            chips=tuple(map(ChipShape.of, reading.chips)),
            note=reading.note,
            missing=reading.missing,
            choices=tuple(ChoiceShape(meaning=choice.meaning, query=choice.query) for choice in reading.choices),
        )


class PassageShape(Shape):
    """`columns`: of a table row, the texts of its header; `items`: of a passage that ends in ：, the list under it;
    `marks`: (start, end) of the matched words in `text`."""

    document: DocumentRefShape
    text: str
    path: tuple[str, ...]
    columns: tuple[str, ...]
    items: tuple[str, ...]
    marks: tuple[tuple[int, int], ...]
    source_regions: tuple[RegionShape, ...]

    @staticmethod
    def of(passage: Passage) -> PassageShape:
        return PassageShape(
            document=DocumentRefShape.of(passage.document),
            text=passage.text,
            path=passage.path,
            columns=passage.columns,
            items=passage.items,
            marks=passage.marks,
            source_regions=RegionShape.all_of(passage.regions),
        )


class FigureShape(Shape):
    """The amounts, counts or telephone numbers asked for that one sentence prints."""

    texts: tuple[str, ...] = Field(examples=[("800元",)])
    kind: str = Field(examples=["money"])
    sentence: str = Field(examples=["每户补助800元。"])
    document: DocumentRefShape
    source_regions: tuple[RegionShape, ...]

    @staticmethod
    def of(view: FigureView) -> FigureShape:
        return FigureShape(
            texts=tuple(figure.text for figure in view.figures),
            kind=view.figures[0].kind,
            sentence=view.sentence,
            document=DocumentRefShape.of(view.document),
            source_regions=RegionShape.all_of(view.regions),
        )


class HitShape(Shape):
    """`by_meaning`: its words alone would not have brought it."""

    document: DocumentRefShape
    score: float
    genre: str | None
    subjects: tuple[str, ...]
    status: str | None
    passages: tuple[PassageShape, ...]
    why: tuple[str, ...]
    by_meaning: bool

    @staticmethod
    def of(hit: DocumentHit) -> HitShape:
        return HitShape(
            document=DocumentRefShape.of(hit.document),
            score=hit.score,
            genre=hit.genre,
            subjects=hit.subjects,
            status=hit.status,
            passages=tuple(map(PassageShape.of, hit.passages)),
            why=hit.why,
            by_meaning=hit.by_meaning,
        )


class FacetValueShape(Shape):
    value: str
    count: int


class FacetShape(Shape):
    name: str
    values: tuple[FacetValueShape, ...]

    @staticmethod
    def of(facet: Facet) -> FacetShape:
        values = tuple(FacetValueShape(value=v.value, count=v.count) for v in facet.values)
        return FacetShape(name=facet.name, values=values)


class SearchShape(Shape):
    reading: ReadingShape
    total: int
    hits: tuple[HitShape, ...]
    statements: tuple[TaskShape, ...]
    facets: tuple[FacetShape, ...]

    @staticmethod
    def of(result: SearchResult) -> SearchShape:
        return SearchShape(
            reading=ReadingShape.of(result.reading),
            total=result.total,
            hits=tuple(map(HitShape.of, result.hits)),
            statements=tuple(TaskShape.of(s.assignment, s.document) for s in result.statements),
            facets=tuple(map(FacetShape.of, result.facets)),
        )


class ReasonShape(Shape):
    """Why a document stands where it stands, a line for each sign; filled when asked to explain."""

    document: str
    why: tuple[str, ...]


class AnswerShape(Shape):
    """`id` is that of the question in a batch. `documents` are numbers, or titles where there is none."""

    id: str | None
    reading: ReadingShape
    documents: tuple[str, ...]
    statements: tuple[TaskShape, ...]
    deadlines: tuple[DeadlineRecordShape, ...]
    passages: tuple[PassageShape, ...]
    figures: tuple[FigureShape, ...]
    reasons: tuple[ReasonShape, ...]

    @staticmethod
    def of(answer: Answer, question_id: str | None = None) -> AnswerShape:
        return AnswerShape(
            id=question_id,
            reading=ReadingShape.of(answer.reading),
            documents=tuple(dict.fromkeys(hit.document.label for hit in answer.documents)),
            statements=tuple(TaskShape.of(s.assignment, s.document) for s in answer.statements),
            deadlines=tuple(DeadlineRecordShape.of_record(d.deadline, d.document) for d in answer.deadlines),
            passages=tuple(map(PassageShape.of, answer.passages)),
            figures=tuple(map(FigureShape.of, answer.figures)),
            reasons=tuple(ReasonShape(document=h.document.label, why=h.why) for h in answer.documents if h.why),
        )
