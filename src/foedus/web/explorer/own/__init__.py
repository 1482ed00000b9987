"""What one visitor keeps, seen by that browser alone: drafts, ranges of one's own."""
