"""The sample's content in the shape of an ingest truth: documents, blocks, tables, pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from gongbao.search_api.sample.markup import SampleBlock, SampleDocument, SampleIssue, expanded_grid, merged_cells

_TYPES = {
    "to": "salutation",
    "p": "paragraph",
    "li": "list_item",
    "attlist": "attachment_list",
    "attlabel": "attachment_label",
    "caption": "paragraph",
    "sig": "signature",
    "date": "date",
    "note": "note",
}
Json = dict[str, object]


def truth_of(issue: SampleIssue, pages: dict[str, int], count: int) -> Json:
    """`pages`: the page, from 1, of each anchor d1, d1-b0, d1-end …"""
    return {
        "issue": {
            "title": issue.title,
            "year": issue.year,
            "number": issue.number,
            "total": issue.total,
            "published": issue.published,
            "id": f"{issue.year}-{issue.number}",
        },
        "pdf": {"file": "sample.pdf", "pages": count, "text_layer": True},
        "documents": [_document(f"d{n}", document, pages) for n, document in enumerate(issue.documents, 1)],
    }


def _document(name: str, document: SampleDocument, pages: dict[str, int]) -> Json:
    return {
        "title": document.title,
        "number": document.number,
        "issuer": document.issuer,
        "section": document.section,
        "signed": document.signed,
        "first_page": pages[name],
        "last_page": pages[f"{name}-end"],
        "blocks": [b for at, block in enumerate(document.blocks) for b in _blocks(f"{name}-b{at}", block, pages)],
    }


def _blocks(anchor: str, block: SampleBlock, pages: dict[str, int]) -> Iterator[Json]:
    if block.tag == "table":
        yield _table(anchor, block, pages)
    elif block.tag == "roster":
        for role, name, post in block.members:
            yield {"type": "list_item", "text": f"{role}：{name}{post}"}
    elif block.tag in ("h0", "h1", "h2", "h3"):
        yield {"type": "heading", "text": block.text, "level": int(block.tag[1])}
    else:
        yield {"type": _TYPES[block.tag], "text": unicodedata.normalize("NFC", block.text)}


def _table(anchor: str, block: SampleBlock, pages: dict[str, int]) -> Json:
    return {
        "type": "table",
        "caption": "",
        "page_first": pages[anchor],
        "page_last": pages[f"{anchor}-end"],
        "ncols": len(block.rows[0]),
        "header_rows": block.header_rows,
        "rows": [
            [{"text": c.text, "rowspan": c.row_span, "colspan": c.col_span} for c in row]
            for row in merged_cells(block.rows)
        ],
        "grid": expanded_grid(block.rows),
    }
