"""How a result was obtained."""

from collections.abc import Iterable

from foedus.arrangement.dump import to_plain
from foedus.futures.ensemble import Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.parameters.record import Parameters
from foedus.jobs.asking.texts import Text
from foedus.report.page.provenance import Provenance, provenance_of
from foedus.report.parameters.assumptions import basis_of, basis_words


def pedigree_of(
    texts: Iterable[Text], parameters: Parameters, *, settings: Settings, command: str, libraries: tuple[str, ...] = ()
) -> Provenance:
    """Tell of a result which texts, parameters and settings it rests on, and the command that gives it again."""
    return provenance_of(
        command=command,
        arrangements={text.arrangement.id: to_plain(text.arrangement) for text in texts},
        parameters_digest=parameters.digest,
        basis=basis_words(basis_of(parameters, default=default_parameters())),
        settings=settings,
        libraries=libraries,
    )
