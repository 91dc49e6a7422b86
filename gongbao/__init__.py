"""公报：读政府公报，答谁必须做什么、何时完成、出处在哪里。

The rooms of the house stand at the top level of the repository and are installed under this name:
`gongbao.corpus`, `gongbao.ingest`, `gongbao.nlp`, `gongbao.index`, `gongbao.search_api`.
"""
