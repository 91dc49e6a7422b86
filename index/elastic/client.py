"""The connection to Elasticsearch, and its troubles in our words."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from elastic_transport import ConnectionError as Unreachable
from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    Elasticsearch,
    ElasticsearchWarning,
    NotFoundError,
    UnsupportedProductError,
)
from gongbao.corpus.errors import IndexMissing, ServiceUnavailable, UsageError
from gongbao.index.settings import PREFIX, EngineSettings

_MEDIA_TYPE = "media_type_header_exception"  # of a server that does not know what a client of 8 or 9 sends

# Said by servers without security, once for each request.
warnings.filterwarnings("ignore", category=ElasticsearchWarning)


def connect(settings: EngineSettings) -> Elasticsearch:
    """A client; nothing is sent yet. UsageError where the settings cannot be meant."""
    nodes = _nodes(settings.url)
    if not all(urlsplit(node).scheme in {"http", "https"} for node in nodes):
        raise UsageError(
            f"Elasticsearch 的地址无效：{_without_secrets(settings.url)}", f"{PREFIX}URL 要以 http:// 或 https:// 开头"
        )
    options: dict[str, Any] = {"request_timeout": settings.timeout, "max_retries": 2, "retry_on_timeout": False}
    if settings.api_key:
        options["api_key"] = settings.api_key
    elif settings.username:
        options["basic_auth"] = (settings.username, settings.password or "")
    try:
        return Elasticsearch(nodes, **options, **_tls(settings))
    except (ValueError, OSError) as error:
        raise UsageError(f"Elasticsearch 的设置无效：{error}", f"检查 {PREFIX}URL 等环境变量") from error


def _tls(settings: EngineSettings) -> dict[str, Any]:
    if not (settings.url or "").startswith("https"):
        return {}
    tls: dict[str, Any] = {"verify_certs": settings.verify}
    if not settings.verify:
        warnings.filterwarnings("ignore", message="Unverified HTTPS request")  # asked for by VERIFY=0
        tls["ssl_show_warn"] = False
    if settings.ca_certs:
        if not Path(settings.ca_certs).is_file():
            raise UsageError(f"没有这个证书文件：{settings.ca_certs}", f"检查 {PREFIX}CA_CERTS")
        tls["ca_certs"] = settings.ca_certs
    if settings.fingerprint:
        tls["ssl_assert_fingerprint"] = settings.fingerprint
    return tls


@contextmanager
def spoken(url: str | None) -> Iterator[None]:
    """What the client raises, as one clear line, without a password that the address may hold."""
    url = _without_secrets(url)
    try:
        yield
    except TlsError as error:
        remedy = f"设置 {PREFIX}CA_CERTS 或 {PREFIX}FINGERPRINT"
        raise ServiceUnavailable(f"无法验证 Elasticsearch 的证书：{url}", remedy) from error
    except AuthenticationException as error:
        remedy = f"检查 {PREFIX}API_KEY，或 {PREFIX}USERNAME 与 {PREFIX}PASSWORD"
        raise ServiceUnavailable(f"Elasticsearch 拒绝了登录：{url}", remedy) from error
    except AuthorizationException as error:
        raise ServiceUnavailable(
            f"Elasticsearch 不许这个用户这样做：{reason(error.status_code, error.body)}", "给它 gongbao-* 的读写权限"
        ) from error
    except UnsupportedProductError as error:
        raise ServiceUnavailable(f"这个地址上不是 Elasticsearch：{url}", f"检查 {PREFIX}URL") from error
    except ConnectionTimeout as error:
        raise ServiceUnavailable(f"Elasticsearch 没有按时答复：{url}", f"检查服务，或放宽 {PREFIX}TIMEOUT") from error
    except (Unreachable, TransportError) as error:
        raise ServiceUnavailable(f"无法连接 Elasticsearch：{url}", f"检查服务是否启动、{PREFIX}URL 是否正确") from error
    except NotFoundError as error:
        raise _missing() from error
    except ApiError as error:
        raise _refused(error.status_code, error.body) from error


def _nodes(url: str | None) -> list[str]:
    """The addresses of a cluster's nodes, which are tried in turn."""
    return [node.strip() for node in (url or "").split(",")]


def _without_secrets(url: str | None) -> str:
    parts = map(urlsplit, _nodes(url))
    return "、".join(each._replace(netloc=each.netloc.rpartition("@")[2]).geturl() for each in parts)


def raise_failed(answer: dict[str, Any]) -> None:
    """An answer, or a part of a multi-search, that holds an error."""
    if "error" in answer:
        status = int(answer.get("status", 500))
        raise _missing() if status == 404 else _refused(status, answer)


def _missing() -> IndexMissing:
    return IndexMissing("索引尚未建立，或由另一版本建立", "先运行 gongbao run 公报目录；已有语料库则运行 gongbao index")


def _refused(status: int, body: object) -> ServiceUnavailable:
    if status == HTTPStatus.NOT_ACCEPTABLE or _MEDIA_TYPE in str(body):
        return ServiceUnavailable("Elasticsearch 的版本与本程序不合", "换用 8 或 9 版的服务器")
    return ServiceUnavailable(f"Elasticsearch 没有接受请求：{reason(status, body)}", "查看服务器日志")


def reason(status: int, body: object) -> str:
    """The server's own words, short."""
    cause = body.get("error") if isinstance(body, dict) else None
    if not isinstance(cause, dict):
        return f"{status} {cause or ''}"[:300]
    root = (cause.get("root_cause") or [cause])[0]
    return f"{status} {root.get('type')}：{root.get('reason')}"[:300]
