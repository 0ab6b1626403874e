"""The steps of a self-assessment, each with what is done and what is missing in it.

One file for each step, named like its tab of the form. Each has one function,
``check(assessment, figures)``, which looks at the record and gives back a ``step``. The
steps come in the order in which people usually take them; none of them has to wait for
another. What one record cannot answer without asking for itself is in the figures.
"""

from . import (
    act,
    challenge,
    discuss,
    evidence,
    involve,
    live,
    plan,
    publish,
    rate,
    report,
)

STEPS = {
    "plan": plan,
    "involve": involve,
    "discuss": discuss,
    "evidence": evidence,
    "rate": rate,
    "challenge": challenge,
    "act": act,
    "report": report,
    "publish": publish,
    "live": live,
}


def get_steps(assessment, figures):
    """All steps in their usual order, each with the ``key`` of its tab.

    :param figures: see ``figures.Figures``
    """
    return [
        {"key": key, **module.check(assessment, figures)}
        for key, module in STEPS.items()
    ]
