"""Qt Widgets and pyqtgraph: shows values, emits what the person meant, owns no state."""
