"""What the forked processes have loaded already: libraries, and nothing of studytool."""

import apsw  # noqa: F401 - loaded for those that are forked
import click  # noqa: F401 - the same
import numpy as np  # noqa: F401 - the same
import pydantic  # noqa: F401 - the same
import pytest  # noqa: F401 - the same
import yaml  # noqa: F401 - the same
