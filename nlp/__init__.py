"""Documents → records: who must do what, by when."""

from gongbao.nlp.extract import VERSION, Extractor

__all__ = ["VERSION", "Extractor"]
