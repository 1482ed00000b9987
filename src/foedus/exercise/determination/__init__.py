"""Determination: one incident from its reports to what the text makes of it, without anybody's vote.

takes: an arrangement, reports, judgments, a time. gives: what is carried, what would change it, what lies ahead.
promises: it says what the reports carry and what the text then asks; it finds nothing itself. never: prints.
"""
