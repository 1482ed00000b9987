"""The crisis-signalling game of Lewis and Schultz."""
