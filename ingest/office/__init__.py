"""Files of an office and of the web → paragraphs and tables, as the PDF road gives them, without places."""
