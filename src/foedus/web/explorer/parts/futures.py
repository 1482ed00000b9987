"""Futures: four questions to ask of what everything rests on, and the addresses of the page."""

from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from foedus.errors import WrongRequest
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.reading import read_number, read_requirements
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import arrangement_of
from foedus.jobs.assumptions.failing import FailingRequest, measures
from foedus.jobs.assumptions.sensitivity import BASE, SensitivityRequest
from foedus.jobs.assumptions.sweep import SweepRequest
from foedus.jobs.design import BUDGET, SIGNERS, DesignRequest
from foedus.jobs.explorer.questions import (
    SweepQuestion,
    answer_design,
    answer_failing,
    answer_sweep,
    answer_what_matters,
)
from foedus.jobs.explorer.terms import FIRST, ends_of, full_terms
from foedus.web.explorer.answers import ShownAnswer
from foedus.web.explorer.desk import Desk, desk_of
from foedus.web.explorer.own.keeping import asker_of
from foedus.web.explorer.parts.assumptions import (
    BUDGETS,
    move_by_hand,
    read_file_sent,
    send_ranges,
    show_futures,
    tell_assumptions,
)
from foedus.web.explorer.texts import ChosenText, chosen_texts
from foedus.web.explorer.worlds import TriedWorld, world_of
from foedus.web.pages.site_part import SitePart
from foedus.web.work.long_jobs import DoneSoFar, TellJob, Work
from foedus.web.work.workers import Urgency

_VALUES = 9
"""At how many values one assumption is tried."""


async def ask_question(request: Request) -> Response:
    """Begin to work on a question, or find its answer, and lead to its page."""
    kind = request.path_params["kind"]
    if kind not in _KINDS:
        raise WrongRequest(f"there is no such question; there are {', '.join(_KINDS)}")
    async with request.form(max_files=0, max_fields=40) as form:
        fields = {name: str(value) for name, value in form.items()}
        texts = await chosen_texts(request, list(dict.fromkeys(str(each) for each in form.getlist("text") if each)))
        world = await world_of(request, form)
    if not texts:
        raise WrongRequest("choose a text to ask about")
    title, work = _KINDS[kind](desk_of(request), texts, world, fields)
    key = sha256(repr((kind, [each.name for each in texts], world, sorted(_told(fields).items()))).encode()).hexdigest()
    under = partial(_under, world, work)
    job = desk_of(request).jobs.ask(key, title=title, work=under, asker=asker_of(request))
    return RedirectResponse(job.address, status_code=303)


def _what_matters(
    desk: Desk, texts: tuple[ChosenText, ...], world: TriedWorld, fields: Mapping[str, str]
) -> tuple[str, Work]:
    outcome = _outcome(fields)
    run = RunSettings(FUTURES["screen"], workers=1, **world.terms)
    words = f"foedus sensitivity {_named(texts[:2])} --outcome {outcome} --screen {run.futures} --seed {run.seed}"
    asked = SensitivityRequest(
        tuple(each.given for each in texts[:2]), run, outcome=outcome, base=BASE, command=words + world.in_command
    )
    title = f"What moves {measures()[outcome].lower()}: {_labels(texts[:2])}"
    return title, partial(_apart, desk, answer_what_matters, asked)


def _sweep(desk: Desk, texts: tuple[ChosenText, ...], world: TriedWorld, fields: Mapping[str, str]) -> tuple[str, Work]:
    run = RunSettings(FUTURES["sweep"], workers=1, **world.terms)
    name = fields.get("parameter", "")
    if name not in run.parameters:
        raise WrongRequest(f"there is no assumption called {name!r}; choose one of the list below")
    known = run.parameters[name]
    low, high = _number(fields, "low", known.low), _number(fields, "high", known.high)
    if not low < high:
        raise WrongRequest(f"{name} needs a range to go over: from a smaller value to a larger one")
    values = tuple(float(f"{value:.6g}") for value in np.linspace(low, high, _VALUES))
    outcome = _outcome(fields)
    given = ", ".join(repr(each.in_command) for each in texts)
    words = f"foedus.sweep([{given}], {name!r}, {list(values)}, futures={run.futures}{world.in_python})"
    asked = SweepRequest(tuple(each.given for each in texts), name, values, run, command=words)
    return f"{known.what[:1].upper()}{known.what[1:]}, over a range", partial(
        _apart, desk, answer_sweep, SweepQuestion(asked, outcome)
    )


def _failing(
    desk: Desk, texts: tuple[ChosenText, ...], world: TriedWorld, fields: Mapping[str, str]
) -> tuple[str, Work]:
    run = full_terms(futures=desk.futures, **world.terms)
    enough = fields.get("enough", "").strip()
    try:
        requirements = read_requirements(enough) if enough else ()
    except ValueError as error:
        raise WrongRequest(str(error)) from error
    asked = FailingRequest(texts[0].given, run, requirements=requirements)
    return f"Where {texts[0].label} fails", partial(_solve_and_look, desk, asked)


def _design(
    desk: Desk, texts: tuple[ChosenText, ...], world: TriedWorld, fields: Mapping[str, str]
) -> tuple[str, Work]:
    run = RunSettings(FUTURES["design"], workers=1, **world.terms)
    signers = fields.get("signers", SIGNERS[0])
    budget = int(_number(fields, "budget", BUDGET))
    if signers not in SIGNERS or budget not in BUDGETS:
        raise WrongRequest(f"signers are {', '.join(SIGNERS)}, and games {', '.join(map(str, BUDGETS))}")
    words = f"foedus design {texts[0].in_command} --budget {budget} --signers {signers} --futures {run.futures}"
    asked = DesignRequest(
        texts[0].given, run, budget=budget, signers=signers, command=f"{words} --seed {run.seed}{world.in_command}"
    )
    return f"Designs from {texts[0].label}", partial(_apart, desk, answer_design, asked)


_KINDS: Mapping[str, Callable[[Desk, tuple[ChosenText, ...], TriedWorld, Mapping[str, str]], tuple[str, Work]]] = {
    "what-matters": _what_matters,
    "sweep": _sweep,
    "failing": _failing,
    "design": _design,
}


async def _under(world: TriedWorld, work: Work, tell: TellJob) -> ShownAnswer:
    """Answer a question, and say under whose ranges."""
    answer: ShownAnswer = await work(tell)
    return ShownAnswer(answer.question, own=world.own)


async def _apart(desk: Desk, work: Callable[..., Any], asked: object, tell: TellJob) -> ShownAnswer:
    return ShownAnswer(await desk.apart.run(work, asked, tell=tell))


async def _solve_and_look(desk: Desk, asked: FailingRequest, tell: TellJob) -> ShownAnswer:
    """Solve the text in pieces that a comparison shares, then look for the rule."""
    run, count = asked.run, DoneSoFar(asked.run.futures, "futures", tell=tell)
    arrangement = await desk.workers.run(arrangement_of, asked.text, urgency=Urgency.NOW)
    pieces = await desk.solving.solve(
        arrangement,
        run=run,
        ends=ends_of(run.futures, first=FIRST),
        urgency=Urgency.LATER,
        tell=count.add,
        when_lost=count.lose,
    )
    return ShownAnswer(await desk.workers.run(answer_failing, asked, pieces, urgency=Urgency.LATER))


def _outcome(fields: Mapping[str, str]) -> str:
    outcome = fields.get("outcome", "war")
    if outcome not in measures():
        raise WrongRequest(f"{outcome!r} is no outcome; outcomes are {', '.join(measures())}")
    return outcome


def _number(fields: Mapping[str, str], name: str, default: float) -> float:
    written = fields.get(name, "").strip()
    try:
        return read_number(written) if written else default
    except ValueError as error:
        raise WrongRequest(str(error)) from error


def _named(texts: tuple[ChosenText, ...]) -> str:
    return " ".join(each.in_command for each in texts)


def _labels(texts: tuple[ChosenText, ...]) -> str:
    return " less ".join(each.label for each in texts)


def _told(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Return what of a form makes the question: everything but the page's token."""
    return {name: value for name, value in fields.items() if name in _ASKED}


_ASKED = frozenset({"outcome", "parameter", "low", "high", "enough", "signers", "budget"})


def _old_address(request: Request) -> Response:
    return RedirectResponse(f"/futures?{request.url.query}" if request.url.query else "/futures", status_code=308)


PART = SitePart(
    "Futures",
    "/futures",
    (
        Route("/futures", show_futures, methods=["GET"]),
        Route("/futures/ranges", move_by_hand, methods=["POST"]),
        Route("/futures/ranges/file", read_file_sent, methods=["POST"]),
        Route("/futures/ranges/{name}", send_ranges, methods=["GET"]),
        Route("/futures/{kind}", ask_question, methods=["POST"]),
        Route("/assumptions", _old_address, methods=["GET"]),
        Route("/api/assumptions", tell_assumptions, methods=["GET"]),
    ),
)
