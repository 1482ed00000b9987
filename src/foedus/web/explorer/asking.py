"""What pages of the explorer ask with: JSON of which every value is text of a bearable length."""

from collections.abc import Sequence

from starlette.requests import Request

from foedus.errors import WrongRequest

_LONGEST_TEXT = 256 * 1024


async def asked_as_text(request: Request, *names: str, optional: Sequence[str] = ()) -> dict[str, str]:
    """Return what a request says under some names, all of it text; empty for what is optional and not said."""
    try:
        content = await request.json()
    except ValueError as error:
        raise WrongRequest("the request is no JSON") from error
    if isinstance(content, dict):
        content = dict.fromkeys(optional, "") | content
        names = (*names, *optional)
    if not isinstance(content, dict) or not all(isinstance(content.get(name), str) for name in names):
        raise WrongRequest(f"the request must say, as text: {', '.join(names)}")
    if any(len(content[name]) > _LONGEST_TEXT for name in names):
        raise WrongRequest(f"a text of more than {_LONGEST_TEXT // 1024} kB is not read")
    return {name: content[name] for name in names}
