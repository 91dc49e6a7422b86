"""Learning from gold: judged on documents not learnt from, kept only where it beats the rules, applied with care."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from gongbao.corpus.document import Document
from gongbao.corpus.errors import UsageError
from gongbao.corpus.home import Home
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Extraction
from gongbao.corpus.register import Register
from gongbao.corpus.register.tables import rows
from gongbao.corpus.store import Store
from gongbao.nlp import Extractor
from gongbao.nlp.learning import Models, find_candidates, load_models, write_models
from gongbao.nlp.learning.models import CANDIDATES, PARTIES, SENTENCES, TOPICS, shipped, to_json
from gongbao.nlp.learning.topics import TopicModel
from gongbao.nlp.learning.trials import card, train
from gongbao.nlp.learning.trials.folds import folds, gain
from gongbao.nlp.learning.trials.lexicon import official, without_names
from gongbao.nlp.learning.trials.ranking import average_precision
from gongbao.nlp.learning.trials.trial import CORRECTED
from gongbao.nlp.learning.units import units_of
from gongbao.nlp.learning.weights import Veto, Weights
from gongbao.nlp.learning.words import features_of, tokens_of, word_in
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import SAMPLE
from tests.nlp.writing import write

REGISTER = Register.load()
RULES = Extractor(REGISTER)


@pytest.mark.parametrize(
    ("why", "paragraph", "units"),
    [
        ("two sentences", "市水利局要抓好落实。市财政局要保障经费。", ["市水利局要抓好落实。", "市财政局要保障经费。"]),
        ("parts of one", "市水利局编制规划；市财政局安排资金。", ["市水利局编制规划；", "市财政局安排资金。"]),
        ("a bracket closes its sentence", "改造老旧管网。（市水利局负责）", ["改造老旧管网。（市水利局负责）"]),
        ("marks in brackets end nothing", "改造管网（含支管；含水表）工程。", ["改造管网（含支管；含水表）工程。"]),
        ("a bracket that never closes", "改造管网（含支管。市水利局负责。", ["改造管网（含支管。", "市水利局负责。"]),
        ("too short to state anything", "一、略。市水利局要抓好落实。", ["市水利局要抓好落实。"]),
    ],
)
def test_sentences(why: str, paragraph: str, units: list[str]) -> None:
    assert [unit.text for unit in units_of(write(paragraph))] == units, why


@given(st.lists(st.text(alphabet="市水利局要负责。；（）！\n 一", min_size=1, max_size=60), min_size=1, max_size=4))
@settings(max_examples=50)
def test_sentences_stand_in_order_and_are_the_text(paragraphs: list[str]) -> None:
    document = write(*paragraphs)
    units = units_of(document)
    assert all(unit.span.of(document.text) == unit.text for unit in units)
    assert all(one.span.end <= other.span.start for one, other in pairwise(units))


@pytest.mark.parametrize(
    ("why", "text", "tokens"),
    [
        ("a body by its kind", "市水利局要落实", ["市", "〔单位〕", "要", "落实"]),
        ("nobody in particular", "有关部门要落实", ["〔泛称〕", "要", "落实"]),
        (
            "dates, titles and figures",
            "5月底前按《节水办法》建成20处",
            ["〔时间〕", "按", "〔文件〕", "建成", "〔数〕", "处"],
        ),
    ],
)
def test_words_name_nobody(why: str, text: str, tokens: list[str]) -> None:
    assert list(tokens_of(text)) == tokens, why


def test_what_stands_beside_a_body_counts_apart() -> None:
    [unit] = units_of(write("由市水利局牵头落实。"))
    assert {"由<单", "单>牵头", "单>落实", "^由", "@paragraph", "@short"} <= set(features_of(unit))
    assert [word_in(feature) for feature in ("由<单", "单>牵头", "^由", "@short")] == ["由", "牵头", "由", "@short"]


def test_a_model_of_sentences_keeps_official_language_only() -> None:
    given = ["负责", "单>牵头", "职责", "应当", "〔单位〕", "@short", "。", "水库", "广州", "锅炉<单"]
    assert official(given) == {"负责", "单>牵头", "职责", "应当", "〔单位〕", "@short", "。"}
    assert without_names(["水库", "广州", "预算"]) == {"水库", "预算"}


@given(st.integers(5, 60))
@settings(max_examples=30)
def test_no_document_is_judged_by_what_it_taught(count: int) -> None:
    judged: list[int] = []
    for learnt, left_out in folds(range(count)):
        assert not set(learnt) & set(left_out)
        assert sorted([*learnt, *left_out]) == list(range(count))
        judged += left_out
    assert sorted(judged) == list(range(count))


@pytest.mark.parametrize(
    ("why", "differences", "sure"),
    [
        ("always better", [0.1] * 10, True),
        ("no difference", [0.0] * 10, False),
        ("better in one document only", [0.5] + [0.0] * 9, False),
        ("now better, now worse", [0.3, -0.2] * 5, False),
        ("always better, by nothing", [0.001] * 10, False),
    ],
)
def test_a_gain_must_be_more_than_chance(why: str, differences: list[float], sure: bool) -> None:
    def mean(drawn: Sequence[int]) -> float:
        return sum(differences[at] for at in drawn) / len(drawn)

    assert gain(len(differences), mean).is_sure is sure, why
    assert gain(len(differences), mean) == gain(len(differences), mean)


@pytest.mark.parametrize(
    ("why", "rows", "reached"),
    [
        ("first", [(0.9, True), (0.5, False)], 1.0),
        ("second", [(0.5, True), (0.9, False)], 0.5),
        ("equals count against", [(0.5, True), (0.5, False)], 0.5),
        ("first and third", [(0.9, True), (0.8, False), (0.7, True)], (1 + 2 / 3) / 2),
        ("none wanted", [(0.9, False)], 0.0),
    ],
)
def test_average_precision(why: str, rows: list[tuple[float, bool]], reached: float) -> None:
    assert average_precision(rows) == pytest.approx(reached), why


def test_on_the_sample_nothing_beats_the_rules(sample_home: Path) -> None:
    store = Store.open(Home(sample_home))
    one, other = (train(SAMPLE / "gold", store.texts(), RULES.extract) for _ in range(2))
    assert one == other
    assert one.models == {}
    assert one.annotated == 6
    text = card(one, date(2024, 6, 15))
    assert "没有模型优于规则" in text
    assert "2024-06-15" in text


def test_gold_of_another_corpus_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"documents\.jsonl"):
        train(tmp_path, [], RULES.extract)
    (tmp_path / "documents.jsonl").write_text('{"doc": "云政发〔2030〕1号"}\n', "utf-8")
    with pytest.raises(UsageError, match="都不在语料库里"):
        train(tmp_path, [write("市水利局要抓好落实。")], RULES.extract)


# --- corrections that the rules cannot know


BODIES = ("水利", "财政", "教育", "民政", "审计", "统计", "司法", "气象", "商务", "公安")
WRONG, RIGHT = "市{}局要加强学习。", "市{}局要牵头编制年度计划。"


def corpus() -> list[Document]:
    """Ten papers, each with a sentence that the rules read and people reject, and one that both read."""
    return [
        replace(write(WRONG.format(body), RIGHT.format(body)), id=f"d{place}", number=f"云政发〔2024〕{place}号")
        for place, body in enumerate(BODIES, 1)
    ]


def write_gold(folder: Path, documents: list[Document], subject: str = "") -> None:
    rows = [
        {
            "doc": document.number,
            "source": "text",
            "parties": [{"name": f"市{body}局", "role": "responsible", "type": "agency"}],
            "what": "牵头编制年度计划",
            "deadlines": [],
        }
        for document, body in zip(documents, BODIES, strict=True)
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "assignments.jsonl").write_text(lines, "utf-8")
    (folder / "documents.jsonl").write_text(lines, "utf-8")
    if subject:
        (folder / "subjects.tsv").write_text("".join(f"{d.number}\t{subject}\n" for d in documents), "utf-8")


def told(extraction: Extraction) -> list[str]:
    return [task.quote for task in extraction.assignments]


def test_what_people_reject_again_and_again_is_left_out(tmp_path: Path) -> None:
    documents = corpus()
    assert len(told(RULES.extract(documents[0]))) == 2  # the rules read both
    write_gold(tmp_path, documents)
    found = train(tmp_path, documents, RULES.extract)
    winner = found.trials[0].winner
    assert winner
    assert winner.method == CORRECTED
    write_models(found.models, tmp_path / "models")
    models = load_models(tmp_path / "models")
    assert models.sentences == found.models[SENTENCES]
    unseen = write(WRONG.format("体育"), RIGHT.format("体育"))
    assert told(Extractor(REGISTER, models).extract(unseen)) == told(RULES.extract(unseen))[1:]
    assert "“职责”" in card(found, date(2024, 6, 15))


def test_subjects_that_people_give_otherwise(tmp_path: Path) -> None:
    documents = corpus()
    write_gold(tmp_path, documents, subject="国防")
    found = train(tmp_path, documents, RULES.extract)
    model = found.models[TOPICS]
    assert isinstance(model, TopicModel)
    assert Extractor(REGISTER, Models(topics=model)).extract(documents[0]).subjects == ("国防",)


def test_a_rejected_body_goes_and_its_statement_with_it() -> None:
    document = write("市水利局、市财政局要编制年度计划。")
    always = Veto(Weights(-30.0, {}), 0.5)
    some = Veto(Weights(-30.0, {"前:、": 60.0}), 0.5)
    assert told(Extractor(REGISTER, Models(parties=always)).extract(document)) == []
    [task] = Extractor(REGISTER, Models(parties=some)).extract(document).assignments
    assert [party.name for party in task.parties] == ["市财政局"]


def test_tables_are_left_to_the_rules() -> None:
    document = write([["任务", "责任单位"], ["编制年度计划", "市水利局"]])
    always = Veto(Weights(-30.0, {}), 0.5)
    extractor = Extractor(REGISTER, Models(sentences=always, parties=always))
    assert told(extractor.extract(document)) == told(RULES.extract(document)) != []


# --- models as files


TOPIC_MODEL = TopicModel(("国防", "其他"), (0.1, -0.1), {"征兵": 1.5}, {"征兵": (1.0, -1.0)})


def test_models_come_back_as_they_were_written(tmp_path: Path) -> None:
    kept = {SENTENCES: Veto(Weights(0.5, {"负责": 1.25}), 0.1), TOPICS: TOPIC_MODEL}
    write_models(dict(kept), tmp_path)
    found = load_models(tmp_path)
    assert (found.sentences, found.topics, found.parties) == (kept[SENTENCES], kept[TOPICS], None)
    assert found.candidates == shipped()
    write_models({}, tmp_path)  # what no longer wins goes
    assert load_models(tmp_path).sentences is None


def test_a_model_that_cannot_be_written_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_models({PARTIES: Veto(Weights(0.5, {"负责": 1.25}), 0.1)}, tmp_path)
    before = (tmp_path / "parties.json").read_bytes()

    def full(self: Path, text: str, encoding: str) -> int:
        self.write_bytes(text.encode(encoding)[:20])
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="no space"):
        write_models({PARTIES: Veto(Weights(0.5, {}), 0.2)}, tmp_path)
    assert (tmp_path / "parties.json").read_bytes() == before


@pytest.mark.parametrize(
    ("why", "kind", "content"),
    [
        ("empty", SENTENCES, ""),
        ("cut off", SENTENCES, to_json(Veto(Weights(0.5, {"负责": 1.25}), 0.1))[:30]),
        ("of another kind", PARTIES, to_json(Weights(0.5, {"负责": 1.25}))),
        ("no number", CANDIDATES, '{"intercept": "0.5", "features": {}}'),
        ("not a number", CANDIDATES, '{"intercept": NaN, "features": {}}'),
        ("weights for classes that are not there", TOPICS, to_json(TOPIC_MODEL).replace('"其他"', '"其他","国防"')),
        ("a pickle", SENTENCES, "\x80\x04K\x01."),
    ],
)
def test_a_damaged_model_is_told_of_and_left_aside(tmp_path: Path, why: str, kind: str, content: str) -> None:
    write_models({SENTENCES: Veto(Weights(0.5, {}), 0.1), TOPICS: TOPIC_MODEL}, tmp_path)
    (tmp_path / f"{kind}.json").write_text(content, "utf-8")
    found = load_models(tmp_path)
    [problem] = found.problems
    assert problem.file == f"{kind}.json", why
    assert "读不懂" in problem.cause
    assert found.candidates == shipped()
    left = {SENTENCES: found.sentences, PARTIES: found.parties, TOPICS: found.topics}
    assert {name for name, model in left.items() if model} == {SENTENCES, TOPICS} - {kind}


# --- the model that is shipped


def test_the_shipped_model_is_small_and_holds_words_only() -> None:
    model = shipped()
    assert model
    assert len(to_json(model).encode()) < 300_000
    words = {word_in(feature) for feature in model.features}
    assert max(len(word) for word in words if not word.startswith(("@", "〔"))) <= 4
    assert set(model.features) == official(model.features)
    names = {row["name"] for row in rows("divisions.csv")}
    places = {word for word in words if len(word) > 1 and word in names | {name[:-1] for name in names}}
    assert places <= {"会同", "合作", "振兴"}  # ordinary words that are also names


@pytest.mark.parametrize(
    ("why", "states", "states_nothing"),
    [
        ("a duty against a purpose", "市水利局负责编制规划，组织实施。", "为落实节水责任，制定本方案。"),
        ("a list of duties", "市气象局：负责监测预报，及时通报雨情。", "附表：云川市降水量统计情况表。"),
        ("named against nobody", "市财政局要安排专项资金，加强监管。", "有关单位要提高认识，加强学习。"),
        ("a seat", "办公室设在市应急管理局，承担日常工作。", "全市降水量较上年下降，水质明显改善。"),
    ],
)
def test_the_shipped_model_knows_what_looks_like_a_statement(why: str, states: str, states_nothing: str) -> None:
    model = shipped()
    assert model
    odds = [model.odds(features_of(units_of(write(text))[0])) for text in (states, states_nothing)]
    assert odds[0] > odds[1], why


def test_candidates_are_likely_and_not_yet_read() -> None:
    document = write("为落实责任，制定本方案。", "市水利局负责编制规划，市财政局负责安排资金。", "全市水质明显改善。")
    model = shipped()
    assert model
    [found] = find_candidates(document, [], model)
    assert found.text.startswith("市水利局负责")
    assert document.text[found.span.start : found.span.end] == found.text
    assert find_candidates(document, [found.span], model) == ()


@pytest.mark.parametrize(
    ("why", "text"), [("one endless sentence", "市水利局要落实" * 20_000), ("never closed", "（市水利局负责" * 20_000)]
)
def test_what_is_no_sentence_is_no_candidate(why: str, text: str) -> None:
    model = shipped()
    assert model
    assert find_candidates(write(text), [], model) == (), why


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12))))
@settings(max_examples=50)
def test_no_candidate_touches_what_is_covered(places: list[tuple[int, int]]) -> None:
    document = write("市水利局负责编制规划。市财政局负责安排资金。市教育局负责宣传。市民政局负责救助。")
    covered = [Span(start, start + length) for start, length in places]
    found = find_candidates(document, covered, Weights(30.0, {}))
    assert [c.span for c in found] == [
        unit.span for unit in units_of(document) if not any(unit.span.overlaps(span) for span in covered)
    ]


def test_of_many_candidates_few_are_shown() -> None:
    document = write(*[f"市水利局负责编制第{place}期规划。" for place in range(30)])
    model = shipped()
    assert model
    found = find_candidates(document, [], model)
    assert 1 < len(found) < 10
    assert [one.span for one in found] == sorted(one.span for one in found)
