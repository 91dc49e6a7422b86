"""The home that a request is answered from."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from gongbao.search_api.compose import Application


def get_application(request: Request) -> Application:
    application = request.app.state.application
    assert isinstance(application, Application)
    application.refresh()
    return application


WholeApp = Annotated[Application, Depends(get_application)]
