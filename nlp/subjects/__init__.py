"""What a document is about, by the top level of the national 主题分类."""

from gongbao.nlp.subjects.choose import subjects_of, weights_of

__all__ = ["subjects_of", "weights_of"]
