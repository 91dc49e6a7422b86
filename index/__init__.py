"""Documents and records ↔ a search engine: one protocol, two engines."""
