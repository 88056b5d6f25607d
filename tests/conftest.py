"""Settings that all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# The same examples on every run: a test that fails, fails for everyone.
settings.register_profile("attrib", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("attrib")

# Two threads of torch on two cores are slower than one; set before anything imports torch.
os.environ.setdefault("OMP_NUM_THREADS", "1")
