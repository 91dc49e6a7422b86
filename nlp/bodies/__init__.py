"""Finding the bodies that a text names: agencies, classes of bodies, posts."""

from gongbao.nlp.bodies.ends import Ends
from gongbao.nlp.bodies.forms import ends_as_body, is_vague, names_a_post, scope_of, type_of
from gongbao.nlp.bodies.likelihood import names_body
from gongbao.nlp.bodies.names import Mention, read_names
from gongbao.nlp.bodies.subjects import (
    Subject,
    find_subjects,
    is_body_list,
    names_a_place,
    starts_with_verb,
    subject_at,
)
from gongbao.nlp.bodies.terms import defined_terms

__all__ = [
    "Ends",
    "Mention",
    "Subject",
    "defined_terms",
    "ends_as_body",
    "find_subjects",
    "is_body_list",
    "is_vague",
    "names_a_place",
    "names_a_post",
    "names_body",
    "read_names",
    "scope_of",
    "starts_with_verb",
    "subject_at",
    "type_of",
]
