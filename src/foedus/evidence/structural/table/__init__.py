"""From a table and a formula in the notation of R to the matrices and counts that a model is fitted to."""
