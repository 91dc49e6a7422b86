"""Who does what: attributions, duties, sentences, tables and allocations of work, as statements."""

from nlp.assignments.find import find_statements
from nlp.assignments.model import Binding, Statement

__all__ = ["Binding", "Statement", "find_statements"]
