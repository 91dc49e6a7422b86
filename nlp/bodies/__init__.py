"""Finding the bodies that a text names: agencies, classes of bodies, posts."""

from nlp.bodies.names import Mention, ends_as_body, is_vague, read_names, type_of
from nlp.bodies.subjects import Subject, find_subjects, subject_at

__all__ = ["Mention", "Subject", "ends_as_body", "find_subjects", "is_vague", "read_names", "subject_at", "type_of"]
