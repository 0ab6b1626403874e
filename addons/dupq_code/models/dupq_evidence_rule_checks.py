from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from .dupq_evidence_derived import NAMED_MODELS
from .dupq_evidence_rule_words import CONTENT_FIELDS, READING_FIELDS

# Models in which a path may end, and that say in which service it was.
SERVICE_MODELS = (
    "dupq.service",
    "dupq.person",
    "hr.department",
    "hr.work.location",
    "hr.employee",
)


class DupqEvidenceRuleChecks(models.AbstractModel):
    """What a rule may say, and who may say it.

    A part of ``dupq.evidence.rule``.
    """

    _name = "dupq.evidence.rule.checks"
    _description = "Checks of a rule"

    # === WHAT IT SAYS === #

    @api.constrains(
        "model", "domain", "date_path", "service_path", "service_id", "company_id"
    )
    def _check_reading(self):
        """Every field named is there, and leads to what it is said to lead to."""
        for rule in self:
            rule._check_model()
            rule._check_domain()
            rule._check_path(
                "date_path", lambda field: field.type in ("date", "datetime")
            )
            rule._check_path(
                "service_path",
                lambda field: (
                    field.name == "id"
                    or (
                        field.type == "many2one"
                        and field.comodel_name in SERVICE_MODELS
                    )
                ),
            )
            if bool(rule.service_path) == bool(rule.service_id):
                raise ValidationError(
                    self.env._(
                        "%(rule)s: say either where the service is found, or which "
                        "service it always is.",
                        rule=rule.name,
                    )
                )
            company = rule.service_id.company_id
            if company and rule.company_id and company != rule.company_id:
                raise ValidationError(
                    self.env._(
                        "%(service)s belongs to another company than the rule.",
                        service=rule.service_id.display_name,
                    )
                )

    @api.constrains("title_template", "model")
    def _check_title_template(self):
        """A title names days, kinds, numbers and the like, never a person."""
        for rule in self:
            for path in rule._get_title_paths():
                field = rule._get_end(path)
                if not field or not _may_be_in_title(field):
                    raise ValidationError(
                        self.env._(
                            "{%(path)s} cannot stand in a title: dates, choices, "
                            "numbers, jobs, departments, skills and courses can, but "
                            "no person and no free text.",
                            path=path,
                        )
                    )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for rule in self:
            if rule.date_from and rule.date_to and rule.date_from > rule.date_to:
                raise ValidationError(
                    self.env._("The first day lies after the last day.")
                )

    def _check_path(self, name, is_right):
        path = self[name]
        if not path:
            return
        field = self._get_end(path)
        if not field or not is_right(field):
            raise ValidationError(
                self.env._(
                    "%(rule)s: “%(path)s” does not lead to what “%(field)s” needs.",
                    rule=self.name,
                    path=path,
                    field=self._fields[name]._description_string(self.env),
                )
            )

    # === WHO SAYS IT === #

    def _check_reading_stays(self, vals):
        """Override to run what was tried, and nothing else."""
        looks = vals.keys() & {*READING_FIELDS, *CONTENT_FIELDS}
        # What was tried, and agreed to by its owner, is what runs.
        if looks and any(rule.state != "off" for rule in self):
            raise UserError(
                self.env._(
                    "Switch the rule off before you change what it looks at or what "
                    "it says. Its evidence stays as it is until it is on again."
                )
            )


def _may_be_in_title(field):
    if field.type == "many2one":
        return field.comodel_name in NAMED_MODELS
    return field.type in ("date", "datetime", "selection", "integer", "float")
