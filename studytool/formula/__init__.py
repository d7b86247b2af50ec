"""The language of pack authors: text → checked tree → number or array, within limits.

    formula = parse("2/(fan_in+fan_out)")          # FormulaError(why, column)
    evaluate(formula, {"fan_in": 64.0, "fan_out": 32.0})

Python's expression spelling over float64, a closed list of functions, the core's closed forms by
name, and random draws where a check allows them. Nothing else exists in it.
"""
