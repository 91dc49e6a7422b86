"""An office's own 台账 (XLSX): read under any column names, matched to the corpus, its states taken over."""

from gongbao.search_api.ledgers.matching import Match, Matched, Outcome, match
from gongbao.search_api.ledgers.reading import LedgerField, LedgerRow, OfficeLedger, read_ledger
from gongbao.search_api.ledgers.taking import Taken, take_over

__all__ = [
    "LedgerField",
    "LedgerRow",
    "Match",
    "Matched",
    "OfficeLedger",
    "Outcome",
    "Taken",
    "match",
    "read_ledger",
    "take_over",
]
