"""Time limits: date atoms composed into patterns, judged by what they bind, completed by a year."""

from gongbao.nlp.deadlines.find import find_deadlines

__all__ = ["find_deadlines"]
