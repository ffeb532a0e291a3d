"""Ant Design's widgets (the DOM of 4, 5 and 6) on a root locator, the class prefix a parameter.

Every idiom is one that held in measurement: buttons carry an inner space between two Chinese
characters, a list is found by its own id, what opens is settled before the first click, what closes
is waited for, what was written is read back as the page shows it.
"""

from __future__ import annotations

from pages.widgets.antd_choices import Cascader, MultiSelect, Select, Tags, TreeSelect
from pages.widgets.antd_inputs import (
    Checkboxes,
    DatePicker,
    FormErrors,
    NumberInput,
    Radio,
    RangePicker,
    Switch,
    TextInput,
    Upload,
    field,
)
from pages.widgets.antd_popups import Confirm, Drawer, Menu, Modal, Popconfirm
from pages.widgets.antd_tables import Pagination, Table, Tabs
from pages.widgets.common import Widget, appear, button, enter, exact, gone, settle, spaced
from pages.widgets.notices import clear_notices
from pages.widgets.toasts import TOAST_RECORDER, Toast, Toasts
from pages.widgets.virtual import VirtualList, VirtualRow, VirtualTable

__all__ = [
    "TOAST_RECORDER",
    "Cascader",
    "Checkboxes",
    "Confirm",
    "DatePicker",
    "Drawer",
    "FormErrors",
    "Menu",
    "Modal",
    "MultiSelect",
    "NumberInput",
    "Pagination",
    "Popconfirm",
    "Radio",
    "RangePicker",
    "Select",
    "Switch",
    "Table",
    "Tabs",
    "Tags",
    "TextInput",
    "Toast",
    "Toasts",
    "TreeSelect",
    "Upload",
    "VirtualList",
    "VirtualRow",
    "VirtualTable",
    "Widget",
    "appear",
    "button",
    "clear_notices",
    "enter",
    "exact",
    "field",
    "gone",
    "settle",
    "spaced",
]
