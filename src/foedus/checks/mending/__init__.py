"""The change of a text that closes a hole, applied to the record or written into its file.

`mendings` says what to change for each hole; `apply` tries it and looks again; `fix` rewrites the file.
"""
