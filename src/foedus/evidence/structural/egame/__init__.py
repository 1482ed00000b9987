"""The strategic probits and logits of Signorino (1999): two or three players who choose in turn."""
