"""Administration: files in, what failed, who has a token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from search_api.api.uploads import JobsParam, accept, check_length, find_job, upload_limit
from search_api.http.access import Access, Admin, Someone, Tokens
from search_api.http.asked import App
from search_api.web.coverage import coverage_of, missing_issues
from search_api.web.render import page

router = APIRouter()


@router.get("/admin")
def overview(request: Request, app: App, jobs: JobsParam, person: Someone) -> Response:
    """Without the right to it, only the way in."""
    if person is None or not person.access.covers(Access.ADMIN):
        return page(request, "login.html", person=person, next="/admin")
    rows = coverage_of(app.store)
    return page(
        request,
        "admin.html",
        person=person,
        jobs=jobs.all(),
        failures=app.store.failures(),
        coverage=rows,
        missing=missing_issues(row.issue for row in rows if row.issue),
        tokens=[token.person for token in Tokens(app.settings.home).all()],
        limit=upload_limit() >> 20,
    )


@router.post("/admin/upload", dependencies=[Depends(check_length)])
def upload(app: App, jobs: JobsParam, person: Admin, files: Annotated[list[UploadFile], File()]) -> Response:
    job = accept(app.settings.home, jobs, person.name, files)
    return RedirectResponse(f"/admin/jobs/{job.id}", 303)


@router.post("/admin/extract")
def extract(jobs: JobsParam, person: Admin) -> Response:
    """Records and index brought up to this version of the program."""
    job = jobs.submit((), person.name, None)
    return RedirectResponse(f"/admin/jobs/{job.id}", 303)


@router.get("/admin/jobs/{job}")
def follow(request: Request, jobs: JobsParam, person: Admin, job: str) -> Response:
    return page(request, "job.html", job=find_job(jobs, job), person=person)
