"""An office's own 台账 (XLSX): read under any column names, matched to the corpus, its states taken over."""

from gongbao.search_api.ledgers.matching import Match, Matched, Outcome, match
from gongbao.search_api.ledgers.reading import Field, Ledger, LedgerRow, read_ledger
from gongbao.search_api.ledgers.taking import Taken, take_over

__all__ = ["Field", "Ledger", "LedgerRow", "Match", "Matched", "Outcome", "Taken", "match", "read_ledger", "take_over"]
