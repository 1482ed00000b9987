"""YAML that ships with the package, read by a parser in C: the same trees, in a tenth of the time.

Texts of users are never read so: that parser is of YAML 1.1 and says little of what is wrong. A test holds that it
makes the same of every file that ships; where it stumbles, or is not at hand, the strict reader takes over.
"""

from typing import Any

from foedus.text.yaml_tree import Mapping, Scalar, Sequence, Tree


def quick_tree(text: str) -> Tree | None:
    """Read one YAML document that ships; None where it takes the strict reader to say what is wrong."""
    import yaml  # not before it is needed: it takes as long to load as a short text takes to read

    if not yaml.__with_libyaml__:
        return None
    try:
        return _tree(_without_resolving(yaml.cyaml.CParser)(text).get_single_node(), {})
    except yaml.YAMLError:
        return None


def _without_resolving(parser: type[Any]) -> type[Any]:
    """Return the parser with nothing read into plain words: what they mean is for our own rules to say."""

    def resolve(_self: object, _kind: object, _value: object, _implicit: object) -> None:
        return None

    def step(*_: object) -> None:
        return None

    return type("_Parser", (parser,), {"resolve": resolve, "descend_resolver": step, "ascend_resolver": step})


def _tree(node: Any, made: dict[int, Tree]) -> Tree | None:
    """Copy a node; one that an alias names is copied once."""
    if node is None:
        return None
    if id(node) in made:
        return made[id(node)]
    mark = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node.value, str):
        made[id(node)] = Scalar(node.value, is_plain=not node.style, tag=node.tag, mark=mark)
        return made[id(node)]
    tree = Mapping(tag=node.tag, mark=mark) if node.id == "mapping" else Sequence(tag=node.tag, mark=mark)
    made[id(node)] = tree
    inner = (each for pair in node.value for each in pair) if node.id == "mapping" else iter(node.value)
    tree.entries.extend(found for each in inner if (found := _tree(each, made)) is not None)
    return tree
