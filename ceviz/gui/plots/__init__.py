"""Live plots drawn with pyqtgraph."""
