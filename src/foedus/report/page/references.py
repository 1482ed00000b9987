"""The works whose methods the pages rest on, each written once; a page names those that it used."""

MCKELVEY_PALFREY = (
    "McKelvey and Palfrey (1998), Quantal response equilibria for extensive form games, Experimental Economics 1: 9–41"
)
"""How the game is solved."""
SIGNORINO = (
    "Signorino (1999), Strategic interaction and the statistical analysis of international conflict, American "
    "Political Science Review 93: 279–297"
)
"""That solution, first used for crises between states."""
MCKAY = (
    "McKay, Beckman and Conover (1979), A comparison of three methods for selecting values of input variables, "
    "Technometrics 21: 239–245"
)
"""How futures are spread over the ranges."""
IMAN = (
    "Iman and Conover (1982), A distribution-free approach to inducing rank correlation among input variables, "
    "Communications in Statistics B11: 311–334"
)
"""How parameters with one cause are drawn together."""
BREIMAN = "Breiman, Friedman, Olshen and Stone (1984), Classification and Regression Trees, Wadsworth"
"""How the futures in which something fails are described."""
BRYANT = "Bryant and Lempert (2010), Thinking inside the box, Technological Forecasting and Social Change 77: 34–49"
"""What such a description is for."""
RAIFFA = "Raiffa and Schlaifer (1961), Applied Statistical Decision Theory, Harvard"
"""What it is worth to find out."""
STRONG = (
    "Strong, Oakley and Brennan (2014), Estimating multiparameter partial expected value of perfect information, "
    "Medical Decision Making 34: 311–326"
)
"""How that is read off futures that were solved already."""
SOBOL = (
    "Sobol’ (1993), Sensitivity estimates for nonlinear mathematical models, Mathematical Modelling and Computational "
    "Experiment 1: 407–414"
)
"""How much of what varies is due to one assumption."""
PLISCHKE = (
    "Plischke (2010), An effective algorithm for computing global sensitivity indices (EASI), Reliability Engineering "
    "and System Safety 95: 354–360"
)
"""How that is read off futures that were solved already."""
SALTELLI = (
    "Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), Variance based sensitivity analysis of model "
    "output: design and estimator for the total sensitivity index, Computer Physics Communications 181: 259–270"
)
"""The same from futures drawn for the purpose, with what assumptions do together."""
HADAR = "Hadar and Russell (1969), Rules for ordering uncertain prospects, American Economic Review 59: 25–34"
"""When one arrangement is better whatever one's attitude to risk."""
STUDENT = "Student (1908), The probable error of a mean, Biometrika 6: 1–25"
"""Intervals of averages."""
SAVAGE = "Savage (1951), The theory of statistical decision, Journal of the American Statistical Association 46: 55–67"
"""Regret."""
WILSON = (
    "Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the American "
    "Statistical Association 22: 209–212"
)
"""Intervals of shares."""
FEARON = "Fearon (1995), Rationalist explanations for war, International Organization 49: 379–414"
"""War as what is left where no terms are better for both."""
REITER = "Reiter (2003), Exploring the bargaining model of war, Perspectives on Politics 1: 27–43"
"""Terms as they move with the fortunes of war."""


def cited(*works: str) -> str:
    """Write works on one thing as one entry of a list."""
    return f"{'; '.join(works)}."
