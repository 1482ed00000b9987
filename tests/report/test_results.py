import dataclasses
import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from foedus.game.outcomes import OUTCOMES
from foedus.report.comparison.results import json_of, parquet_of
from foedus.report.page.provenance import Provenance, outcomes_digest, provenance_of_outcomes
from tests.report.reading import read_results
from tests.report.specimens import BASELINE, FINDING, arrangements, comparison, ensemble, provenance


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "results.parquet"
    path.write_bytes(parquet_of(ensemble(), provenance=provenance()))
    return path


def test_what_is_written_is_what_is_read(file: Path) -> None:
    """Outcomes, convergence, effort, parameters and origin come back as they went in."""
    results, original = read_results(file), ensemble()
    assert tuple(results.provenance.arrangement_digests) == original.arrangements
    np.testing.assert_array_equal(results.converged, original.converged)
    np.testing.assert_array_equal(results.outcomes[results.converged], original.outcomes[original.converged])
    np.testing.assert_array_equal(results.residual, original.residual)
    np.testing.assert_array_equal(results.sweeps, original.sweeps)
    np.testing.assert_array_equal(results.parameters, original.sample.values)
    assert results.parameter_names == original.sample.names
    assert results.provenance == provenance()


def test_unconverged_outcomes_are_absent_and_not_numbers(file: Path) -> None:
    """A reader who averages the column cannot take in a number that was never solved."""
    table = pq.read_table(file)
    failed = int((~ensemble().converged).sum())
    assert failed > 0
    assert all(table[outcome].null_count == failed for outcome in OUTCOMES)
    assert np.isnan(read_results(file).outcomes[~ensemble().converged]).all()


def test_any_parquet_reader_finds_one_row_for_each_future_and_arrangement(file: Path) -> None:
    """The table is long and tidy, and its origin is in the schema's metadata."""
    table = pq.read_table(file)
    rows = set(zip(table["future"].to_pylist(), table["arrangement"].to_pylist(), strict=True))
    assert len(rows) == table.num_rows == 200 * 12
    head = json.loads(table.schema.metadata[b"foedus"])
    assert head["provenance"]["settings"]["seed"] == 7


def test_the_same_ensemble_gives_the_same_bytes() -> None:
    """Nothing of the hour or the machine's name is in the file."""
    assert parquet_of(ensemble(), provenance=provenance()) == parquet_of(ensemble(), provenance=provenance())


def test_json_holds_the_whole_comparison() -> None:
    """Summary, differences, rankings, what overturns, convergence, findings and origin are there for a program."""
    content = json.loads(json_of(comparison(), provenance=provenance(), findings={BASELINE: [FINDING]}))
    told = content["comparison"]
    assert told["spreads"][BASELINE]["war"]["median"] == comparison().spreads[BASELINE]["war"].median
    assert told["convergence"]["used"] == comparison().convergence.used
    assert list(told["rankings"]) == ["war", "lost", "value_P"]
    assert len(told["challenges"]) == len(comparison().challenges)
    assert content["findings"][BASELINE][0]["code"] == "V01"
    assert Provenance.from_mapping(content["provenance"]) == provenance()


def test_what_was_not_checked_is_null_and_not_empty() -> None:
    """No findings asked for and no findings found are different answers."""
    assert json.loads(json_of(comparison(), provenance=provenance()))["findings"] is None


def test_the_inputs_digest_knows_what_matters() -> None:
    """Another seed, a changed arrangement or other parameters give another digest; another baseline does not."""
    plain = {name: {"id": name} for name in arrangements()}
    settings = dataclasses.replace(ensemble().settings, seed=8)

    def digest(**changed: object) -> str:
        given = {
            "ensemble": ensemble(),
            "command": "foedus compare",
            "arrangements": plain,
            "parameters_digest": "p",
            "baseline": BASELINE,
            **changed,
        }
        return provenance_of_outcomes(given.pop("ensemble"), **given).inputs_digest  # type: ignore[arg-type]

    assert digest() == digest(baseline="nato_membership") == digest(command="foedus compare --baseline nato_membership")
    others = [
        digest(ensemble=dataclasses.replace(ensemble(), settings=settings)),
        digest(arrangements={**plain, BASELINE: {"id": BASELINE, "name": "changed"}}),
        digest(parameters_digest="q"),
    ]
    assert len({digest(), *others}) == 4


def test_the_outcomes_digest_sees_a_change_but_not_the_last_bits() -> None:
    """A millionth does not pass unseen; what another processor rounds differently does."""
    original = ensemble()
    rounded = dataclasses.replace(original, outcomes=original.outcomes * (1 + 1e-15))
    changed = original.outcomes.copy()
    changed[np.argmax(original.converged[:, 0]), 0, 0] += 3e-6
    assert outcomes_digest(rounded) == outcomes_digest(original)
    assert outcomes_digest(dataclasses.replace(original, outcomes=changed)) != outcomes_digest(original)


def test_numbers_that_never_converged_do_not_enter_the_digest() -> None:
    """Whatever an unsolved future holds, the digest is that of the solved ones."""
    original = ensemble()
    other = np.where(original.converged[:, :, None], original.outcomes, 0.123)
    assert outcomes_digest(dataclasses.replace(original, outcomes=other)) == outcomes_digest(original)
