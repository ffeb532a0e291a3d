"""Widgets of the two UI kits, on a root locator, class prefix as a parameter."""
