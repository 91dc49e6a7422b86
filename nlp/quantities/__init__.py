"""Quantities with unit and direction, and money: what a document measures its tasks by."""

from gongbao.nlp.quantities.find import find_quantities

__all__ = ["find_quantities"]
