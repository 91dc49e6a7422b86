"""Settings of the server, from GONGBAO_… variables: a wrong value is told, never passed over."""

from __future__ import annotations

from typing import Annotated, Literal

from gongbao.corpus.errors import UsageError
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_PREFIX = "GONGBAO_"
_Names = Annotated[tuple[str, ...], NoDecode]  # written with commas between them


class ServerSettings(BaseSettings):
    """One field a variable: `upload_mb` is GONGBAO_UPLOAD_MB."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_ignore_empty=True, frozen=True)

    upload_mb: int = Field(200, gt=0, description="一次上传至多多少 MB")
    body_kb: int = Field(20_480, gt=0, description="其他请求的正文至多多少 KB")
    cors: _Names = Field((), description="允许跨站读取接口的来源，逗号分隔")
    hosts: _Names = Field((), description="本站的主机名，逗号分隔；* 为不限")
    at_once: int = Field(2, gt=0, description="同时处理的请求数")
    waiting: int = Field(8, ge=0, description="至多多少个请求排队等候，再多则请稍后再试")
    wait_seconds: float = Field(1.0, ge=0, description="估计须排队多少秒以上的请求不再等候")
    per_minute: int = Field(1200, gt=0, description="一台机器每分钟至多多少次请求")
    body_seconds: float = Field(30, gt=0, description="正文两次到达之间至多多少秒")

    public: bool = Field(False, description="true：谁都能查看，台账的备注、责任人与佐证除外")
    frames: _Names = Field((), description="允许把本站嵌入其页面的来源，逗号分隔")
    proxies: _Names = Field(("127.0.0.1",), description="前置代理的地址或网段，逗号分隔；只信它们的转发头与登录头")
    sign_in_header: str = Field("", description="前置代理写明登录人的请求头，如 X-Remote-User；只信 PROXIES 来的")
    smtp_url: str = Field("", repr=False, description="邮件服务器，smtp://用户:密码@主机:端口")
    mail_from: str = Field("", description="提醒邮件的发件人")

    log: Literal["debug", "info", "warning", "error"] = Field("warning", description="debug、info、warning 或 error")

    @field_validator("cors", "hosts", "frames", "proxies", mode="before")
    @classmethod
    def _split(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(part.strip() for part in given.split(",") if part.strip())

    @property
    def upload_bytes(self) -> int:
        return self.upload_mb << 20

    @property
    def body_bytes(self) -> int:
        return self.body_kb << 10


def read_settings() -> ServerSettings:
    """As the environment says; UsageError that names the variable, what it held and what it should be."""
    try:
        return ServerSettings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = str(wrong["loc"][0]).lower().removeprefix(_PREFIX.lower())
        meant = ServerSettings.model_fields[name].description
        remedy = f"{meant}；改正或去掉这个环境变量"
        raise UsageError(f"{_PREFIX}{name.upper()} 的值不对：{wrong['input']}", remedy) from None
