"""The models of a home: JSON files of weights and single words, each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from gongbao.nlp.learning.topics import TopicModel
from gongbao.nlp.learning.weights import Veto, Weights
from pydantic import TypeAdapter, ValidationError

_Model = TypeVar("_Model")

SENTENCES, PARTIES, TOPICS, CANDIDATES = "sentences", "parties", "topics", "candidates"
_KINDS: dict[str, TypeAdapter[Any]] = {
    SENTENCES: TypeAdapter(Veto),
    PARTIES: TypeAdapter(Veto),
    TOPICS: TypeAdapter(TopicModel),
    CANDIDATES: TypeAdapter(Weights),
}


@dataclass(frozen=True, slots=True)
class BadModel:
    """A file that holds no model of its name; extraction goes on without it."""

    file: str
    cause: str


@dataclass(frozen=True, slots=True)
class Models:
    """None where the rules decide alone; `candidates` is the shipped one where the home has none of its own."""

    sentences: Veto | None = None
    parties: Veto | None = None
    topics: TopicModel | None = None
    candidates: Weights | None = None
    problems: tuple[BadModel, ...] = ()


def load_models(folder: Path) -> Models:
    """What `gongbao train --apply` left in a home's folder; damaged files are told of and left aside."""
    found: dict[str, Any] = {}
    problems: list[BadModel] = []
    for kind, adapter in _KINDS.items():
        path = folder / f"{kind}.json"
        try:
            if path.exists():
                found[kind] = adapter.validate_json(path.read_bytes(), strict=True)
        except (OSError, ValidationError) as error:
            problems.append(BadModel(path.name, f"模型文件 {path} 读不懂：{_said(error)}"))
    found.setdefault(CANDIDATES, shipped())
    return Models(**found, problems=tuple(problems))


@cache
def shipped() -> Weights | None:
    """The general model of sentences that comes with the program."""
    path = files(__package__).joinpath("candidates.json")
    return TypeAdapter(Weights).validate_json(path.read_bytes()) if path.is_file() else None


def to_json(model: object) -> str:
    """Read back by `load_models`; the same model gives the same bytes."""
    return TypeAdapter(type(model)).dump_json(model, indent=0).decode() + "\n"


def write_models(models: dict[str, object], folder: Path) -> None:
    """These and no others: what is no longer better than the rules goes. Each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in _KINDS:
        path = folder / f"{kind}.json"
        if kind in models:
            part = path.with_suffix(".part")
            part.write_text(to_json(models[kind]), "utf-8")
            part.replace(path)
        else:
            path.unlink(missing_ok=True)


def model_files(folder: Path) -> Iterator[Path]:
    """What extraction depends on: all but the hints."""
    kinds = sorted(_KINDS.keys() - {CANDIDATES})
    yield from (path for kind in kinds if (path := folder / f"{kind}.json").is_file())


def _said(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc'])) or '全文'} {first['msg']}"
    return str(error)
