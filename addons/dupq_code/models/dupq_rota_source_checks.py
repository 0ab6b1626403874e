from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..rule_paths import hops, is_in_sql

# What each path may end in: a kind of value, or a kind of record.
ENDS = {
    "start_path": ("datetime",),
    "end_path": ("datetime",),
    "employee_path": (
        "hr.employee",
        "hr.employee.public",
        "resource.resource",
        "res.users",
    ),
    "agency_path": ("char",),
    "person_path": ("dupq.person",),
    "service_path": ("dupq.service", "hr.department", "hr.work.location"),
    "reason_path": ("char", "text", "selection"),
}
KINDS = {
    "sickness_domain": "cover_sickness",
    "leave_domain": "cover_leave",
    "moved_domain": "moved",
}
DOMAINS = ("domain", *KINDS)
READING_FIELDS = {
    "model",
    "company_id",
    "date_from",
    "date_to",
    "service_id",
    *ENDS,
    *DOMAINS,
}


class DupqRotaSourceChecks(models.AbstractModel):
    """What a rota source may say, and who may say it.

    A part of ``dupq.rota.source``.
    """

    _name = "dupq.rota.source.checks"
    _description = "Checks of a rota source"

    # === WHAT IT SAYS === #

    @api.constrains(*sorted(READING_FIELDS - {"date_from", "date_to", "company_id"}))
    def _check_reading(self):
        """Every field named is there, and leads to what it is said to lead to."""
        for source in self:
            source._check_model()
            if source.model == "dupq.shift":
                raise ValidationError(
                    self.env._("Shifts that are kept here count without a source.")
                )
            if not (source.employee_path or source.agency_path):
                raise ValidationError(
                    self.env._("Say where the worker of a shift is found.")
                )
            if not (source.person_path or source.service_path or source.service_id):
                raise ValidationError(
                    self.env._(
                        "Say where the person supported or the service of a shift is "
                        "found."
                    )
                )
            if source.service_path and source.service_id:
                raise ValidationError(
                    self.env._(
                        "Say either where the service is found, or which service it "
                        "always is."
                    )
                )
            for name in ENDS:
                source._check_path(name)
            for name in DOMAINS:
                source._check_domain(name)

    def _check_path(self, name):
        path = self[name]
        if not path:
            return
        records = self.env[self.model]
        label = self._fields[name]._description_string(self.env)
        try:
            found = hops(records, path)
        except KeyError as error:
            raise ValidationError(
                self.env._(
                    "%(label)s: there is no field “%(field)s” in “%(path)s”.",
                    label=label,
                    field=error.args[0],
                    path=path,
                )
            ) from None
        if not is_in_sql(records, path):
            raise ValidationError(
                self.env._(
                    "%(label)s: “%(path)s” is not kept in the database, or leads to "
                    "several records. Choose a field that is stored.",
                    label=label,
                    path=path,
                )
            )
        field = found[-1][1]
        if (field.comodel_name or field.type) not in ENDS[name]:
            raise ValidationError(
                self.env._(
                    "%(label)s: “%(path)s” is “%(field)s”, which is something else.",
                    label=label,
                    path=path,
                    field=field._description_string(self.env),
                )
            )

    # === WHO SAYS IT === #

    def _check_reading_stays(self, vals):
        """Override to keep what it reads as its owner agreed to it."""
        # Nobody makes a source read something else with somebody else's rights.
        if vals.keys() & READING_FIELDS and any(
            source.state != "off" and source.owner_id != self.env.user
            for source in self
        ):
            raise UserError(
                self.env._(
                    "It reads with the rights of somebody else: switch the source off "
                    "before you change what it looks at, and on again as your own."
                )
            )
