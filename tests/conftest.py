"""Settings that all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# The same examples on every run: a test that fails, fails for everyone. Examples kept from earlier runs would differ.
settings.register_profile("attrib", derandomize=True, deadline=None, max_examples=100, database=None)
settings.register_profile("quick", settings.get_profile("attrib"), max_examples=15)
settings.load_profile("attrib")

# Two threads of torch on two cores are slower than one; set before anything imports torch.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Links to the documentation are the same wherever the tests run.
os.environ["ATTRIB_DOCS_URL"] = "https://docs.test/"
