"""Files → issues → documents: reading, layout, tables, outline, segmentation, OCR."""

from gongbao.ingest.files import SUFFIXES, VERSION, Reading, read_file

__all__ = ["SUFFIXES", "VERSION", "Reading", "read_file"]
