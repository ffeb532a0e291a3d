"""Screens of the 抖店 merchant backend."""
