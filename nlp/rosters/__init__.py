"""Who sits on what: lists of people with role and post, in text, prose and tables; appointments."""

from gongbao.nlp.rosters.find import find_rosters

__all__ = ["find_rosters"]
