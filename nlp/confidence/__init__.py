"""How sure a record is, calibrated on documents that the rules had not met: of those .9 sure nine in ten are right."""

from gongbao.nlp.confidence.weigh import weigh, whole

__all__ = ["weigh", "whole"]
