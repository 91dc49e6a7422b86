"""What the whole corpus holds, kept up with it: `counting` counts, of `parts`, one for each document."""

from gongbao.search_api.catalog.model import (
    AgencyRow,
    Catalog,
    Counts,
    DocumentRow,
    Known,
    Linker,
    PairRow,
    Standing,
    month_window,
    nearest_month,
)

__all__ = [
    "AgencyRow",
    "Catalog",
    "Counts",
    "DocumentRow",
    "Known",
    "Linker",
    "PairRow",
    "Standing",
    "month_window",
    "nearest_month",
]
