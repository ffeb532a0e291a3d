"""The one base every value of ours stands on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; an unknown field is an error, never a silent loss."""

    # An error's words go into logs and reports, and what was read may be a buyer's.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
