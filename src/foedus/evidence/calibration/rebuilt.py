"""The targets, computed anew from the data sets that the user has."""

from pathlib import Path

from foedus.evidence.data.catalogue_file import catalogue
from foedus.evidence.targets.load import declared_figures, load_targets
from foedus.evidence.targets.record import Target, TargetOrigin
from foedus.evidence.targets.reproduce import reproduce, to_target
from foedus.evidence.targets.tables import load_tables


def rebuild_targets(folder: Path | None) -> tuple[Target, ...]:
    """Return the packaged targets, those in whose place that the files in ``folder`` allow to compute computed anew.

    Raises `InvalidFile` for a file that cannot be used.
    """
    packaged = load_targets()
    if folder is None:
        return packaged
    citations = {name: data_set.citation for name, data_set in catalogue().items()}
    found = reproduce(load_tables(catalogue(), folder=folder), declared_figures())
    targets = (to_target(each, citations) for each in found)
    computed = {target.id: target for target in targets if target and target.origin is TargetOrigin.COMPUTED}
    return tuple(computed.get(target.id, target) for target in packaged)
