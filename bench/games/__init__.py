"""The games that benches solve."""
