"""What ships and can be asked for by name."""

from foedus.arrangement.library import library_files


def text_names() -> tuple[str, ...]:
    """Name the theatres of the library and every text in them."""
    texts = tuple(library_files())
    return (*dict.fromkeys(name.partition("/")[0] for name in texts), *texts)


def claim_names() -> tuple[str, ...]:
    """Name the packaged claims."""
    from foedus.insight.claims.load import packaged_claims

    return tuple(packaged_claims())
