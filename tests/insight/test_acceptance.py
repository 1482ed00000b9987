import numpy as np

from foedus.insight.acceptance import acceptance_of


def test_all_three_must_gain_in_the_same_future() -> None:
    """Each of three parties gains in three of four futures, but in one only do all of them: there is one treaty."""
    acceptance = acceptance_of(
        adversary=np.array([1.0, -1.0, 1.0, 0.0]),
        protected_state=np.array([1.0, 1.0, -1.0, 0.0]),
        guarantors=np.array([-1.0, 1.0, 1.0, 0.0]),
    )
    assert [acceptance.adversary.value, acceptance.protected_state.value, acceptance.guarantors.value] == [0.75] * 3
    assert acceptance.everyone.value == 0.25


def test_who_is_indifferent_signs() -> None:
    """A gain of exactly nothing counts as signing."""
    nothing = np.zeros(5)
    assert acceptance_of(adversary=nothing, protected_state=nothing, guarantors=nothing).everyone.value == 1
