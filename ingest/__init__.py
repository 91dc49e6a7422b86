"""Files → issues → documents: reading, layout, tables, outline, segmentation, OCR."""

from gongbao.ingest.files import SUFFIXES, VERSION, read_file
from gongbao.ingest.reading import Reading

__all__ = ["SUFFIXES", "VERSION", "Reading", "read_file"]
