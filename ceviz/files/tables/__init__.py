"""Tables of predictions: from bytes and text to columns, and from columns to a task."""
