"""studytool: a terminal study tool whose numbers are computed and tried before you learn them.

The core is importable without the terminal: ``studytool.numerics`` (simulations and closed
forms), ``studytool.formula`` (the pack authors' safe language), ``studytool.packs``,
``studytool.quiz``, ``studytool.srs`` and ``studytool.verification``.
"""

__version__ = "0.1.0"
