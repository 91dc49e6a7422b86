"""All that was changed and by whom, of every log together, the newest first."""

from __future__ import annotations

from collections.abc import Iterator

from gongbao.corpus.audit import Audit, AuditedAct, Deed
from gongbao.corpus.store import Store
from gongbao.search_api import labels

DEEDS = {
    Deed.TOKEN_ADDED: "发给凭证",
    Deed.TOKEN_RENEWED: "换发凭证",
    Deed.TOKEN_REMOVED: "收回凭证",
    Deed.SERVED: "启动服务",
    Deed.REGISTER: "更改名录",
    Deed.SYNONYMS: "更改同义词",
    Deed.MODELS: "更换模型",
    Deed.UPLOADED: "上传",
    Deed.READ: "读入",
    Deed.RETRIED: "重新读入",
    Deed.IGNORED: "忽略失败记录",
    Deed.REMOVED: "移出文件",
    Deed.RESTORED: "恢复备份",
    Deed.REVIEWED: "校核",
    Deed.FOLLOWED: "台账",
}


def recent_acts(store: Store, count: int) -> list[AuditedAct]:
    """The last so many changes of tokens, words, files, ledger, reviews and 台账."""
    acts = [*Audit(store.home).all()[-count:], *_reviews(store, count), *_followups(store, count)]
    return sorted(acts, key=lambda act: act.at, reverse=True)[:count]


def _reviews(store: Store, count: int) -> Iterator[AuditedAct]:
    for review in store.reviews.recent(count):
        said = review.statement or review.original
        what = labels.headline(said.what) if said else review.record
        yield AuditedAct(review.at, review.by, Deed.REVIEWED, f"{labels.VERDICTS[review.verdict]}：{what}")


def _followups(store: Store, count: int) -> Iterator[AuditedAct]:
    items = {item.key: item for item in store.desk.snapshot().all}
    for entry in store.desk.recent(count):
        what = labels.headline(items[entry.key].subject.what) if entry.key in items else entry.key
        yield AuditedAct(entry.at, entry.by, Deed.FOLLOWED, f"{what}：{labels.change_words(entry.change)}")
