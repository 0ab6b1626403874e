from odoo import models
from odoo.fields import Domain

from ..names import is_named_in_full, names_in

OBSERVATION = "dupq.practice.observation"


class DupqEraser(models.AbstractModel):
    """What practice leaders wrote, which names people without a link to them."""

    _name = "dupq.eraser"
    _inherit = "dupq.eraser"

    def _gather(self, roots):
        """Extend with the observations that name a person, and what came of them."""
        found = super()._gather(roots)
        if roots._name != "dupq.person":
            return found
        seen = self._find_observations(roots)
        if seen:
            found[OBSERVATION] = found.get(OBSERVATION, seen) | seen
        if evidence := seen.env["dupq.evidence"]._get_about({OBSERVATION: seen}):
            found["dupq.evidence"] = found.get("dupq.evidence", evidence) | evidence
        return found

    def _find_observations(self, people):
        """Those in whose words one of these people is named.

        Where the person lived a first name is enough; anywhere else it is that of
        many people, and only the whole name counts.
        """
        # Whoever erases need not be able to open what is erased.
        people = people.sudo()
        observations = people.env[OBSERVATION]
        said = [field.name for field in self._get_speaking_fields(OBSERVATION)]
        erased = self._word(people._fields["preferred_name"])
        result = observations
        for person in people:
            names = {person.preferred_name, person.reference} - {erased, False}
            parts = {part for name in names for part in name.split()}
            mentions = Domain.OR(
                Domain(field, "ilike", part) for field in said for part in parts
            )
            here = person.stay_ids.service_id
            home = here | here.search(
                Domain("id", "parent_of", here.ids) | Domain("id", "child_of", here.ids)
            )
            for one in observations.search(mentions):
                words = " ".join(one[field] or "" for field in said)
                if any(is_named_in_full(words, name) for name in names) or (
                    one.service_id in home and names_in(words, names)
                ):
                    result |= one
        return result
