"""The same futures with one parameter set, and everything else as it was drawn."""

from foedus.futures.ensemble import Sample


def set_parameter(sample: Sample, *, name: str, value: float) -> Sample:
    """Return the futures with one parameter at a value; raise ``ValueError`` for a parameter that was not drawn.

    What is worked out from it follows (`future_of`): set ``balance.moved`` to change who would win and not what a war
    costs.
    """
    values = sample.values.copy()
    values[:, sample.names.index(name)] = value
    return Sample(names=sample.names, values=values, seed=sample.seed)
