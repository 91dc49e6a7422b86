"""Documents → records: who must do what, by when."""

from nlp.extract import VERSION, Extractor

__all__ = ["VERSION", "Extractor"]
