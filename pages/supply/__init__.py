"""The supply platform's screens: supply links, suppliers, messages."""
