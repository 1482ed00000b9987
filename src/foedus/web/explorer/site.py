"""The parts of the explorer, as one app."""

from starlette.applications import Starlette

from foedus.web.app import create_app
from foedus.web.explorer import gallery
from foedus.web.security.policy import AccessPolicy


def explorer_app(policy: AccessPolicy) -> Starlette:
    """Make the app that `foedus serve` serves."""
    return create_app((gallery.PART,), policy=policy)
