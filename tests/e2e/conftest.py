"""Most tests here use one window, as it is at a first start."""

import pytest

from tests.windows import opened_window


@pytest.fixture
def window(qapp):
    with opened_window() as window:
        yield window
