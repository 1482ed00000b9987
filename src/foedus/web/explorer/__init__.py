"""The explorer: arrangements seen, compared and changed in a browser."""
