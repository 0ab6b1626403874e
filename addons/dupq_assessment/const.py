"""What several files of the addon mean by the same word."""

# Whom a self-assessment is about: they need more than a chair at the table.
SUPPORTED_KIND = "people"
