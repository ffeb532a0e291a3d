"""A plan: what a dry run found that a run would do, item by item, to be carried out as it stands.

A plan is a file that a person reads and hands back. It is sealed item by item: whoever changed a
value in it, or a picture since, has to plan anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import Field, JsonValue, ValidationError

from domain.errors import BusinessError
from domain.model import Value
from engine.runs import RunView, WorkItem

FILE = "plan.json"
Expected = Mapping[str, dict[str, JsonValue] | None]
"""Write → what stood on the site when it was planned; ``None`` is proven absence.

A write goes by :func:`planned_as`; in runs that an older version made by its verb alone.
"""


def planned_as(verb: str, key: str) -> str:
    """Name one write of an item, which may have several of one verb: parcels of an order."""
    return f"{verb} {key}"


class PlannedWrite(Value):
    """One write that a run would make."""

    verb: str
    key: str
    """Its business key: of a parcel not the same as its item's."""
    clicks: str
    """The words on what would be clicked."""
    old: dict[str, JsonValue] | None
    """What stands on the site now; ``None``: nothing does."""
    wanted: dict[str, JsonValue]


class PlannedItem(Value):
    """One item: its snapshot, and the writes it would need."""

    key: str
    label: str
    payload: dict[str, Any]
    writes: tuple[PlannedWrite, ...] = Field(min_length=1)
    seal: str = ""

    def sealed(self) -> PlannedItem:
        """Give it with the sha256 of all it says."""
        return self.model_copy(update={"seal": self._hash()})

    def intact(self) -> bool:
        """Tell whether nobody changed it since it was sealed."""
        return self.seal == self._hash()

    def _hash(self) -> str:
        content = self.model_dump(mode="json", exclude={"seal"})
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @property
    def expected(self) -> dict[str, dict[str, JsonValue] | None]:
        """Give what must still stand on the site for the plan to hold."""
        return {planned_as(write.verb, write.key): write.old for write in self.writes}


class Plan(Value):
    """What one dry run planned."""

    run_id: str
    robot: str
    shop: str
    made_at: datetime
    items: tuple[PlannedItem, ...]

    def work_items(self) -> list[WorkItem]:
        """Make the work items of a run that carries this plan out."""
        return [WorkItem(item.key, item.label, item.payload) for item in self.items]

    def expected(self) -> dict[str, dict[str, dict[str, JsonValue] | None]]:
        """Give what each item's writes must still find, by key."""
        return {item.key: item.expected for item in self.items}


def write_plan(
    view: RunView,
    payloads: Sequence[dict[str, Any] | None],
    writes: Mapping[str, Sequence[PlannedWrite]],
    now: datetime,
) -> Path:
    """Write down what a dry run planned; items without a write are not part of it."""
    items = [
        PlannedItem(key=one.key, label=one.label, payload=payload, writes=tuple(writes[one.key]))
        for one, payload in zip(view.items, payloads, strict=True)
        if payload is not None and writes.get(one.key)
    ]
    plan = Plan(
        run_id=view.id,
        robot=view.robot,
        shop=view.shop,
        made_at=now,
        items=tuple(item.sealed() for item in items),
    )
    path = view.evidence / FILE
    path.write_text(plan.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return path


def read_plan(path: Path) -> Plan:
    """Read a plan.

    Raises:
        BusinessError: no such file, no plan, or somebody changed it.
    """
    again = "Make a new one with --dry-run"
    try:
        plan = Plan.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BusinessError(f"there is no plan {path}", mend=again) from None
    except OSError as error:
        raise BusinessError(
            f"the plan {path} can't be read: {error.strerror}", mend=again
        ) from None
    except (ValidationError, UnicodeDecodeError):
        raise BusinessError(f"{path} is no plan of this version", mend=again) from None
    changed = [item.key for item in plan.items if not item.intact()]
    if changed:
        what = f"{path} was changed after it was made: {', '.join(changed)}"
        raise BusinessError(what, mend=again)
    return plan
