from datetime import datetime, timedelta

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.date_utils import parse_date

from ..rule_paths import hops, is_in_sql
from .dupq_evidence_rule_run import quality_leads


class DupqEvidenceRuleSight(models.AbstractModel):
    """What a rule can see, what it cannot, and what becomes of it then.

    A part of ``dupq.evidence.rule``. Losing sight is not disappearance: a rule
    whose owner, rights, model or fields have gone is paused, its evidence stays.
    """

    _name = "dupq.evidence.rule.sight"
    _description = "Sight of a rule"

    def _why_no_sight(self, eyes=None):
        """Say in a sentence why the rule cannot look at its records, or None.

        :param eyes: id of a user to ask about instead of the owner
        """
        self.ensure_one()
        # Only whether the account is in use, and its name.
        owner_sudo = self.env["res.users"].sudo().browse(eyes or self.owner_id.id)
        if not owner_sudo.active and owner_sudo.id != SUPERUSER_ID:
            return self.env._(
                "%(owner)s, with whose eyes it looks, has left.", owner=owner_sudo.name
            )
        if self.model not in self.env:
            return self.env._(
                "Records of the kind “%(kind)s” are no longer here: their module has "
                "been uninstalled.",
                kind=self.model,
            )
        records = self._as_owner(eyes).env[self.model]
        if not records.has_access("read"):
            return self.env._(
                "%(owner)s may not read “%(kind)s”.",
                owner=owner_sudo.name,
                kind=records._description,
            )
        return self._why_no_path(records)

    def _why_no_path(self, records):
        for path in self._get_paths():
            try:
                found = hops(records, path)
            except KeyError as error:
                return self.env._(
                    "The field %(field)s in “%(path)s” is no longer here.",
                    field=error.args[0],
                    path=path,
                )
            for model, field in found:
                try:
                    model._check_field_access(field, "read")
                except AccessError:
                    return self.env._(
                        "%(owner)s may not read the field “%(field)s”.",
                        owner=records.env.user.sudo().name,
                        field=field._description_string(self.env),
                    )
        return None

    def _has_lost_sight(self, ids):
        """Whether records still fit, for whoever sees them, that the owner misses."""
        return bool(ids and self._find_as_superuser(ids))

    def _pause(self, sentence):
        """Leave the evidence as it is, and tell the quality leads why."""
        self._take("pause", reason=sentence)
        self.message_post(body=sentence, message_type="comment")
        self.activity_unlink(["mail.mail_activity_data_todo"])
        for user in quality_leads(self.env).filtered("active"):
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Evidence rule paused"),
                note=sentence,
                user_id=user.id,
            )

    # === WHAT HAS CHANGED === #

    def _get_changed_domain(self, since):
        """Records of which something on any path was written since then.

        :param since: datetime in UTC
        """
        records = self.env[self.model]
        watched = [Domain("write_date", ">=", since)]
        for prefix, model in self._get_watched():
            if "write_date" in model._fields and model._log_access:
                watched.append(Domain(f"{prefix}.write_date", ">=", since))
        watched += self._get_employee_changes(since)
        watched += self._get_borders(since)
        if not records._log_access:
            return Domain.TRUE
        return Domain.OR(watched)

    def _get_watched(self):
        """Pairs (path, model) of every record on the way, the first excepted."""
        records = self.env[self.model]
        result = {}
        for path in self._get_paths():
            names = path.split(".")
            for count, (model, field) in enumerate(hops(records, path), start=1):
                if field.relational and count < len(names):
                    prefix = ".".join(names[:count])
                    result[prefix] = model.env[field.comodel_name]
        return list(result.items())

    def _get_employee_changes(self, since):
        """Employees whose department, place of work or membership was changed."""
        field = self._get_end(self.service_path) if self.service_path else None
        model = field and (
            self.model if field.name == "id" else getattr(field, "comodel_name", None)
        )
        if model != "hr.employee":
            return []
        # Which employees were moved, whoever may see it: a set of numbers.
        self.env.cr.execute(
            SQL(
                """SELECT employee_id FROM hr_version WHERE write_date >= %(since)s
                      AND employee_id IS NOT NULL
                    UNION SELECT employee_id FROM dupq_service_member
                    WHERE write_date >= %(since)s AND employee_id IS NOT NULL""",
                since=since,
            )
        )
        ids = [row[0] for row in self.env.cr.fetchall()]
        return [Domain(self.service_path, "in", ids)] if ids else []

    def _get_borders(self, since):
        """Records whose day a moving border (“today -30d”) has crossed since then."""
        elapsed = fields.Datetime.now() - since + timedelta(days=2)
        today = fields.Date.context_today(self)
        borders = [Domain(self.date_path, ">=", today - elapsed)]
        for leaf in self._get_domain().iter_conditions():
            for moment in _moving(leaf, self.env):
                borders.append(
                    Domain(leaf.field_expr, ">=", moment - elapsed)
                    & Domain(leaf.field_expr, "<=", moment + elapsed)
                )
        return borders

    def _places_changed(self, since):
        """Whether a service or department was changed: then all is read again."""
        for model in ("dupq.service", "hr.department"):
            # Only whether anything was written.
            if (
                self.env[model]
                .sudo()
                .with_context(active_test=False)
                .search_count([("write_date", ">=", since)], limit=1)
            ):
                return bool(self.service_path)
        return False

    # === BLIND SPOTS === #

    def _get_blind_spots(self):
        """What a run over changes cannot notice; the nightly run does.

        :return: list of sentences
        """
        if self.model not in self.env or not self.date_path:
            return []
        spots = []
        records = self.env[self.model]
        if not records._log_access:
            spots.append(self.env._("Odoo does not keep when these records change."))
        try:
            for path in self._get_paths():
                found = hops(records, path)
                computed = [f for _m, f in found if not f.store and not f.related]
                spots += [
                    self.env._(
                        "“%(field)s” is worked out anew each time it is read.",
                        field=field._description_string(self.env),
                    )
                    for field in computed
                    if field.name != "id"
                ]
                if not is_in_sql(records, path) and not computed:
                    spots.append(
                        self.env._("“%(path)s” is read one by one.", path=path)
                    )
        except (KeyError, ValueError, SyntaxError):
            return []
        return list(dict.fromkeys(spots))


def _moving(leaf, env):
    """The moments that the relative dates of a condition mean now, as dates."""
    values = leaf.value if isinstance(leaf.value, list | tuple | set) else [leaf.value]
    for value in values:
        if isinstance(value, str) and value.split(" ")[0] in ("today", "now"):
            moment = parse_date(value, env)
            yield moment.date() if isinstance(moment, datetime) else moment
