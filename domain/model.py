"""The one base every value of ours stands on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; an unknown field is an error, never a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")
