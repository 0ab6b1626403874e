from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..rule_paths import hops, is_in_sql, leaves_in
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
        if not ids:
            return False
        # Beside what was read with the owner's eyes, which is still needed.
        seen_by_all = SQL.identifier("dupq_rule_seen_by_all")
        self._read_wanted({self.id: Domain("id", "in", ids)}, SUPERUSER_ID, seen_by_all)
        self.env.cr.execute(SQL("SELECT 1 FROM %s LIMIT 1", seen_by_all))
        return bool(self.env.cr.fetchone())

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
            asked = {path for path, _leaf in leaves_in(self._get_domain())}
            for path in self._get_paths():
                found = hops(records, path)
                computed = [f for _m, f in found if _is_worked_out(f)]
                spots += [
                    self.env._(
                        "“%(field)s” is worked out anew each time it is read.",
                        field=field._description_string(self.env),
                    )
                    for field in computed
                ]
                if not computed and path not in asked and not is_in_sql(records, path):
                    spots.append(
                        self.env._("“%(path)s” is read one by one.", path=path)
                    )
        except (KeyError, ValueError, SyntaxError):
            return []
        return list(dict.fromkeys(spots))


def _is_worked_out(field):
    """Whether it may change when no record does; fields of ours say what they need."""
    if field.store or field.related or field.name == "id":
        return False
    return not field._module.startswith("dupq_")
