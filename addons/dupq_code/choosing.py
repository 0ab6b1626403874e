"""What follows from the answers of people who choose staff. Without any ORM."""


def chosen_otherwise(answers, applicants):
    """For which applicants who chose otherwise: ``{applicant: [people]}``.

    Somebody said anything but yes of them, or yes of another and nothing of them.

    >>> answers = {("Ola", "Jane"): "yes", ("Sam", "Jane"): "no", ("Sam", "Max"): "yes"}
    >>> chosen_otherwise(answers, ["Ola", "Sam", "Kim"])
    {'Ola': ['Max'], 'Sam': ['Jane'], 'Kim': ['Jane', 'Max']}
    >>> chosen_otherwise({("Ola", "Jane"): "not_sure"}, ["Ola", "Sam"])
    {'Ola': ['Jane']}
    """
    of_applicant, has_chosen = {}, {}
    for (applicant, person), answer in answers.items():
        of_applicant.setdefault(applicant, {})[person] = answer
        has_chosen[person] = has_chosen.get(person, False) or answer == "yes"
    found = {}
    for applicant in applicants:
        own = of_applicant.get(applicant, {})
        people = [
            person
            for person, somebody in has_chosen.items()
            if own.get(person) != "yes" and (person in own or somebody)
        ]
        if people:
            found[applicant] = people
    return found
