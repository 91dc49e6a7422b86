"""Where the embedded index lies: HOME/index/embedded/GENERATION/KIND/, and `current` naming one.

A generation is complete from the moment `current` names it; the file is replaced in one step,
so that a crash leaves the old generation or the new one. Whatever `current` does not name is
debris, cleared by the next writer.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

from gongbao.index.embedded.rows import MEANING
from gongbao.index.schema import COUNTED, FIELDS, KEYS, NUMBERS, SCHEMA_VERSION, TEXTS, EntryKind, Field
from tantivy import Index, Schema, SchemaBuilder

PAYLOAD = "payload"
STAMP = "stamp"  # documents: id, tab, stamp


@dataclass(frozen=True, slots=True)
class DiskGeneration:
    """One index on disk; `schema` is the version that wrote it."""

    path: Path
    schema: str

    def folder(self, kind: EntryKind) -> Path:
        return self.path / kind.value


def current(root: Path) -> DiskGeneration | None:
    """The generation in use; None where there is none, or its pointer is damaged."""
    try:
        read = json.loads((root / "current").read_text(encoding="utf-8"))
        generation = DiskGeneration(root / str(read["generation"]), str(read["schema"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return generation if generation.path.is_dir() else None


def create(root: Path) -> DiskGeneration:
    """A new, empty generation, which `current` does not name yet."""
    generation = DiskGeneration(root / uuid.uuid4().hex[:12], SCHEMA_VERSION)
    for kind in EntryKind:
        generation.folder(kind).mkdir(parents=True)
        Index(build_schema(kind), str(generation.folder(kind)))
    return generation


def publish(root: Path, generation: DiskGeneration) -> None:
    """Make this generation the current one, in one step."""
    part = root / "current.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump({"generation": generation.path.name, "schema": generation.schema}, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(root / "current")


def clear_debris(root: Path) -> None:
    """Remove generations that are not in use."""
    kept = current(root)
    for folder in root.iterdir():
        if folder.is_dir() and folder.name != MEANING and (kept is None or folder != kept.path):
            shutil.rmtree(folder, ignore_errors=True)


def build_schema(kind: EntryKind) -> Schema:
    """Only what is shown is stored; only what is counted, sorted or ranged over is a fast field."""
    builder = SchemaBuilder()
    for field in sorted(FIELDS[kind]):
        if field in TEXTS:
            builder.add_text_field(field.value, tokenizer_name="whitespace", index_option="position")
        elif field in KEYS:
            _add_key(builder, field.value, stored=field is Field.ID, fast=field in COUNTED)
        elif field in NUMBERS:
            builder.add_integer_field(field.value, fast=True)
    if kind is EntryKind.DOCUMENT:
        _add_key(builder, STAMP)
    builder.add_bytes_field(PAYLOAD, stored=True)
    return builder.build()


def _add_key(builder: SchemaBuilder, name: str, *, stored: bool = False, fast: bool = False) -> None:
    builder.add_text_field(name, stored=stored, fast=fast, tokenizer_name="raw", index_option="basic")


def lockable(folder: Path) -> Path:
    """The folder, or where nothing may be written in it one of this process with links to its files: tantivy
    locks a folder to read it."""
    if os.access(folder, os.W_OK):
        return folder
    beside = Path(tempfile.mkdtemp(prefix="gongbao-index-"))
    atexit.register(shutil.rmtree, beside, ignore_errors=True)
    for file in folder.iterdir():
        if not file.name.endswith(".lock"):
            (beside / file.name).symlink_to(file.resolve())
    return beside
