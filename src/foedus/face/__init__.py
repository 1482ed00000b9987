"""The face: foedus for programs; what is here is what `import foedus` gives.

takes: names, paths or arrangements, and plain options. gives: results that show themselves, as words, HTML and tables.
promises: each function is documented with an example that runs. never: does anything that is not a job.
"""
