"""The rules about listings, read from ``config/rules``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from domain.errors import BusinessError
from domain.rules.book import RuleBook
from engine.settings import CHECKOUT, Settings, told_yaml

RULES = CHECKOUT / "config/rules"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times quicker, where it was built in


def load_rules(folder: Path | None = None) -> RuleBook:
    """Read the rules of a folder; without one, those of ``SHOPCLERK_CONFIG``, else our own.

    Every file of ``words/`` is a list of words.

    Raises:
        BusinessError: a file is missing or wrong; says which and where.
    """
    own = Settings().config / "rules"
    return _load(folder or (own if own.is_dir() else RULES))


@lru_cache(maxsize=4)
def _load(folder: Path) -> RuleBook:
    words = {file: read_rules_file(file) for file in sorted((folder / "words").glob("*.yaml"))}
    content = {
        **read_rules_file(folder / "listing.yaml"),
        "attributes": read_rules_file(folder / "attributes.yaml"),
        "words": list(words.values()),
    }
    try:
        return RuleBook.model_validate(content)
    except ValidationError as error:
        raise _explained(error, folder, list(words)) from None


def read_rules_file(file: Path) -> dict[str, Any]:
    """Read one file of rules: names and values.

    Raises:
        BusinessError: it can't be read, or is no such file.
    """
    try:
        content = yaml.load(file.read_bytes(), _Loader)  # noqa: S506  (a safe loader, see above)
    except OSError as error:
        raise BusinessError(
            f"{file} can't be read ({error.strerror})", mend="Restore it from git"
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BusinessError(f"{file} is not valid YAML: {told_yaml(error)}") from None
    if not isinstance(content, dict):
        raise BusinessError(f"{file} must hold names and values at its top level")
    return content


def _explained(error: ValidationError, folder: Path, words: list[Path]) -> BusinessError:
    first = error.errors()[0]
    part, *rest = first["loc"]
    file = folder / ("attributes.yaml" if part == "attributes" else "listing.yaml")
    if part == "words" and rest:
        file = words[int(rest.pop(0))]
    elif part != "attributes":
        rest = [part, *rest]
    where = " > ".join(str(place) for place in rest)
    return BusinessError(f"{file}: {where}: {first['msg']}", mend="Mend this place of the file")
