from foedus.arrangement.library import load_from_library
from foedus.report.words.labels import arrangement_label, wrapped
from foedus.values.names import listed, party_name


def test_an_arrangement_is_called_by_its_short_name() -> None:
    """What the file says stands in tables and charts."""
    record = load_from_library("ukraine/minsk_osce_2015")
    assert arrangement_label(record.id, record) == record.short_name == "Minsk with OSCE mission 2015"


def test_without_a_record_an_id_is_still_readable() -> None:
    """Well-known abbreviations are capital letters, the first word begins with one."""
    assert arrangement_label("nato_membership") == "NATO membership"
    assert arrangement_label("my_own_draft") == "My own draft"


def test_parties_are_named_as_states_are() -> None:
    """Every word but the small ones begins with a capital."""
    assert party_name("united_kingdom") == "United Kingdom"
    assert party_name("republic_of_china") == "Republic of China"


def test_a_long_label_is_cut_with_an_ellipsis_and_not_in_silence() -> None:
    """Two lines at most; what is missing is marked."""
    text = wrapped("a very long name that nobody could ever fit into two lines of a chart", width=20)
    assert text.count("\n") == 1
    assert text.endswith("…")
    assert wrapped("short", width=20) == "short"


def test_a_list_reads_as_in_a_sentence() -> None:
    """One, two and three things are joined as people join them."""
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
