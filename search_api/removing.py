"""Taking files out of the corpus: what a name means, and everything that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.document import Issue
from gongbao.corpus.errors import UsageError
from gongbao.corpus.failure import Failure
from gongbao.corpus.store import Store

_Meant = Callable[[str, str, Sequence[str], str | None], bool]  # of file, sha256, paths and issue
_SHORTEST = 8  # of the letters of a content's name


@dataclass(frozen=True, slots=True)
class Removal:
    """`issues` were read, at `places` (by sha256); of the files of `failures` nothing was kept."""

    issues: tuple[Issue, ...]
    failures: tuple[Failure, ...]
    places: dict[str, tuple[str, ...]]

    def lines(self) -> list[str]:
        """Each file, as people are asked about it."""
        kept = [
            "，".join(filter(None, (self._place(issue), f"{issue.id} 期" if issue.id else ""))) for issue in self.issues
        ]
        return kept + list(dict.fromkeys(f"{failure.place}（未能读入的记录）" for failure in self.failures))

    def _place(self, issue: Issue) -> str:
        return "、".join(self.places.get(issue.source.sha256, ())) or issue.source.file


def find_removal(store: Store, name: str) -> Removal:
    """The files meant by an issue (2024-1: all its sources), else a path, else a file's name, else the beginning
    of its content's sha256. UsageError where there is none, or where several files share the name."""
    places, path = store.places(), str(Path(name).absolute())
    issues, failures = list(store.issues()), store.ledger.entries()
    ways: tuple[tuple[_Meant, bool], ...] = (
        (lambda file, sha256, paths, issue: issue == name, True),
        (lambda file, sha256, paths, issue: path in paths, True),
        (lambda file, sha256, paths, issue: file == name, False),
        (lambda file, sha256, paths, issue: len(name) >= _SHORTEST and sha256.startswith(name), False),
    )
    for meant, several in ways:
        found = _removal(meant, issues, failures, places)
        if len(found.lines()) > 1 and not several:
            raise UsageError(f"有几个文件都叫 {name}：{'；'.join(found.lines())}", "写出路径")
        if found.lines():
            return found
    raise UsageError(f"语料库中没有 {name}", "期次、文件名见 gongbao status")


def _removal(
    meant: _Meant, issues: Iterable[Issue], failures: Iterable[Failure], places: dict[str, tuple[str, ...]]
) -> Removal:
    kept = {issue.source.sha256: issue for issue in issues}
    chosen = tuple(i for sha, i in kept.items() if meant(i.source.file, sha, places.get(sha, ()), i.id))
    unread = (f for f in failures if f.sha256 not in kept and f.stage == "ingest")
    return Removal(chosen, tuple(f for f in unread if meant(f.file, f.sha256, (f.path,), None)), places)


def remove(store: Store, removal: Removal) -> None:
    """Out of the corpus; records and index follow when they are next made."""
    for issue in removal.issues:
        store.remove_issue(issue.source.sha256)
    for failure in removal.failures:
        store.ledger.forget(failure)
