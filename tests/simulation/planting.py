"""A plugin of pytest (`-p tests.simulation.planting`): the bug that `PLANTED` names, in this process too."""

import os

from tests.simulation import planted

if bug := os.environ.get("PLANTED"):
    planted.plant(bug)
