"""How many examples random tests take: FUZZ=20 asks by hand for twenty times as many, new ones each time."""

import os

from hypothesis import settings

FUZZ = int(os.environ.get("FUZZ", "0"))


def examples(count):
    """The settings of a random test that by default takes `count` examples, the same ones in every run."""
    return settings(max_examples=count * (FUZZ or 1), derandomize=FUZZ == 0, deadline=None)
