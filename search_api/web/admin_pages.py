"""Administration: files in, what failed, who has a token."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from gongbao.corpus.failure import EntryState
from gongbao.search_api import knowledge, labels, redoing
from gongbao.search_api.audit import DEEDS, recent_acts
from gongbao.search_api.http.access import Admin, Someone
from gongbao.search_api.http.asked import App
from gongbao.search_api.http.received import JobsParam, accept, find_job
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.tokens import Access, Tokens
from gongbao.search_api.web.coverage import coverage_of, missing_issues
from gongbao.search_api.web.render import page

routes = Routes()

_ACTS = 50  # last changes that are shown


@routes.get("/admin")
def overview(request: Request, app: App, jobs: JobsParam, person: Someone) -> Response:
    """Without the right to it, only the way in."""
    if person is None or not person.access.covers(Access.ADMIN):
        return page(request, "login.html", person=person, next="/admin", problem="")
    rows = coverage_of(app.store)
    return page(
        request,
        "admin.html",
        person=person,
        jobs=jobs.all(),
        failures=app.store.ledger.all(),
        others=app.store.ledger.entries(EntryState.IGNORED, EntryState.SKIPPED, EntryState.WAITING),
        acts=recent_acts(app.store, _ACTS),
        deeds=DEEDS,
        stages=labels.STAGES,
        coverage=rows,
        missing=missing_issues(row.issue for row in rows if row.issue),
        tokens=[token.person for token in Tokens(app.settings.home).all()],
        register=knowledge.register_files(app.settings.home),
        synonyms=knowledge.synonyms_text(app.settings.home),
        limit=request.app.state.settings.upload_mb,
        suffixes=",".join(app.suffixes),
    )


@routes.post("/admin/upload")
def upload(jobs: JobsParam, person: Admin, files: Annotated[list[UploadFile], File()]) -> Response:
    job = accept(jobs, person.name, files)
    return RedirectResponse(f"/admin/jobs/{job.id}", 303)


@routes.post("/admin/retry")
def retry(jobs: JobsParam, person: Admin, place: Annotated[list[str] | None, Form()] = None) -> Response:
    """What was chosen, else all that failed."""
    return RedirectResponse(f"/admin/jobs/{jobs.again(place or (), person.name)}", 303)


@routes.post("/admin/ignore")
def ignore(app: App, person: Admin, place: Annotated[list[str], Form()]) -> Response:
    redoing.ignore(app.store, place, person.name)
    return RedirectResponse("/admin#fail-head", 303)


@routes.post("/admin/extract")
def extract(jobs: JobsParam, person: Admin) -> Response:
    """Records and index brought up to this version of the program."""
    return RedirectResponse(f"/admin/jobs/{jobs.submit(person.name)}", 303)


@routes.post("/admin/register")
def save_register(
    app: App,
    jobs: JobsParam,
    person: Admin,
    name: Annotated[str, Form(max_length=80)],
    text: Annotated[str, Form(max_length=2_000_000)],
) -> Response:
    """Bodies resolve otherwise from now on: everything is extracted again."""
    knowledge.save_register(app, name.strip(), text, person.name)
    return RedirectResponse(f"/admin/jobs/{jobs.submit(person.name)}", 303)


@routes.post("/admin/synonyms")
def save_synonyms(app: App, person: Admin, text: Annotated[str, Form(max_length=2_000_000)] = "") -> Response:
    knowledge.save_synonyms(app, text, person.name)
    return RedirectResponse("/admin#words-head", 303)


@routes.get("/admin/jobs/{job}")
def follow(request: Request, jobs: JobsParam, person: Admin, job: str) -> Response:
    return page(request, "job.html", job=find_job(jobs, job), person=person)
