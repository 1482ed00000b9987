"""What history says: data sets, estimates from tables, calibration."""
