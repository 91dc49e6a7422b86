"""The encoder tuned to mark bodies with their roles (torch), and written as an ONNX file with weights of eight bits."""

from __future__ import annotations

import json
import math
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import onnx
import torch
from gongbao.corpus.language.genres import genre_of
from gongbao.nlp.reader.marker import ROLES, folded
from gongbao.nlp.reader.windows import Sizes, windows_of
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from bench.reader.gold import GoldPaper


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """`quiet`: share of windows without a mark that an epoch takes; `task_weight`: of the eighth output's loss."""

    epochs: int = 4
    batch: int = 16
    rate: float = 2e-4
    head_rate: float = 1e-3
    warm: float = 0.1
    quiet: float = 0.4
    task_weight: float = 0.3
    places: int = 256


_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
_TAGS = 2 * len(ROLES) + 1
_LAYERS, _WIDE, _HEADS = 4, 512, 8
_NONE = -100  # a character that carries no mark


@dataclass(frozen=True, slots=True)
class TrainingRow:
    ids: list[int]
    tags: list[int]
    begins: list[int]


# --- characters


def characters(tokenizer: Path) -> dict[str, int]:
    """Single characters that the encoder knows, with its own numbers; a line break and a tab take unused ones."""
    vocabulary: dict[str, int] = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    known = {"\n": vocabulary["[unused1]"], "\t": vocabulary["[unused2]"]}
    known |= {char: number for char, number in vocabulary.items() if len(char) == 1}
    return {name: vocabulary[name] for name in _SPECIAL} | known


def rows_of(paper: GoldPaper, places: dict[str, int]) -> Iterator[TrainingRow]:
    """Windows as the product cuts them; `places`: the number of each character in the small model."""
    tag: dict[int, int] = {}
    for mark in paper.marks:
        begins = 1 + 2 * [role.value for role in ROLES].index(mark.role)
        tag |= {at: begins + (at > mark.start) for at in range(mark.start, mark.end)}
    starts = set(paper.begins)
    text = paper.document.text
    for window in windows_of(paper.document, genre_of(paper.document.title), Sizes()):
        ids = [places["[CLS]"], *(_number(char, places) for char in window.above), places["[SEP]"]]
        row = TrainingRow(ids, [_NONE] * len(ids), [0] * len(ids))
        for piece in window.pieces:
            span = range(piece.start, piece.end)
            row.ids.extend((*(_number(text[at], places) for at in span), places["\n"]))
            row.tags.extend((*(tag.get(at, 0) for at in span), _NONE))
            row.begins.extend((*(int(at in starts) for at in span), 0))
        yield row


def _number(char: str, places: dict[str, int]) -> int:
    return places["[SEP]"] if char == "‖" else places.get(folded(char), places["[UNK]"])


# --- the encoder: BERT with 4 layers, 512 wide


class Layer(nn.Module):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(_WIDE, _WIDE) for _ in range(4))
        self.f1, self.f2 = nn.Linear(_WIDE, 4 * _WIDE), nn.Linear(4 * _WIDE, _WIDE)
        self.n1, self.n2 = nn.LayerNorm(_WIDE, eps=1e-12), nn.LayerNorm(_WIDE, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, off: torch.Tensor) -> torch.Tensor:
        size, length, _ = x.shape
        q, k, v = (f(x).view(size, length, _HEADS, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        seen = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(_WIDE // _HEADS) + off, -1)
        x = self.n1(x + self.drop(self.o((seen @ v).transpose(1, 2).reshape(size, length, _WIDE))))
        return self.n2(x + self.drop(self.f2(nn.functional.gelu(self.f1(x)))))


class Tagger(nn.Module):  # type: ignore[misc]
    def __init__(self, characters: int, places: int) -> None:
        super().__init__()
        self.word, self.place = nn.Embedding(characters, _WIDE), nn.Embedding(places, _WIDE)
        self.kind, self.n0 = nn.Parameter(torch.zeros(_WIDE)), nn.LayerNorm(_WIDE, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(_LAYERS))
        self.drop, self.head = nn.Dropout(0.1), nn.Linear(_WIDE, _TAGS + 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = self.drop(self.n0(self.word(ids) + self.place.weight[: ids.shape[1]] + self.kind))
        off = (1 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, off.to(x.dtype))
        return self.head(self.drop(x))


_PARTS = {
    "q": "attention/self/query",
    "k": "attention/self/key",
    "v": "attention/self/value",
    "o": "attention/output/dense",
    "f1": "intermediate/dense",
    "f2": "output/dense",
}
_NORMS = {"n1": "attention.output.LayerNorm", "n2": "output.LayerNorm"}


def pretrained(encoder: Path, numbers: Sequence[int], places: int) -> Tagger:
    """The published weights; the word table, of the characters alone, stays as it is."""
    model = onnx.load(encoder)
    kept = {one.name: torch.tensor(numpy_helper.to_array(one)) for one in model.graph.initializer}
    inputs = {n.name: [x for x in n.input if x in kept] for n in model.graph.node if n.op_type == "MatMul"}
    tagger = Tagger(len(numbers), places)
    state = {
        "word.weight": kept["embeddings.word_embeddings.weight"][list(numbers)],
        "place.weight": kept["embeddings.position_embeddings.weight"][:places],
        "kind": kept["embeddings.token_type_embeddings.weight"][0],
    } | {f"n0.{part}": kept[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")}
    for at in range(_LAYERS):
        for name, part in _PARTS.items():
            matrix = kept[inputs[f"/encoder/layer.{at}/{part}/MatMul"][0]]
            state[f"layers.{at}.{name}.weight"] = matrix.T
            state[f"layers.{at}.{name}.bias"] = kept[f"encoder.layer.{at}.{part.replace('/', '.')}.bias"]
        for name, part in _NORMS.items():
            state |= {f"layers.{at}.{name}.{x}": kept[f"encoder.layer.{at}.{part}.{x}"] for x in ("weight", "bias")}
    tagger.load_state_dict(state, strict=False)
    tagger.word.weight.requires_grad = False
    return tagger


# --- training


def train(papers: Sequence[GoldPaper], encoder: Path, out: Path, settings: TrainingSettings | None = None) -> None:
    settings = settings or TrainingSettings()
    torch.manual_seed(1)
    known = characters(encoder / "bge-small-zh-v1.5-tokenizer.json")
    tagger = pretrained(encoder / "bge-small-zh-v1.5.onnx", list(known.values()), settings.places)
    places = {name: at for at, name in enumerate(known)}
    _fit(tagger, [row for paper in papers for row in rows_of(paper, places)], settings)
    _write(tagger.eval(), "".join(name for name in known if name not in _SPECIAL), out)


def _fit(tagger: Tagger, rows: Sequence[TrainingRow], settings: TrainingSettings) -> None:
    chance = random.Random(1)
    steps = settings.epochs * max(1, len(list(_epoch(rows, settings, chance))))
    heads, rest = list(tagger.head.parameters()), [p for n, p in tagger.named_parameters() if p.requires_grad]
    rest = [p for p in rest if all(p is not head for head in heads)]
    groups = [{"params": rest, "lr": settings.rate}, {"params": heads, "lr": settings.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    rise = lambda at: min((at + 1) / (steps * settings.warm + 1), max(0.01, (1 + math.cos(math.pi * at / steps)) / 2))  # noqa: E731
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rise)
    tagger.train()
    for epoch in range(settings.epochs):
        for batch in _epoch(rows, settings, chance):
            loss = _loss(tagger, batch, settings)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*heads, *rest], 1.0)
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch}: loss {loss.item():.4f}", flush=True)


def _epoch(
    rows: Sequence[TrainingRow], settings: TrainingSettings, chance: random.Random
) -> Iterator[list[TrainingRow]]:
    """Batches of windows of like length; of those without a mark only some."""
    marked = [row for row in rows if any(tag > 0 for tag in row.tags)]
    quiet = [row for row in rows if not any(tag > 0 for tag in row.tags)]
    some = [*marked, *chance.sample(quiet, int(len(quiet) * settings.quiet))]
    chance.shuffle(some)
    size = settings.batch
    chunks = (sorted(some[at : at + 8 * size], key=lambda r: len(r.ids)) for at in range(0, len(some), 8 * size))
    batches = [chunk[at : at + size] for chunk in chunks for at in range(0, len(chunk), size)]
    chance.shuffle(batches)
    yield from batches


def _loss(tagger: Tagger, batch: Sequence[TrainingRow], settings: TrainingSettings) -> torch.Tensor:
    length = max(len(row.ids) for row in batch)
    ids, tags = _filled([r.ids for r in batch], length, 0), _filled([r.tags for r in batch], length, _NONE)
    begins = _filled([r.begins for r in batch], length, 0).float()
    mask = _filled([[1] * len(r.ids) for r in batch], length, 0).float()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = tagger(ids, mask)
    scores, marked = scores.float(), tags != _NONE
    named = nn.functional.cross_entropy(scores[..., :_TAGS][marked], tags[marked])
    begun = nn.functional.binary_cross_entropy_with_logits(scores[..., _TAGS][marked], begins[marked])
    return named + settings.task_weight * begun


def _filled(rows: Sequence[list[int]], length: int, fill: int) -> torch.Tensor:
    return torch.tensor([[*row, *[fill] * (length - len(row))] for row in rows])


def _write(tagger: Tagger, known: str, out: Path) -> None:
    """Weights of eight bits, a scale for each channel, seven bits used: processors without VNNI do not overflow."""
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        axes = {name: {0: "batch", 1: "length"} for name in ("ids", "mask", "scores")}
        torch.onnx.export(
            tagger,
            (torch.ones(2, 40, dtype=torch.long), torch.ones(2, 40)),
            str(full),
            input_names=["ids", "mask"],
            output_names=["scores"],
            dynamic_axes=axes,
            dynamo=False,
            opset_version=17,
        )
        quantize_dynamic(
            full,
            out,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            reduce_range=True,
        )
    small = onnx.load(out)
    entry = small.metadata_props.add()
    entry.key, entry.value = "characters", known
    onnx.save(small, out)
