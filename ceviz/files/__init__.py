"""Bytes and text to core values and back. No Qt."""
