from odoo import SUPERUSER_ID, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rule_paths import hops, is_in_sql, leaves_in


class DupqEvidenceRuleSight(models.AbstractModel):
    """What a rule cannot see: records hidden from its owner, changes without a trace.

    A part of ``dupq.evidence.rule``. See ``dupq.onlooker`` for what becomes of it then.
    """

    _name = "dupq.evidence.rule.sight"
    _description = "Sight of a rule"

    def _has_lost_sight(self, ids):
        """Whether records still fit, for whoever sees them, that the owner misses."""
        if not ids:
            return False
        # Beside what was read with the owner's eyes, which is still needed.
        seen_by_all = SQL.identifier("dupq_rule_seen_by_all")
        self._read_wanted({self.id: Domain("id", "in", ids)}, SUPERUSER_ID, seen_by_all)
        self.env.cr.execute(SQL("SELECT 1 FROM %s LIMIT 1", seen_by_all))
        return bool(self.env.cr.fetchone())

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
