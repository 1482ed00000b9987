"""What each command does, in a line: the list of commands is told without importing one of them."""

SUMMARIES = {
    "brief": "Write two sheets on a comparison: question, answer, one chart, assumptions, history, holes, sources.",
    "check": "Look for holes, each with the incident that slips through.",
    "claims": "Try arguments against the futures: in how many each holds, where it fails, what the literature says.",
    "compare": "Compare arrangements in the same sampled futures.",
    "convene": (
        "Convene a sitting under an ARRANGEMENT in a browser, in earnest: the wall's clock, no injects, no bots."
    ),
    "data": "List the public data sets behind the figures, and which of their files are there.",
    "design": "Search for better designs of an arrangement.",
    "determine": "Say what reports on an incident carry under ARRANGEMENT, and what follows.",
    "diff": "Tell what differs between two arrangements, clause by clause.",
    "estimate": "Estimate the payoffs of a strategic game from a table of what players did.",
    "evidence": "Weigh futures by history, and try the model on cases whose end is known.",
    "explain": "Explain what an arrangement does.",
    "export": "Write one or two periods of the game as an extensive form that Gambit reads.",
    "library": "List the arrangements that ship with foedus, by theatre folder.",
    "log": "Verify, export and keep the log of a rehearsal or sitting.",
    "negotiate": "Tell who would rather sign than fight on.",
    "new": "Print a commented arrangement to start from.",
    "params": "List every parameter with its range and status; WORDS narrow the list by name, or else by meaning.",
    "rehearse": "Rehearse a scenario under an ARRANGEMENT in a browser, until Ctrl-C.",
    "replay": "Play a SCRIPT, who does what when, through the mechanism; each step is printed with its clause.",
    "schema": "Print the JSON Schema of arrangement files, for editors, or the reference page of the language.",
    "sensitivity": "Say which assumptions move an outcome of a text, or the difference that two texts make.",
    "serve": "Open foedus in a browser, until Ctrl-C.",
    "show": "Show an arrangement as a page to read.",
    "solve": (
        "Solve one compiled arrangement in one future, both given as JSON with the array names of the theory page."
    ),
}
"""The first sentence of each command's own help."""
