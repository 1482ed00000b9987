"""How a page is written and what stands around it: templates, files that pages load, errors."""
