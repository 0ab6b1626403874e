import hashlib
import json
import re

from odoo import models

from ..rule_paths import hops, leaves_in, split_path
from ..rule_words import say_path

# What makes an item what it is: a change makes new versions of the past items.
CONTENT_FIELDS = (
    "statement_ids",
    "polarity",
    "perspective_id",
    "source_type",
    "sensitivity",
    "title_template",
)
# What decides which records count; with the above, all that a run reads.
READING_FIELDS = (
    "model",
    "domain",
    "date_path",
    "service_path",
    "service_id",
    "date_from",
    "date_to",
    "company_id",
)
TITLE_PART = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


class DupqEvidenceRuleWords(models.AbstractModel):
    """What a rule says: its condition, the fields it leads to, its title.

    A part of ``dupq.evidence.rule``.
    """

    _name = "dupq.evidence.rule.words"
    _description = "Words of a rule"

    # === CONDITION AND PATHS === #

    def _get_title_paths(self):
        return list(dict.fromkeys(TITLE_PART.findall(self.title_template or "")))

    def _get_end(self, path):
        """The field at the end of a path, or None when there is no such path."""
        try:
            found = hops(self.env[self.model], path)
        except KeyError:
            return None
        return found[-1][1] if found else None

    def _get_label(self, path):
        """A path as the screens show it; as it was written when it leads nowhere."""
        try:
            return say_path(self.env[self.model], path)
        except KeyError:
            return path

    def _get_paths(self):
        """Every path that a run follows, the condition's own included."""
        self.ensure_one()
        named = [self.date_path, self.service_path, *self._get_title_paths()]
        named += [path for path, _leaf in leaves_in(self._get_domain())]
        return [path for path in dict.fromkeys(named) if path]

    def _get_reading_digest(self):
        """Changes when the rule looks at something else, or says something else."""
        self.ensure_one()
        values = [str(self[name]) for name in READING_FIELDS if name != "domain"]
        values += [self.domain, self._get_content_digest(), self.owner_id.id]
        values.append(self._get_zone())  # in which a day begins and ends
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]

    def _get_content_digest(self):
        """Changes when the rule says something else of the same records."""
        self.ensure_one()
        content = [
            sorted(self.statement_ids.ids),
            self.polarity,
            self.perspective_id.id,
            self.source_type,
            self.sensitivity,
            [split_path(path) for path in self._get_title_paths()],
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]

    def _render_title(self, values):
        """The title with its values, which are words by now."""
        return TITLE_PART.sub(
            lambda found: values.get(found.group(1), ""), self.title_template or ""
        ).strip()
