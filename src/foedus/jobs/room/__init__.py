"""A room with its log: rehearse a scenario, convene a sitting, and what each seat sees and wants."""
