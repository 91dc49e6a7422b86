"""Files → issues → documents: reading, layout, tables, outline, segmentation, OCR."""

from gongbao.ingest.files import ARCHIVES, SUFFIXES, VERSION, read_file
from gongbao.ingest.reading import IssueReading
from gongbao.ingest.unpack import unpack

__all__ = ["ARCHIVES", "SUFFIXES", "VERSION", "IssueReading", "read_file", "unpack"]
