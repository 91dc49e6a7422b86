"""Documents named in the running text: 《…》 with its number, and what is done to it."""

from gongbao.nlp.citations.find import find_citations
from gongbao.nlp.citations.select import cites_of, repeals_of

__all__ = ["cites_of", "find_citations", "repeals_of"]
