"""Folders stay at the top level; what is installed is `gongbao.corpus`, `gongbao.ingest` and so on.

pyproject.toml cannot say "find packages here, and put this name before them", so these lines do.
"""

from setuptools import find_packages, setup

ROOMS = ("corpus", "ingest", "nlp", "index", "search_api")

setup(
    packages=["gongbao", *(f"gongbao.{name}" for name in find_packages(include=[f"{room}*" for room in ROOMS]))],
    package_dir={"gongbao": "gongbao"} | {f"gongbao.{room}": room for room in ROOMS},
)
