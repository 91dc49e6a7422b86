"""The home that a request is answered from."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from gongbao.search_api.compose import Application
from gongbao.search_api.http.inline import inline


def get_application(request: Request) -> Application:
    application = request.app.state.application
    assert isinstance(application, Application)
    application.refresh()
    return application


WholeApp = Annotated[Application, Depends(inline(get_application))]
