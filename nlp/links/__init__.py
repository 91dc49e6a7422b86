"""Relations between documents of a corpus: targets of citations, yearly successors, status in force."""

from gongbao.nlp.links.lookup import Lookup, link
from gongbao.nlp.links.status import Status, Validity, repealed_in, status_of
from gongbao.nlp.links.successors import successors

__all__ = ["Lookup", "Status", "Validity", "link", "repealed_in", "status_of", "successors"]
