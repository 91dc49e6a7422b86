"""Which words say in which role a body is bound: 牵头单位：, （由市水利局牵头，市财政局配合）."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.lexicon import Rows, load
from gongbao.corpus.records import Role

# How a label (责任单位：) and what stands behind names (A、B牵头) are made of the slots of roles.toml
_LABELS = {
    "lead": "«first»?«core»«part»?«holder»?",
    "support": "«level»?«core»«part»?«holder»?«staff»?",
    "responsible": "«level»?«core»(?:责任)?«holder»|«contact»«rank»?领导|«whole»",
    "time": "«task»?«core»«asked»?",
}
_VERBS = {
    "lead": "«jointly»?«core»«doing»*",
    "support": "(?:«by»(?:各自)?«duty»?(?:分工)?)?«jointly»?«core»«doing»*",
    "responsible": "(?:«by»?«whose»?的?«duty»(?:任务)?«share»?内?的?)?«jointly»*«core»+«doing»*",
}
_SLOT = re.compile("«([a-z]+)»")


@dataclass(frozen=True, slots=True)
class RoleWords:
    """`label` matches `牵头单位：` anywhere, `header` a column's header, `verb` the end of a list of names."""

    label: re.Pattern[str]
    header: re.Pattern[str]
    verb: re.Pattern[str]
    by_duty: re.Pattern[str]
    carries_out: re.Pattern[str]

    @classmethod
    def of(cls, rows: Rows) -> RoleWords:
        named = _grammar(_LABELS, _slots(rows, "label"))
        ends = _grammar(_VERBS, _slots(rows, "verb"))
        notes = _slots(rows, "note")[""]
        return cls(
            label=re.compile(rf"(?<![\u4e00-\u9fff])(?:{named})\s{{0,8}}(?:[：:；;]|为[：:]?)"),
            header=re.compile(rf"(?:{named})"),
            verb=re.compile(rf"(?:{ends})$"),
            by_duty=re.compile(notes["by_duty"]),
            carries_out=re.compile(notes["carries_out"]),
        )

    def explain(self, text: str) -> str:
        label, verb = self.header.fullmatch(text), self.verb.search(text)
        notes = {"by duty": self.by_duty.search(text), "carries out": self.carries_out.search(text)}
        if label:
            return f"label {label.lastgroup}"
        told = [f"{verb.lastgroup} {verb[0]}"] if verb else []
        return " · ".join([*told, *(f"{name} {match[0]}" for name, match in notes.items() if match)])


def _slots(rows: Rows, kind: str) -> dict[str, dict[str, str]]:
    """By role, the words of each slot as one expression; rows of no role are for all."""
    of_kind = [row for row in rows if row["kind"] == kind]
    return {
        role: {row["slot"]: f"(?:{alternation(row['words'])})" for row in of_kind if role in row["of"]}
        for role in _ROLES
    }


_ROLES = ("", *_LABELS)


def _grammar(forms: Mapping[str, str], slots: Mapping[str, Mapping[str, str]]) -> str:
    return "|".join(f"(?P<{role}>{_filled(form, slots[role])})" for role, form in forms.items())


def _filled(form: str, words: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda found: words[found[1]], form)


@cache
def role_words() -> RoleWords:
    return RoleWords.of(load("roles"))


def role_of(found: re.Match[str]) -> Role | None:
    """The role that a label or verb stands for; None for a label of time."""
    name = found.lastgroup
    return next((role for role in Role if role.value == name), None)
