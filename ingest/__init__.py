"""Files → issues → documents: reading, layout, tables, outline, segmentation, OCR."""

from gongbao.ingest.files import ARCHIVES, SUFFIXES, VERSION, read_file
from gongbao.ingest.reading import Reading
from gongbao.ingest.unpack import unpack

__all__ = ["ARCHIVES", "SUFFIXES", "VERSION", "Reading", "read_file", "unpack"]
