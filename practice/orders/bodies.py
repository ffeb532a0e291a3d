"""Bodies of requests, read or refused."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError


class Body(BaseModel):
    """A request's body; what is not known is refused."""

    model_config = ConfigDict(extra="forbid")


Shape = TypeVar("Shape", bound=Body)


def read(shape: type[Shape], body: bytes) -> Shape | None:
    """The body, or nothing if it is none."""
    try:
        return shape.model_validate_json(body)
    except ValidationError:
        return None
