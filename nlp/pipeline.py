"""Reading the acts of one paragraph: by its characters, and by spaCy's words where a body may be a subject."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gongbao.nlp.assignments.act import Act
from gongbao.nlp.assignments.acts import find_acts
from gongbao.nlp.assignments.joining import join_acts
from gongbao.nlp.assignments.model import Setting
from gongbao.nlp.bodies import Ends, find_subjects

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def pipeline() -> Language:
    """The one spaCy pipeline of a process; loading spaCy takes long, so only who reads paragraphs waits for it."""
    from gongbao.nlp.components import make_pipeline

    return make_pipeline()


def read_acts(text: str, setting: Setting) -> list[Act]:
    """The acts of one paragraph. Words are cut only where a body may be a subject at all."""
    names = Ends(text, setting.defined)
    subjects = find_subjects(names)
    if not subjects:
        return join_acts(text, find_acts(names, [], list(setting.blocked), setting.telling))
    nlp = pipeline()
    doc = nlp.make_doc(text)
    doc._.setting, doc._.names, doc._.subjects = setting, names, subjects
    acts: list[Act] = nlp(doc)._.acts
    return acts
