"""What an OFD file consists of: pages with their templates and annotations, fonts, ways to draw, pictures, seals.

GB/T 33190-2016 chapters 7 (documents, pages, resources), 15 (annotations), 18 (signatures).
Lengths are millimetres; `POINTS` makes points of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gongbao.corpus.errors import DamagedFile, EncryptedFile, InputError
from gongbao.ingest.ofd.container import Container
from gongbao.ingest.xml import Element, children, find, local, text_of

POINTS = 72 / 25.4
_A4 = (210.0, 297.0)
_MOST_PAGES = 5000
_BELOW = "Background"  # where a template is drawn, unless it says otherwise

Box = tuple[float, float, float, float]  # x, y, width, height


@dataclass(frozen=True, slots=True)
class Font:
    """`part`: the embedded font, "" where there is none."""

    name: str
    bold: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Resources:
    """By their ids."""

    fonts: dict[str, Font] = field(default_factory=dict)
    params: dict[str, Element] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    spaces: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfdPage:
    """`layers`: content parts from back to front, templates and the page itself; `annotations`: their parts;
    `seals`: where seals stand; `trouble`: why the page cannot be read."""

    width: float
    height: float
    layers: tuple[str, ...]
    resources: Resources
    annotations: tuple[str, ...] = ()
    seals: tuple[Box, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class OfdDocument:
    """`attachments`: names of the files that are enclosed."""

    pages: tuple[OfdPage, ...]
    attachments: tuple[str, ...] = ()


def numbers(text: str | None) -> list[float]:
    """0 0 210 297; what is no number is 0."""
    found = []
    for word in (text or "").split():
        try:
            found.append(float(word))
        except ValueError:
            found.append(0.0)
    return found


def box_of(text: str | None) -> Box | None:
    found = numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) >= 4 else None


def read_document(ofd: Container) -> OfdDocument:
    """All documents of the file, one after another. DamagedFile, EncryptedFile."""
    root_part = ofd.resolve("/OFD.xml", "")
    root = ofd.xml(root_part)
    if find(root, "Encryptions") is not None or ofd.resolve("/Encryptions.xml", ""):
        raise EncryptedFile(f"{ofd.name} 有密码", "解除密码后再读入")
    pages: list[OfdPage] = []
    attached: list[str] = []
    for body in children(root, "DocBody"):
        part = ofd.resolve(text_of(find(body, "DocRoot")), root_part)
        signed = ofd.resolve(text_of(find(body, "Signatures")), root_part)
        pages.extend(_pages(ofd, part, _seals(ofd, signed) if signed else {}))
        attached.extend(_attachments(ofd, part))
    if not pages:
        raise DamagedFile(f"{ofd.name} 没有页面", "重新取得这个文件")
    return OfdDocument(tuple(pages[:_MOST_PAGES]), tuple(attached))


def _pages(ofd: Container, part: str, seals: dict[str, list[Box]]) -> Iterator[OfdPage]:
    document = ofd.xml(part)
    common = find(document, "CommonData")
    shared = _resources(ofd, common, part)
    area = find(common, "PageArea") if common is not None else None
    templates = _templates(ofd, common, part)
    annotations = _annotations(ofd, document, part)
    listed = find(document, "Pages")
    for page in children(listed, "Page") if listed is not None else ():
        content = ofd.resolve(page.get("BaseLoc", ""), part)
        number = page.get("ID", "")
        try:
            found = _page(ofd, content, area, templates, shared)
        except InputError as error:  # the others are still read
            found = OfdPage(*_size(None, area), (), shared, trouble=error.message)
        yield replace(found, annotations=annotations.get(number, ()), seals=tuple(seals.get(number, ())))


def _page(ofd: Container, part: str, area: Element | None, templates: dict[str, str], shared: Resources) -> OfdPage:
    root = ofd.xml(part)
    width, height = _size(find(root, "Area"), area)
    used = [
        (t.get("ZOrder", "Background"), templates.get(t.get("TemplateID", ""), "")) for t in children(root, "Template")
    ]
    below = [found for order, found in used if found and order == "Background"]
    above = [found for order, found in used if found and order != "Background"]
    return OfdPage(width, height, (*below, part, *above), _with_own(ofd, shared, root, part))


def _size(own: Element | None, usual: Element | None) -> tuple[float, float]:
    for area in (own, usual):
        box = box_of(text_of(find(area, "PhysicalBox"))) if area is not None else None
        if box and box[2] > 0 and box[3] > 0:
            return box[2], box[3]
    return _A4


def _templates(ofd: Container, common: Element | None, part: str) -> dict[str, str]:
    found = children(common, "TemplatePage") if common is not None else ()
    return {each.get("ID", ""): ofd.resolve(each.get("BaseLoc", ""), part) for each in found}


# --- resources


def _resources(ofd: Container, common: Element | None, part: str) -> Resources:
    found = Resources()
    for each in children(common, "PublicRes", "DocumentRes") if common is not None else ():
        _add_resources(ofd, found, ofd.resolve(text_of(each), part))
    return found


def _with_own(ofd: Container, shared: Resources, page: Element, part: str) -> Resources:
    own = [ofd.resolve(text_of(each), part) for each in children(page, "PageRes")]
    if not own:
        return shared
    found = Resources(dict(shared.fonts), dict(shared.params), dict(shared.pictures), dict(shared.spaces))
    for each in own:
        _add_resources(ofd, found, each)
    return found


def _add_resources(ofd: Container, found: Resources, part: str) -> None:
    if not part:
        return
    root = ofd.xml(part)
    base = root.get("BaseLoc", "")

    def inside(name: str) -> str:
        return ofd.resolve(f"{base}/{name}", part) or ofd.resolve(name, part) if name else ""

    for each in root.iter():
        key = each.get("ID", "")
        match local(each):
            case "Font":
                name = each.get("FontName") or each.get("FamilyName") or ""
                bold = each.get("Bold", "").lower() == "true" or "bold" in name.lower()
                found.fonts[key] = Font(name, bold, inside(text_of(find(each, "FontFile"))))
            case "DrawParam":
                found.params[key] = each
            case "MultiMedia":
                found.pictures[key] = inside(text_of(find(each, "MediaFile")))
            case "ColorSpace":
                found.spaces[key] = each.get("Type", "RGB").upper()


# --- what lies over the pages, and beside them


def _annotations(ofd: Container, document: Element, part: str) -> dict[str, tuple[str, ...]]:
    listed = ofd.resolve(text_of(find(document, "Annotations")), part)
    found: dict[str, tuple[str, ...]] = {}
    for page in children(ofd.xml(listed), "Page") if listed else ():
        files = (ofd.resolve(text_of(each), listed) for each in children(page, "FileLoc"))
        found[page.get("PageID", "")] = tuple(file for file in files if file)
    return found


def _seals(ofd: Container, part: str) -> dict[str, list[Box]]:
    found: dict[str, list[Box]] = {}
    for each in children(ofd.xml(part), "Signature"):
        signature = ofd.resolve(each.get("BaseLoc", ""), part)
        for stamp in ofd.xml(signature).iter("{*}StampAnnot") if signature else ():
            if box := box_of(stamp.get("Boundary")):
                found.setdefault(stamp.get("PageRef", ""), []).append(box)
    return found


def _attachments(ofd: Container, part: str) -> list[str]:
    listed = ofd.resolve(text_of(find(ofd.xml(part), "Attachments")), part)
    named = ofd.xml(listed).iter("{*}Attachment") if listed else ()
    return [each.get("Name") or text_of(find(each, "FileLoc")) for each in named]
