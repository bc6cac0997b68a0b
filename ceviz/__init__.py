"""ceviz: see and understand the cross-entropy loss of classifiers."""

__version__ = "0.1.0"
