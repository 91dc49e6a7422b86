"""Who does what: attributions, duties, sentences, tables and allocations of work, as statements."""

from gongbao.nlp.assignments.find import find_statements
from gongbao.nlp.assignments.model import Binding, Statement

__all__ = ["Binding", "Statement", "find_statements"]
