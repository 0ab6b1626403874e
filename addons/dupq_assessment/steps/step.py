def step(name, said, *checks):
    """A step: its name, what can be said about it, and what is missing in it.

    :param said: a sentence, perhaps empty
    :param checks: pairs: what is there, and the sentence to say if it is not

    >>> step("Plan", "None", (True, "Name it."), ([], "Add an action."))
    {'name': 'Plan', 'said': 'None', 'missing': ['Add an action.']}
    """
    missing = [sentence for is_met, sentence in checks if not is_met]
    return {"name": name, "said": said, "missing": missing}
