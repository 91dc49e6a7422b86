"""Messages by e-mail and to the robots of group chats. A service that cannot be reached is told, not hidden."""

from __future__ import annotations

import json
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from gongbao.corpus.desk.subscriptions import Channel, Message
from gongbao.corpus.errors import ServiceUnavailable, UsageError

_PATIENCE = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Delivery:
    """`smtp`: smtp://user:password@host:port, smtps:// for TLS from the start; `sender`: the From address."""

    smtp: str = ""
    sender: str = ""


def send(message: Message, delivery: Delivery) -> None:
    """ServiceUnavailable where it did not arrive; UsageError where the settings cannot be meant."""
    subscription = message.subscription
    if subscription.channel is Channel.MAIL:
        _send_mail(message, delivery)
    else:
        _post(subscription.target, _payload(message))


def _send_mail(message: Message, delivery: Delivery) -> None:
    address = urlsplit(delivery.smtp)
    if address.scheme not in ("smtp", "smtps") or not address.hostname or not delivery.sender:
        raise UsageError("没有设置邮件服务器", "设 GONGBAO_SMTP_URL=smtp://用户:密码@主机:端口 与 GONGBAO_MAIL_FROM")
    mail = EmailMessage()
    mail["Subject"] = message.title
    mail["From"], mail["To"] = delivery.sender, message.subscription.target
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = f"<{message.id}@gongbao>"  # the same on a second attempt, so that no reader shows it twice
    mail.set_content("\n".join((*message.lines, "", "提醒由公报检索按您的订阅发出，每项只提醒一次。")))
    tls = ssl.create_default_context()
    try:
        port = address.port or (465 if address.scheme == "smtps" else 25)
        if address.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(address.hostname, port, timeout=_PATIENCE, context=tls)
        else:
            server = smtplib.SMTP(address.hostname, port, timeout=_PATIENCE)
        with server:
            if address.username:
                if address.scheme == "smtp":
                    server.starttls(context=tls)
                server.login(unquote(address.username), unquote(address.password or ""))
            server.send_message(mail)
    except (OSError, smtplib.SMTPException) as error:
        raise ServiceUnavailable(f"邮件没有发出：{_said(error)}", "检查 GONGBAO_SMTP_URL，稍后自动重发") from error


def _payload(message: Message) -> dict[str, Any]:
    """As each robot takes it."""
    text = "\n".join(f"- {line}" for line in message.lines)
    match message.subscription.channel:
        case Channel.DINGTALK:
            return {"msgtype": "markdown", "markdown": {"title": message.title, "text": f"### {message.title}\n{text}"}}
        case Channel.WECOM:
            return {"msgtype": "markdown", "markdown": {"content": _cut(f"**{message.title}**\n{text}")}}
        case Channel.FEISHU:
            return {"msg_type": "text", "content": {"text": f"{message.title}\n{text}"}}
        case _:
            return {"id": message.id, "title": message.title, "lines": list(message.lines), "at": message.at}


def _cut(text: str) -> str:
    """WeCom takes 4,096 bytes."""
    whole = text.encode()
    return text if len(whole) <= 4_096 else whole[:4_050].decode(errors="ignore") + "\n……（其余见任务列表）"


class _Stay(HTTPRedirectHandler):
    """A webhook leads nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _post(address: str, payload: dict[str, Any]) -> None:
    if urlsplit(address).scheme not in ("http", "https"):
        raise UsageError(f"不是 Webhook 地址：{address[:60]}", "写成 https://…")
    body = json.dumps(payload, ensure_ascii=False).encode()
    request = Request(address, body, {"Content-Type": "application/json; charset=utf-8"})
    try:
        with build_opener(_Stay).open(request, timeout=_PATIENCE) as answer:
            told = answer.read(10_000)
    except (URLError, OSError, HTTPException, ValueError) as error:
        raise ServiceUnavailable(f"Webhook 没有送到：{_said(error)}", "检查地址，稍后自动重发") from error
    _check(told)


def _check(told: bytes) -> None:
    """Robots answer 200 also where they refuse: errcode (DingTalk, WeCom) or code (Feishu) other than 0."""
    try:
        answer = json.loads(told or b"{}")
    except ValueError:
        return
    if isinstance(answer, dict):
        code = answer.get("errcode", answer.get("code", 0))
        if code not in (0, "0", None):
            why = answer.get("errmsg") or answer.get("msg") or ""
            raise ServiceUnavailable(f"Webhook 拒收：{code} {why}".strip(), "检查机器人的安全设置")


def _said(error: Exception) -> str:
    reason = getattr(error, "reason", None)
    return str(reason or error or type(error).__name__).replace("\n", " ")[:200]
