"""Documents → records: who must do what, by when."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongbao.nlp.extract import VERSION, Extractor

__all__ = ["VERSION", "Extractor"]


def __getattr__(name: str) -> Any:
    """Loaded when asked for: spaCy takes a second, which `status` and `search` need not wait."""
    if name not in __all__:
        raise AttributeError(name)
    from gongbao.nlp import extract

    return getattr(extract, name)
