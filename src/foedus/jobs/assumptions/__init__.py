"""What an answer rests on: which assumptions move it, what one of them does over a range, where a text fails."""
