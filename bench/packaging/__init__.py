"""What foedus rests on: a list of materials, and an audit that asks nobody on the network."""
