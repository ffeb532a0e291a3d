"""Element's widgets (Element Plus 2, Element UI 2) on a root locator, the class prefix a parameter.

One page of the ERP mixes both kits: ``jx`` in the shell, ``el`` in the older sub-app. The idioms
are those that held in measurement (facts/uikit.md): a select is opened by its visible part, its
list found by its own id; what opens is settled before the first click, what closes is waited for;
every value is read back as the page shows it.
"""

from __future__ import annotations

from pages.widgets.antd_inputs import TextInput
from pages.widgets.common import Widget, appear, button, enter, exact, gone, settle
from pages.widgets.element_choices import Cascader, Select
from pages.widgets.element_inputs import Checkboxes, FormErrors, Radio, Switch, field
from pages.widgets.element_popups import Dialog, MessageBox, clear_announcements
from pages.widgets.element_tables import Pagination, Table
from pages.widgets.toasts import TOAST_RECORDER, Toast, Toasts

__all__ = [
    "TOAST_RECORDER",
    "Cascader",
    "Checkboxes",
    "Dialog",
    "FormErrors",
    "MessageBox",
    "Pagination",
    "Radio",
    "Select",
    "Switch",
    "Table",
    "TextInput",
    "Toast",
    "Toasts",
    "Widget",
    "appear",
    "button",
    "clear_announcements",
    "enter",
    "exact",
    "field",
    "gone",
    "settle",
]
