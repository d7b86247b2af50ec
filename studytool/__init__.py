"""studytool: a terminal study tool whose every answer is proven by simulation.

The core is importable without the terminal: ``studytool.numerics`` (simulations and closed
forms), ``studytool.formula`` (the pack authors' safe language), ``studytool.packs``,
``studytool.quiz``, ``studytool.srs`` and ``studytool.verification``.
"""

__version__ = "0.1.0"
