"""Every case there is, by its name: importing a module of cases remembers what it holds."""

from tests.pages.widgets import cases_choices, cases_inputs, cases_layers, cases_tables
from tests.pages.widgets.rounds import CASES

__all__ = ["CASES", "cases_choices", "cases_inputs", "cases_layers", "cases_tables"]
