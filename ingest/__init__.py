"""Files → issues → documents: reading, layout, tables, outline, segmentation, OCR."""
