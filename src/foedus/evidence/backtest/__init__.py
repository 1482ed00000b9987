"""Backtest: what the model would have said of cases whose end is known, scored beside simpler forecasts."""
