"""The default engine: tantivy, in-process; needs nothing beside the home."""
