"""The gate for a folder of pictures: which findings a policy lets pass, and reports for machines.

from mapy.check import DEFAULT, Judge

outcomes = list(Judge(DEFAULT).outcomes(paths))
"""

from mapy.check.judge import Judge, Outcome, Result
from mapy.check.policy import DEFAULT, Level, Policy, load

__all__ = [
    "DEFAULT",
    "Judge",
    "Level",
    "Outcome",
    "Policy",
    "Result",
    "load",
]
