"""XML of strangers, parsed without entities, without a document type and without the network."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from gongbao.corpus.errors import DamagedFile
from gongbao.ingest.archives import BOUNDS, read_member
from lxml import etree

Element = Any  # lxml gives no types

_REMEDY = "用原软件重新保存后再读入"


def parse(data: bytes, name: str) -> Element:
    """The root. DamagedFile where it is no XML, or declares entities, which no office program writes."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(f"{name} 的内部结构已损坏", _REMEDY) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedFile(f"{name} 内含有实体声明，不予读取", _REMEDY)
    return root


def local(element: Element) -> str:
    """The tag without its namespace, of which files name several for one."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def find(element: Element, *path: str) -> Element | None:
    """The first element down the path of local names."""
    for name in path:
        element = next(children(element, name), None)
        if element is None:
            return None
    return element


def children(element: Element, *names: str) -> Iterator[Element]:
    return (child for child in element if local(child) in names)


def text_of(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def part(archive: zipfile.ZipFile, member: str, name: str) -> Element | None:
    """A part of a document by its exact name; None where there is none."""
    try:
        info = archive.getinfo(member)
    except KeyError:
        return None
    return parse(read_member(archive, info, name, BOUNDS.xml), name)
