from odoo import models
from odoo.fields import Domain

# It tells what was so before once it has begun, whatever became of it.
BEGUN_STATES = ("running", "completed", "published", "replaced")
# What tells the place of a self-assessment, and when it was.
PLACE_FIELDS = ("company_id", "service_id", "service_ids", "code_id", "date_to")


class DupqAssessmentBefore(models.AbstractModel):
    """Which self-assessment of the same place came before, to tell what has changed.

    A part of ``dupq.assessment``, in a file of its own.
    """

    _name = "dupq.assessment.before"
    _description = "Self-assessment before this one"

    def _get_before(self):
        """The self-assessment of this place, by the same Code, before this one."""
        self.ensure_one()
        return self._get_before_by_assessment()[self]

    def _get_before_by_assessment(self):
        """The same for each of self, in as many queries as for one."""
        before = dict.fromkeys(self, self.browse())
        dated = self.filtered("date_to")
        if not dated:
            return before
        domain = Domain("company_id", "in", dated.company_id.ids)
        domain &= Domain("service_id", "in", [*dated.service_id._origin.ids, False])
        domain &= Domain("code_id.key", "in", dated.code_id.mapped("key"))
        domain &= Domain("state", "in", BEGUN_STATES)
        domain &= Domain("date_to", "<", max(dated.mapped("date_to")))
        earlier = self.search_fetch(
            domain, PLACE_FIELDS, order="date_to desc, id desc"
        ).grouped(_get_place)
        for one in dated:
            there = earlier.get(_get_place(one), self.browse())
            before[one] = there.filtered(
                lambda other, one=one: (
                    other != one._origin and other.date_to < one.date_to
                )
            )[:1]
        # Whatever is asked of one of them is asked for all.
        ids = [last.id for last in before.values() if last]
        return {one: last.with_prefetch(ids) for one, last in before.items()}


def _get_place(assessment):
    """By which two self-assessments are of the same place, and by the same Code."""
    return (
        assessment.company_id.id,
        assessment.service_id._origin.id,
        frozenset(assessment.service_ids._origin.ids),
        assessment.code_id.key,
    )
