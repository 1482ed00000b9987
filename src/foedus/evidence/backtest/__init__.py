"""What the model would have said of cases whose end is known, scored beside simpler forecasters.

`history` forecasts the texts of the library, `huth` crises; `rivals` are the base rate and a logit; `scores` compares.
"""
