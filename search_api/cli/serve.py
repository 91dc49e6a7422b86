"""serve and show: the API with the web page, and one record's page picture; a document highlighted."""

from __future__ import annotations

import ctypes
import ipaddress
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from gongbao.corpus.audit import Audit, Deed, local_user
from gongbao.corpus.errors import UsageError
from gongbao.search_api.cli.options import application, corpus
from gongbao.search_api.cli.screen import console, errors
from gongbao.search_api.compose import Application
from gongbao.search_api.settings import ServerSettings, read_settings
from gongbao.search_api.tokens import Tokens

HOST, PORT = "127.0.0.1", 8000
_M_ARENA_MAX = -8  # of malloc.h
_TURN = 0.0005  # seconds that one thread computes while another waits: who is turned away needs a few short turns
_NEAR = ("localhost", "127.0.0.1", "::1")

Host = Annotated[str, typer.Option(help="监听地址")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="端口；0 为任取空闲端口")]


def add_to(app: typer.Typer) -> None:
    app.command()(serve)
    app.command()(show)
    app.command()(highlight)


def serve(
    context: typer.Context,
    host: Host = HOST,
    port: Port = PORT,
    public: Annotated[bool, typer.Option("--public", help="谁都能查看；更改须凭证，台账备注等只供登录者看")] = False,
) -> None:
    """启动网页与接口（接口说明在 /docs）。"""
    serve_on(application(context), _listen(host, port), public=public)


def show(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="记录编号")],
    output: Annotated[Path, typer.Option("--output", "-o", help="PNG 文件")],
) -> None:
    """记录所在页的图片，原文用框标出。"""
    from gongbao.search_api.pictures import picture_of_record

    output.write_bytes(picture_of_record(corpus(context), record))


def highlight(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="文号（写法不限）或编号")],
    output: Annotated[Path, typer.Option("--output", "-o", help="PDF 文件")],
) -> None:
    """一份文件所在各页的 PDF，任务的原句标成黄色，批注写明承担单位与时限。"""
    from gongbao.search_api.highlighting import highlighted
    from gongbao.search_api.http.asked import find_document

    store = corpus(context).store
    found = find_document(store, document)
    output.write_bytes(highlighted(store, found, store.extraction(found.id)))


def serve_on(app: Application, listener: socket.socket, *, public: bool = False) -> None:
    """Serve on a socket that listens already, so that the address printed is the one that answers."""
    import uvicorn
    from gongbao.search_api.api import create_app
    from gongbao.search_api.http.announcing import Announcing
    from gongbao.search_api.http.patience import PatientProtocol
    from gongbao.search_api.http.watch import write_logs

    host, port = listener.getsockname()[:2]
    if not public and not ipaddress.ip_address(host).is_loopback:
        errors.print(_opened(Tokens(app.settings.home)), highlight=False)
    settings = read_settings()
    settings = settings.model_copy(
        update={"public": public or settings.public, "hosts": settings.hosts or _own_names(host)}
    )
    Audit(app.settings.home).note(local_user(), Deed.SERVED, f"{host}:{port}{_changed(settings)}")
    write_logs(settings.log)
    _share_heaps()
    sys.setswitchinterval(_TURN)
    config = uvicorn.Config(create_app(app, settings), log_level="warning", http=PatientProtocol, proxy_headers=False)
    said = f"公报检索：http://{host}:{port}  （按 Ctrl+C 结束）"
    Announcing(config, lambda: console.print(said, highlight=False)).run(sockets=[listener])


def _share_heaps() -> None:
    """Two heaps for all threads, where glibc would give each its own, and what one lets go of serves no other."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _own_names(host: str) -> tuple[str, ...]:
    """Who listens on this machine alone is not asked by another name, unless GONGBAO_HOSTS says so."""
    return _NEAR if ipaddress.ip_address(host).is_loopback else ("*",)


def _changed(settings: ServerSettings) -> str:
    """Settings that are not the usual ones, without what is secret."""
    fields = type(settings).model_fields.items()
    told = [f"{name}={value}" for name, f in fields if f.repr and (value := getattr(settings, name)) != f.default]
    return "，" + "，".join(told) if told else ""


def _opened(tokens: Tokens) -> str:
    """What listening beyond this machine lets others do."""
    if tokens.all():
        return "注意：网络上的其他机器也能连接；查看与校核都需要凭证（gongbao token list 看谁有）。"
    return "注意：网络上的其他机器也能连接，且没有发过凭证：谁都能查看全部内容。要限制，先 gongbao token add。"


def listen_or_next(host: str = HOST, port: int = PORT) -> socket.socket:
    """The port, or the next free one above it."""
    for candidate in range(port, min(port + 100, 65_536)):
        try:
            return _listen(host, candidate)
        except UsageError:
            continue
    return _listen(host, 0)


def _listen(host: str, port: int) -> socket.socket:
    """A socket whose connections send at once: asyncio turns waiting off only for sockets that say they are of TCP,
    which one of create_server does not, and a small answer took the 40 ms of a delayed acknowledgement."""
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        raise UsageError(f"不能监听 {host}:{port}：{error.strerror or error}", "换一个 --port") from error
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    return listener
