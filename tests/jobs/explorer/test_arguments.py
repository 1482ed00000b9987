"""Arguments in an order to be read, and what came of them in a line."""

from foedus.futures.parameters.load import default_parameters
from foedus.insight.claims.record import ArgumentOrigin
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.claims import ClaimsRequest, list_claims
from foedus.jobs.explorer.arguing.arguments import list_arguments
from foedus.jobs.explorer.arguing.reading_path import PATHS
from foedus.jobs.explorer.arguing.tried import answer_claims

_CLAIM = "neutrality_alone_brings_war"


def test_the_reading_paths_lead_through_every_argument_of_the_essays() -> None:
    """Each once; the wider debate has no order."""
    claims = list_claims(parameters=default_parameters()).claims
    for origin in ArgumentOrigin:
        ids = {each.id for each in claims if each.origin is origin}
        assert set(PATHS.get(origin, {})) == (set() if origin is ArgumentOrigin.DEBATE else ids)


def test_arguments_stand_in_the_order_of_their_path() -> None:
    """From one on, without a gap, each saying why it comes there."""
    found = list_arguments()
    for path in PATHS.values():
        steps = [each for each in found if each.id in path]
        assert [each.id for each in steps] == list(path)
        assert [each.step for each in steps] == list(range(1, len(path) + 1))
        assert all(each.why_here.endswith((".", "?")) for each in steps)


def test_the_line_of_a_claim_says_what_its_page_says() -> None:
    """The same ruling and the same counts, and the command that makes them again."""
    asked = ClaimsRequest(RunSettings(8, workers=1), (_CLAIM,), command="foedus claims and so on")
    tried = answer_claims(asked)
    brief, page = tried.brief[_CLAIM], tried.in_full[_CLAIM].html
    assert brief.ruling in page.lower()
    assert f"it holds in {round(8 * brief.share)} of\N{NO-BREAK SPACE}8 futures" in page
    assert "foedus claims and so on" in page
