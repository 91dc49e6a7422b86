"""A document's own names: title, transmitted text, attachments. They are not citations."""

from __future__ import annotations

import re

from gongbao.corpus.document import Document
from gongbao.corpus.offsets import Span
from gongbao.nlp.citations.relation import declares_repeal
from gongbao.nlp.citations.titles import Named

_TRANSMITTED = re.compile(
    r"(?:印发|转发|批转|公布|发布)(?:关于)?(?:《(?P<quoted>.+)》|(?P<plain>.+?))(?:的(?:通知|函|公告|通告|决定|命令|令))?$"
)
_NOT_A_LETTER = re.compile(r"[\W_]+")
_HANDED_ON = re.compile(r"[^。；;]{0,60}?(?:印发|转发|批转|公布|发布|下发)给?(?:你们|各|如下|施行|实施|，请|,请)")
_HANDING_ON = re.compile(r"(?:现将|现批转|现转发|现印发|现发布|现公布|随文印发|制定了?|现下发)[^。；;《》]{0,20}$")
_LOOK = 80
_LONG_ENOUGH = 6


def own_titles(document: Document) -> frozenset[str]:
    """Keys of all names by which a document means itself."""
    names = [document.title, *document.attachments, *(h.text for h in document.headings if h.level == 0)]
    names += filter(None, [transmitted_title(document.title)])
    return frozenset(filter(None, (title_key(name) for name in names)))


def transmitted_title(title: str) -> str | None:
    """云川市节水办法 of …关于印发云川市节水办法的通知; None where nothing is transmitted."""
    found = _TRANSMITTED.search("".join(title.split()))
    return (found["quoted"] or found["plain"]) if found else None


def is_own(document: Document, named: Named, meant: Named, own: frozenset[str], lists: tuple[Span, ...] = ()) -> bool:
    """Its own name, unless another number or a repeal shows that an older text of that name is meant."""
    if declares_repeal(document, named.span, lists):
        return False
    if _is_handed_on(document, named):
        return True
    if meant.number and meant.number != document.number:
        return False
    return title_key(meant.title) in own or _is_attachment(document, meant)


def _is_attachment(document: Document, meant: Named) -> bool:
    """An attachment named without the place that its title begins with."""
    short = title_key(meant.title)
    return len(short) >= _LONG_ENOUGH and any(title_key(one).endswith(short) for one in document.attachments)


def _is_handed_on(document: Document, named: Named) -> bool:
    """《…》已经市政府同意，现印发给你们; 现将《…》印发给你们."""
    after = document.text[named.span.end : named.span.end + _LOOK]
    before = document.text[max(0, named.span.start - _LOOK) : named.span.start]
    line = after.split("\n", 1)[0]
    begins = re.search(r"(?:^|[\n。])\s*$", before)
    return bool(_HANDED_ON.match(line)) and bool(begins or _HANDING_ON.search(before))


def title_key(title: str) -> str:
    """Letters and digits only: what two spellings of a title have in common."""
    return _NOT_A_LETTER.sub("", title)
