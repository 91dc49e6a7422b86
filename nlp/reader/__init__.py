"""A second reader beside the rules: a small encoder marks bodies and roles; how sure each is decides."""

from gongbao.nlp.reader.second import FILES, NoReader, SecondReader, missing

__all__ = ["FILES", "NoReader", "SecondReader", "missing"]
