"""Words that mean the same in government business: shipped groups, and those a user adds.

A file is UTF-8 TSV, one group a line: terms that stand for each other, separated by tabs.
A line that begins with `>` goes one way: its first term also finds the others, not the
reverse (大棚 finds 设施农业, but who asks for 设施农业 does not mean only 大棚). `#` begins a
comment line. Users put theirs into HOME/synonyms/*.tsv.
"""

from gongbao.index.synonyms.loader import Synonym, Synonyms

__all__ = ["Synonym", "Synonyms"]
