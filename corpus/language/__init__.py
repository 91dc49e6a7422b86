"""What official Chinese is made of, once, for every room: numerals, numbering, document numbers, genres, dates, roles.

Each module has a TOML file of its name with the words, and under each row of words examples that say what they do.
"""
