"""Jobs: what a person asks for, one function each, from a request to a result.

takes: a request (which texts, on what terms) and somebody to tell how far it is. gives: a result that shows itself, in
words, as HTML, as a table and as files to write. promises: a mistake is told before any long work; nothing is written
unless it is asked for. never: knows a command line or a browser.
"""
