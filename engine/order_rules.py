"""The rules about orders, carriers and return addresses, read from ``config/rules``."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from domain.errors import BusinessError
from domain.order_checks import OrderRules
from domain.purchases import Carrier
from domain.supplier_answers import AddressRules
from engine.rules_data import RULES, read_rules_file
from engine.settings import Settings

_CARRIERS = TypeAdapter(tuple[Carrier, ...])


def load_order_rules(folder: Path | None = None) -> OrderRules:
    """Read ``orders.yaml`` of a folder; without one, of ``SHOPCLERK_CONFIG``, else our own.

    Raises:
        BusinessError: the file is missing or wrong; says where.
    """
    file = _file("orders.yaml", folder)
    try:
        return OrderRules.model_validate(read_rules_file(file))
    except ValidationError as error:
        raise _explained(file, error) from None


def load_carriers(folder: Path | None = None) -> tuple[Carrier, ...]:
    """Read ``carriers.yaml`` likewise.

    Raises:
        BusinessError: the file is missing or wrong; says where.
    """
    file = _file("carriers.yaml", folder)
    try:
        return _CARRIERS.validate_python(read_rules_file(file).get("carriers"))
    except ValidationError as error:
        raise _explained(file, error) from None


def load_address_rules(folder: Path | None = None) -> AddressRules:
    """Read ``return-addresses.yaml`` likewise.

    Raises:
        BusinessError: the file is missing or wrong; says where.
    """
    file = _file("return-addresses.yaml", folder)
    try:
        return AddressRules.model_validate(read_rules_file(file))
    except ValidationError as error:
        raise _explained(file, error) from None


def _file(name: str, folder: Path | None) -> Path:
    """Find a file: an own folder of rules may have been made before this file was known."""
    own = (folder or Settings().config / "rules") / name
    return own if own.is_file() else RULES / name


def _explained(file: Path, error: ValidationError) -> BusinessError:
    first = error.errors()[0]
    where = " > ".join(str(place) for place in first["loc"])
    return BusinessError(f"{file}: {where}: {first['msg']}", mend="Mend this place of the file")
