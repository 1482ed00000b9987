"""States under threat, by the hundred: what the model says of each, beside simpler forecasters.

`read` takes crises and disputes from the user's data; `cells` has the model's forecasts; `run` compares out of sample.
"""
