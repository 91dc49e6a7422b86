"""The second reader: trained, made small, weighed and tried by one command (make reader)."""
