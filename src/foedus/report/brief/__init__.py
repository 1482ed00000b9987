"""The brief: two sheets for somebody who decides, made from a comparison."""
