"""Qt Widgets and pyqtgraph: shows values, emits what the person meant, owns no state."""

import gc

# Looking for garbage every 700 objects took a tenth of the start, where nearly all that is made stays.
gc.set_threshold(100_000)
