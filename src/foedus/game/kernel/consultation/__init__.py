"""Consultation: who joins a proposal, and the chance that it is executed (docs/theory.md, section 6).

takes: an arrangement by kinds of members, a future, gains X. gives: tables of the chance T by question and X, settled
where they are read, and the chance chi that a war is one in which guarantors fight. promises: members that are alike
have the same chance; how far every chance is from its logit is told. never: sees the state of the game.
"""
