"""The charts on paper: PNG, SVG and PDF, painted without a window."""
