"""What several files of the addon mean by the same word."""

from odoo.addons.dupq_code.uploads import MEGABYTE

# Whom a self-assessment is about: they need more than a chair at the table.
SUPPORTED_KIND = "people"
# Those without whom a self-assessment is one by managers alone.
VOICES_NEEDED = (
    "dupq_code.dupq_stakeholder_group_people_supported",
    "dupq_code.dupq_stakeholder_group_families",
    "dupq_code.dupq_stakeholder_group_support_staff",
)

# A minute or two of film, as a telephone makes it.
MOST_FILM = 100 * MEGABYTE
