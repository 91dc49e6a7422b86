"""Search by meaning: the encoder, the directions of passages on both engines, and what happens without them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from gongbao.corpus.errors import UsageError
from gongbao.corpus.register import Register
from gongbao.index.embedded.engine import EmbeddedEngine
from gongbao.index.embedded.vectors import EmbeddedVectors
from gongbao.index.engine import Engine, Everything
from gongbao.index.meaning.embed import embed
from gongbao.index.meaning.encoder import MODEL, SIZE, Encoder, NoEncoder, Vector
from gongbao.index.meaning.near import Meaning
from gongbao.index.meaning.passages import key_of
from gongbao.index.meaning.tokens import TokenVocabulary
from gongbao.index.models import Filters
from gongbao.index.schema import EntryKind, Field
from gongbao.index.service import Service
from gongbao.index.synonyms import Synonyms
from gongbao.search_api.answer_shapes import AnswerShape

from tests import builders
from tests.index import asked, sample
from tests.index.conftest import fill

TODAY = date(2024, 5, 20)
MOST_PER_PASSAGE = 600  # bytes of a direction with all that is kept of it


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def vocabulary() -> TokenVocabulary:
    return TokenVocabulary(MODEL / "vocabulary.txt")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("節水", ["[CLS]", "节", "水", "[SEP]"]),  # traditional characters are the simplified ones
        ("ＧＢ／Ｔ", ["[CLS]", "gb", "/", "t", "[SEP]"]),  # full width is half width, capitals are small
        ("playwrighting", ["[CLS]", "play", "##w", "##right", "##ing", "[SEP]"]),  # the longest piece first
        ("水😀", ["[CLS]", "水", "[UNK]", "[SEP]"]),  # no such sign: unknown, not left out
        ("水\u200b\n水", ["[CLS]", "水", "水", "[SEP]"]),  # what cannot be seen is nothing
        ("", ["[CLS]", "[SEP]"]),
    ],
)
def test_text_is_cut_as_the_encoder_learnt_it(vocabulary: TokenVocabulary, text: str, pieces: list[str]) -> None:
    tokens = (MODEL / "vocabulary.txt").read_text("utf-8").split("\n")
    assert [tokens[number] for number in vocabulary.numbers(text, 64)] == pieces


def test_a_long_text_is_cut_off_with_its_mark_of_end(vocabulary: TokenVocabulary) -> None:
    numbers = vocabulary.numbers("水" * 10_000, 512)
    assert (len(numbers), numbers[-1]) == (512, vocabulary.numbers("", 2)[1])


def test_what_means_the_same_lies_near(encoder: Encoder) -> None:
    asked, same, other = encoder.embed(
        ["老人吃饭政府给多少补贴", "老年人就餐每餐补贴3元。", "燃煤锅炉应当安装除尘设施。"]
    ).astype(float)
    assert cosine(asked, same) > cosine(asked, other) + 0.1


def test_a_text_lies_where_it_lies_alone_or_among_others(encoder: Encoder) -> None:
    """Shorter texts are filled up beside longer ones, which must not show."""
    alone, among = encoder.embed(["节水"]), encoder.embed(["节水", "加强城市排水管网清淤养护，汛期前完成。" * 5])
    assert cosine(alone[0].astype(float), among[0].astype(float)) > 0.99


@pytest.mark.parametrize("damage", ["missing", "cut", "flipped", "vocabulary"])
def test_a_model_that_is_not_whole_is_not_used(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "model"
    if damage != "missing":
        shutil.copytree(MODEL, folder)
        spoil(folder, damage)
    with pytest.raises(NoEncoder) as caught:
        Encoder(folder).check()
    assert "重新安装" in str(caught.value)


def test_a_model_that_was_whole_is_not_read_again(tmp_path: Path) -> None:
    """Every question asks whether there is one."""
    shutil.copytree(MODEL, tmp_path / "model")
    encoder = Encoder(tmp_path / "model")
    encoder.check()
    (tmp_path / "model" / "model.onnx").unlink()
    encoder.check()


def spoil(folder: Path, damage: str) -> None:
    model = folder / "model.onnx"
    read = bytearray(model.read_bytes())
    if damage == "flipped":
        read[len(read) // 2] ^= 1
    if damage == "vocabulary":
        (folder / "vocabulary.txt").write_text("水\n", "utf-8")
    model.write_bytes(read[:1000] if damage == "cut" else read)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("市水务局负责排水管网清淤。", True),
        ("云川市人民政府", False),  # who signs
        ("云川市人民政府办公室 2024年3月4日", True),  # not only that, but no more than a few words: kept
        ("二〇二四年三月四日", False),
        ("附件", False),
        ("关于防汛的通知", False),  # the title once more
    ],
)
def test_what_says_nothing_of_its_own_has_no_direction(text: str, says: bool) -> None:
    assert bool(key_of("关于防汛的通知", "云川市人民政府", text)) is says


# --- what keeps the directions, on both engines


def rows(count: int, seed: int = 1) -> Vector:
    return np.random.default_rng(seed).integers(-127, 128, (count, SIZE)).astype(np.int8)


def keys(count: int, first: int = 0) -> list[str]:
    return [f"{number * 7919:016x}" for number in range(first + 1, first + count + 1)]


def test_directions_are_kept_and_found(engine: Engine) -> None:
    vectors, own = engine.vectors("one"), rows(50)
    assert (vectors.count(), vectors.nearest(own[0], 5), vectors.missing(keys(2))) == (0, [], keys(2))
    vectors.add(keys(30), own[:30])
    vectors.add(keys(20, 30), own[30:])
    assert (vectors.count(), vectors.missing([*keys(51), *keys(3)])) == (50, keys(1, 50))
    (first, value), (second, less), *_ = vectors.nearest(own[40], 5)
    assert (first, round(value, 2)) == (keys(1, 40)[0], 1.0)
    assert second in keys(50)
    assert less < 0.5
    among = [found for found, _ in vectors.nearest(own[40], 5, keys(3))]
    assert sorted(among) == sorted(keys(3))
    assert engine.vectors("another").count() == 0


def test_what_is_no_longer_wanted_is_forgotten_once_it_is_much(engine: Engine) -> None:
    vectors, own = engine.vectors("one"), rows(50)
    vectors.add(keys(50), own)
    vectors.keep(keys(30))
    assert vectors.count() == 50  # few
    vectors.keep(keys(10))
    assert vectors.count() == 10
    assert vectors.nearest(own[3], 1)[0][0] == keys(1, 3)[0]
    vectors.add(keys(1, 60), own[49:])
    assert vectors.nearest(own[49], 1)[0][0] == keys(1, 60)[0]


def test_a_killed_writer_leaves_nothing_that_counts(tmp_path: Path) -> None:
    vectors, own = EmbeddedVectors(tmp_path, "one"), rows(3)
    vectors.add(keys(2), own[:2])
    for name in ("values", "signs"):  # a row stands in two of three files, and half of it in the third
        with (tmp_path / "one" / "0001" / name).open("ab") as file:
            file.write(b"\1" * 700)
    with (tmp_path / "one" / "0001" / "keys").open("ab") as file:
        file.write(b"\1\2\3")
    again = EmbeddedVectors(tmp_path, "one")
    assert again.count() == 2
    again.add(keys(1, 2), own[2:])
    assert [again.nearest(row, 1)[0][0] for row in own] == keys(3)
    size = sum(file.stat().st_size for file in (tmp_path / "one" / "0001").iterdir())
    assert size / 3 <= MOST_PER_PASSAGE


def test_signs_find_what_values_find() -> None:
    """Of texts, which lie near each other, the nearest by value are among the candidates by sign."""
    from gongbao.index.embedded.vectors import _candidates, _cosines

    chance = np.random.default_rng(3)
    near = chance.normal(size=SIZE) + chance.normal(size=(5_000, 24)) @ chance.normal(size=(24, SIZE)) / 4
    own = np.clip(np.rint(near / np.abs(near).max(axis=1, keepdims=True) * 127), -127, 127).astype(np.int8)
    signs = np.packbits(own > 0, axis=1).view(np.uint64)
    found = 0
    for at in range(20):
        best = set(np.argsort(-_cosines(own, own[at]))[:20].tolist())
        found += len(best & set(_candidates(signs, own[at], 500).tolist()))
    assert found >= 0.95 * 400


# --- the stage, and questions


@pytest.fixture
def told(own: Engine, register: Register, encoder: Encoder) -> tuple[Engine, Service]:
    """The small corpus with its directions."""
    embed(own, encoder)
    return own, Service(own, register, Synonyms.load(), Meaning(own, encoder))


def test_embedding_does_what_is_left_to_do(own: Engine, encoder: Encoder) -> None:
    steps: list[tuple[int, int, str]] = []
    first = embed(own, encoder, progress=lambda *step: steps.append(step))
    assert (first.added, steps[-1][0] <= steps[-1][1]) == (first.passages, True)
    assert embed(own, encoder).added == 0
    fill(own, sample.many(3))
    again = embed(own, encoder)
    assert 0 < again.added == again.passages - first.passages


def test_meaning_finds_what_no_word_does(told: tuple[Engine, Service]) -> None:
    _, service = told
    hits = service.search("骑公共单车要花钱吗", today=TODAY, explain=True).hits
    assert "自行车" in hits[0].document.title
    assert any(why.startswith("语义相近") for why in hits[0].why)


def test_filters_hold_for_meaning_too(told: tuple[Engine, Service]) -> None:
    _, service = told
    hits = service.search("大雨来了怎么办", Filters(year=2023), today=TODAY).hits
    assert hits
    assert {hit.document.signed and hit.document.signed.year for hit in hits} == {2023}


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("股票开户要满多少岁", True),  # nothing of the kind is said anywhere
        ("月球探测器由哪个部门发射", True),  # nor here; no bodies are named for it
        ("夜间摊位由哪个部门管", True),  # much like 占道食品摊贩 in meaning, of which no word is asked
        ("骑公共单车要花钱吗", False),
        ("公共自行车", False),  # a word that stands there
        ("海南的公共自行车怎么收费", True),  # a place of which nothing speaks
        ("2031年公共自行车怎么收费", True),  # a year of which nothing speaks
        ("今年公共自行车怎么收费", False),  # any document's year may be this one
    ],
)
def test_what_is_not_said_is_said_not_to_be(told: tuple[Engine, Service], question: str, missing: bool) -> None:
    answer = told[1].ask(question, today=TODAY)
    assert answer.reading.missing is missing
    assert bool(answer.reading.note and answer.reading.note.startswith("没有找到所问的内容")) is missing
    assert not (missing and answer.statements)


def test_a_row_of_figures_is_found_by_its_header(own: Engine, register: Register, encoder: Encoder) -> None:
    """It says too little to lie anywhere; what speaks of the matter without the figure lies near."""
    document = builders.document(
        "老旧货车报废后，车主到所在地交通运输部门申领报废补助资金。",
        "经认定的报废机动车回收企业拆解老旧货车，并向车主开具回收证明。",
        "老旧货车报废补助标准见下表。",
        number="云政办发〔2024〕21号",
        title="云川市老旧货车报废补助办法",
        rows=[["车辆类型", "2011年登记", "2013年登记"], ["重型货车", "0.85", "1.90"], ["中型货车", "0.40", "1.20"]],
    )
    fill(own, [sample.Filed(document, sample.extraction(document))])
    embed(own, encoder)
    service = Service(own, register, Synonyms.load(), Meaning(own, encoder))
    passages = service.ask("2013年登记的重型货车报废补多少钱", today=TODAY).passages
    assert passages[0].text == "重型货车\t0.85\t1.90"


@pytest.mark.parametrize("question", ["x" * 900, "пожар в лесу", "\u200b水😀", "水" * 1000, "ก็"])
def test_any_question_is_answered(told: tuple[Engine, Service], question: str) -> None:
    told[1].ask(question, today=TODAY)


@pytest.mark.parametrize("question", ["😀😀", "？！…", "水" * 10_000])
def test_what_cannot_be_asked_is_said(told: tuple[Engine, Service], question: str) -> None:
    with pytest.raises(UsageError):
        told[1].ask(question, today=TODAY)


@pytest.mark.parametrize("state", ["no model", "nothing embedded", "another version", "half", "not the newest"])
def test_without_directions_words_answer(
    own: Engine, register: Register, encoder: Encoder, tmp_path: Path, state: str
) -> None:
    used = Encoder(tmp_path / "nowhere") if state == "no model" else encoder
    if state == "another version":
        own.vectors("an older model").add(keys(3), rows(3))
    if state == "half":
        embed_some(own, encoder)
    if state == "not the newest":
        embed(own, encoder)
        fill(own, sample.many(3))
    words = Service(own, register, Synonyms.load()).search("汛期排水管网清淤", today=TODAY)
    meaning = Meaning(own, used)
    found = Service(own, register, Synonyms.load(), meaning).search("汛期排水管网清淤", today=TODAY)
    assert [hit.document.id for hit in found.hits] == [hit.document.id for hit in words.hits]
    assert [hit.score for hit in found.hits] == [hit.score for hit in words.hits]
    assert meaning.state().missing


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("汛期排水管网清淤", "只按词语检索（尚未运行 gongbao embed）"),
        (
            "火星基地建设",
            "没有找到，可换个说法再试；只按词语检索（尚未运行 gongbao embed）",
        ),  # beside what else is said
        ("云政发〔2024〕10号", None),  # a number has no meaning
        ("2024年6月到期的任务", None),  # no words are looked for
    ],
)
def test_an_answer_by_words_alone_says_why(
    own: Engine, register: Register, encoder: Encoder, question: str, told: str | None
) -> None:
    service = Service(own, register, Synonyms.load(), Meaning(own, encoder))
    assert service.ask(question, today=TODAY).reading.note == told
    assert service.search(question, today=TODAY).reading.note == told


def test_where_meaning_is_looked_at_no_note_says_otherwise(told: tuple[Engine, Service]) -> None:
    assert told[1].ask("汛期排水管网清淤", today=TODAY).reading.note is None


def embed_some(engine: Engine, encoder: Encoder) -> None:
    """As a run that was killed leaves it: directions of a few passages, and no mark that all have one."""
    values = (
        value for facet in engine.facets(EntryKind.PASSAGE, Everything(), (Field.MEANING,)) for value in facet.values
    )
    known = [value.value for value in values][:3]
    engine.vectors(encoder.version).add(known, encoder.embed(["汛期排水管网清淤"] * len(known)))


def test_how_far_embedding_got_is_told(own: Engine, encoder: Encoder) -> None:
    """Also while the same process goes on reading: a server does not start anew for each index."""
    meaning = Meaning(own, encoder)
    passages = meaning.state().passages
    assert (meaning.state().ready, bool(meaning.state().missing), passages > 3) == (0, True, True)
    embed_some(own, encoder)
    assert (meaning.state().ready, meaning.state().passages, bool(meaning.state().missing)) == (3, passages, True)
    embed(own, encoder)
    assert (meaning.state().ready, meaning.state().missing) == (passages, None)
    fill(own, sample.many(3))
    late = meaning.state()
    assert (late.ready, bool(late.missing), late.passages > passages) == (passages, True, True)
    embed(own, encoder)
    assert meaning.state().missing is None
    fill(own, sample.many(3))  # the same once more
    assert meaning.state().missing is None


SAME = [
    "公共自行车归哪个部门管",
    "骑公共单车要花钱吗",
    "汛期排水管网清淤什么时候完成",
    "谁负责防汛，什么时候完成",
    "市城管局2024年要做什么",
    "6月底前要完成什么",
    "股票开户要满多少岁",
    "云政发〔2024〕10号",
    "2023—2024年防汛任务",
]


SHOWN = 5  # passages: Elasticsearch's nearest are approximate, of forty that are alike it may pass some over


@pytest.mark.elasticsearch
def test_a_question_has_one_answer_on_both_engines(
    tmp_path: Path, elastic: Engine, register: Register, encoder: Encoder
) -> None:
    embedded = EmbeddedEngine(tmp_path / "embedded")
    answers = []
    for engine in (embedded, elastic):
        fill(engine, [*sample.filed(), *asked.corpus()])
        embed(engine, encoder)
        service = Service(engine, register, Synonyms.load(), Meaning(engine, encoder))
        answers.append([AnswerShape.of(service.ask(question, today=TODAY)) for question in SAME])
    ours, theirs = (
        [answer.model_copy(update={"passages": answer.passages[:SHOWN]}) for answer in own] for own in answers
    )
    assert ours == theirs
    assert [answer.reading.missing for answer in answers[0]] == [question.startswith("股票") for question in SAME]
    embedded.close()


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))
