"""Places that a document names: divisions of the country, towns and villages, zones; bodies kept apart."""

from gongbao.nlp.places.find import find_places

__all__ = ["find_places"]
