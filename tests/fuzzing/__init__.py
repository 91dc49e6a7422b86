"""Parsers under inputs that nobody would write."""
