"""The parts of the explorer, as one app."""

from functools import partial

from starlette.applications import Starlette

from foedus.jobs.asking.defaults import FUTURES
from foedus.web.app import create_app
from foedus.web.explorer import answers
from foedus.web.explorer.desk import lifespan_of, new_desk
from foedus.web.explorer.openapi import openapi_part
from foedus.web.explorer.parts import claims, comparing, determining, evidence, gallery, rehearsing, workbench
from foedus.web.explorer.parts import futures as futures_page
from foedus.web.security.policy import AccessPolicy

PARTS = (
    gallery.PART,
    comparing.PART,
    workbench.PART,
    futures_page.PART,
    claims.PART,
    evidence.PART,
    rehearsing.PART,
    determining.PART,
    answers.PART,
)


def explorer_app(policy: AccessPolicy, *, futures: int = FUTURES["compare"]) -> Starlette:
    """Make the app that `foedus serve` serves; pictures are over so many futures."""
    return create_app(
        (*PARTS, openapi_part(PARTS)), policy=policy, lifespan=lifespan_of(partial(new_desk, futures=futures))
    )
