"""Time of what people do with the mechanism, and the examples that its pages print."""
