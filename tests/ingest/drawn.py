"""PDFs drawn for the tests: tiny ones byte by byte, whole gazettes through WeasyPrint."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
BODY = (
    "为深入贯彻落实上级决策部署，切实做好全市防汛抗旱各项工作，保障人民群众生命财产安全，结合我市实际，"
    "现就有关事项通知如下，请各地各部门认真抓好贯彻执行，确保各项任务落到实处。"
)
STYLE = """
@page{size:A4;margin:25mm 22mm;@top-center{content:'云川市人民政府公报 2024年第3期';font-size:9pt}
@bottom-center{content:'— ' counter(page) ' —';font-size:9pt}}
body{font-family:'Noto Serif CJK SC';font-size:11pt;line-height:18pt;margin:0}
p{text-indent:2em;margin:0;text-align:justify}.s{text-indent:0}.c{text-align:center;text-indent:0}
.r{text-align:right;text-indent:0;padding-right:2em}.two{columns:2;column-gap:8mm}
table{border-collapse:collapse;width:100%}td,th{border:.5pt solid}
.t{text-align:center;font-size:18pt;line-height:28pt;margin:12pt 0}.u{text-align:center;font-size:15pt;margin:12pt 0}
"""


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<<" + extra + b"/Length %d>>\nstream\n" % len(content) + content + b"\nendstream"


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A whole PDF of these objects, numbered from 1; the first is the catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(out))
    return out + head + table + end


def one_page(content: bytes, box: bytes = b"[0 0 595 842]", page: bytes = b"") -> bytes:
    """One page with this content stream; font F is Helvetica."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%s>>" % (box, page),
            stream(content),
            FONT,
        ]
    )


def encrypted(password: bytes) -> bytes:
    """One page under the standard security handler, revision 2 (PDF 1.4, 3.5): 40-bit RC4."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    identity = b"0123456789abcdef"
    owner = _rc4(hashlib.md5((b"owner" + pad)[:32]).digest()[:5], (password + pad)[:32])
    rights = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5((password + pad)[:32] + owner + rights + identity).digest()[:5]
    user = _rc4(key, pad)
    content = _rc4(
        hashlib.md5(key + b"\x04\x00\x00\x00\x00").digest()[:10], b"BT /F 12 Tf 100 700 Td (Hidden text) Tj ET"
    )
    handler = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (owner.hex().encode(), user.hex().encode())
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(content),
        FONT,
        handler,
    ]
    return pdf(objects, b"/Encrypt 6 0 R/ID[<%s><%s>]" % (identity.hex().encode(), identity.hex().encode()))


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


@cache
def _drawn(html: str, style: str) -> bytes:
    import weasyprint

    made = weasyprint.HTML(string=f"<style>{style}</style>{html}").write_pdf()
    assert isinstance(made, bytes)
    return made


def draw(path: Path, html: str, style: str = STYLE) -> Path:
    """The HTML as a PDF at `path`."""
    path.write_bytes(_drawn(html, style))
    return path


def notice(number: str, title: str, issuer: str, rest: str = "", day: int = 4) -> str:
    """A notice as gazettes print it: title, number, addressees, text, signature, date."""
    return (
        f"<div class=t>{issuer}<br>{title}</div><p class=c>{number}</p>"
        f"<p class=s>各县（市、区）人民政府，市直各有关单位：</p><p>{BODY}</p>"
        f"<p class=r>{issuer}</p><p class=r>2024年3月{day}日</p><p>（此件公开发布）</p>{rest}"
    )


GAZETTE = (
    "<div style='margin-top:160pt'></div><div class=c style='font-size:36pt;line-height:60pt'>云川市人民政府公报</div>"
    "<p class=c>2024年第3期（总第27期）</p><p class=c>2024年3月31日出版</p>"
    "<div style='break-before:page' class=u>目　录</div>"
    "<p class=s>云川市人民政府办公室关于印发云川市智慧城管建设工作方案的通知…………………………3</p>"
    "<p class=s>云川市人民政府关于做好防汛工作的通知…………………………4</p>"
    "<p class=s>云川市人民政府关于表彰先进的决定…………………………9</p>"
    "<div style='break-before:page'></div>"
    + notice(
        "云政办发〔2024〕5号",
        "关于印发云川市智慧城管建设工作方案的通知",
        "云川市人民政府办公室",
        "<div class=u>云川市智慧城管建设工作方案</div><div class=two>"
        + f"<p>一、总体要求</p><p>{BODY}</p><p>二、主要任务</p><p>（一）夯实基础。{BODY}</p>"
        + f"<p>（二）优化服务。{BODY}{BODY}</p>"
        + f"<p>三、保障措施</p><p>{BODY}</p></div>",
    )
    + "<div style='break-before:page'></div>"
    + notice("云政发〔2024〕6号", "关于做好防汛工作的通知", "云川市人民政府", day=9)
    + "<p>附件：1.云川市防汛责任人名单</p><p class=s>附件1</p><div class=u>云川市防汛责任人名单</div><table>"
    "<tr><th>序号</th><th>姓名</th><th>单位</th></tr>"
    "<tr><td>1</td><td>李明</td><td>市水利局</td></tr><tr><td>2</td><td>王强</td><td>市气象局</td></tr></table>"
)
