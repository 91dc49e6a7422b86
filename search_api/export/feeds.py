"""Atom feeds (RFC 4287) of statements: for a body, a document, or any saved query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from gongbao.index.models import StatementView
from gongbao.search_api import labels
from gongbao.search_api.export.columns import source_url


@dataclass(frozen=True, slots=True)
class FeedHead:
    """`link` is the feed's own address, `base_url` the server's, `updated` that of the corpus."""

    title: str
    link: str
    base_url: str
    updated: str | None


def atom(statements: Iterable[StatementView], head: FeedHead) -> Iterator[str]:
    """The feed, an entry a statement."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
    yield f"<title>{_safe(head.title)}</title>\n<id>{_safe(head.link)}</id>\n"
    yield f'<link rel="self" href={quoteattr(head.link)}/>\n<updated>{_moment(head.updated)}</updated>\n'
    yield "<author><name>公报</name></author>\n"
    for view in statements:
        yield _entry(view, head)
    yield "</feed>\n"


def _entry(view: StatementView, head: FeedHead) -> str:
    task, document = view.assignment, view.document
    link = source_url(head.base_url, document.id, task.id)
    whole, title = labels.flat(task.what), labels.headline(task.what)
    lines = [whole] if title != whole else []
    lines += [
        f"{label}：{'、'.join(names)}"
        for role, label in labels.ROLES.items()
        if (names := labels.names_by_role(task, role))
    ]
    due = labels.due_words(task.deadlines)
    lines += [f"完成时限：{due}"] if due else []
    lines += [f"依据：{document.number or ''}{labels.titled(document.title)}", f"原文：{task.quote}"]
    return (
        f"<entry><title>{_safe(title)}</title><id>urn:gongbao:{_safe(task.id)}</id>"
        f'<link rel="alternate" href={quoteattr(link)}/><updated>{_moment(view.updated or head.updated)}</updated>'
        f"<summary>{_safe(chr(10).join(lines))}</summary></entry>\n"
    )


def _safe(text: str) -> str:
    """Escaped, without the control characters that XML cannot hold."""
    return escape("".join(c for c in text if c >= " " or c in "\n\t"))


def _moment(stamp: str | None) -> str:
    moment = datetime.fromisoformat(stamp) if stamp else datetime.fromtimestamp(0, UTC)
    return moment.astimezone(UTC).isoformat(timespec="seconds")
