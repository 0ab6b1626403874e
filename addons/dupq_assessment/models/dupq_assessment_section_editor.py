from odoo import api, models

from .. import plain_words
from . import report_facts
from .report_words import remark_words

# The parts whose text is a field of the self-assessment itself.
TEXT_FIELDS = {"overall": "outcome", "hard": "barriers"}


class DupqAssessmentSectionEditor(models.AbstractModel):
    """What the editor shows of a part of a report."""

    _name = "dupq.assessment.section.editor"
    _description = "Part of a Report in the Editor"

    def _get_editor_parts(self):
        """The parts as the editor shows them; letters are explained once for all."""
        glossary = self.env["dupq.glossary.term"]
        explained, parts = set(), []
        for section in self:
            terms = glossary._get_terms(section.company_id)
            parts.append(section._get_editor_part(terms, explained))
            explained |= plain_words.explained_in(section.text, terms)
        return parts

    def _get_editor_part(self, terms=None, explained=()):
        self.ensure_one()
        text = self.text or ""
        if terms is None:
            terms = self.env["dupq.glossary.term"]._get_terms(self.company_id)
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "reference": self.area_id.reference or "",
            "text": text,
            "is_public": self.is_public,
            "facts": report_facts.get_facts(self),
            "is_begun": self.is_begun,
            "ideas": [idea._get_editor_idea() for idea in self.idea_ids],
            **self._check(text, terms, explained),
        }

    @api.readonly
    def check_text(self, text):
        """What can be made plainer in a text that is still being written."""
        self.ensure_one()
        self.check_access("read")
        others = self.assessment_id.section_ids.filtered(
            lambda one: (one.sequence, one.id) < (self.sequence, self.id)
        )
        terms = self.env["dupq.glossary.term"]._get_terms(self.company_id)
        before = "\n".join(one.text or "" for one in others)
        return self._check(text, terms, plain_words.explained_in(before, terms))

    def add_idea(self):
        """Add an empty idea at the end of the Easy Read twin, and show it."""
        self.ensure_one()
        last = max(self.idea_ids.mapped("sequence"), default=0)
        idea = self.idea_ids.create({"section_id": self.id, "sequence": last + 1})
        return idea._get_editor_idea()

    def order_ideas(self, ids):
        """Put the ideas in the order of their ids."""
        self.ensure_one()
        for number, idea in enumerate(self.idea_ids.browse(ids) & self.idea_ids, 1):
            idea.sequence = number

    @api.model
    def _check(self, text, terms, explained=()):
        remarks = plain_words.look(text, terms, explained, plain_words.get_rarity())
        return {
            "remarks": [
                {
                    "kind": one.kind,
                    "start": one.start,
                    "end": one.end,
                    "sentence": remark_words(self.env, one),
                }
                for one in remarks
            ],
            "measure": plain_words.measure(text, plain_words.get_syllables()),
        }

    def _begin(self):
        """Begin the text with facts, and the Easy Read twin with what is there."""
        for section in self:
            if not section.text and section.kind != "overall":
                section._write_facts()
            lines = section._get_easy_read_lines()
            section.idea_ids.create(
                [
                    {"section_id": section.id, "words": line, "sequence": number}
                    for number, line in enumerate(lines, 1)
                ]
            )

    def _begin_again(self):
        """Those in which nobody wrote say what the record holds by now."""
        for section in self.filtered("is_begun"):
            if section._get_current_text() != section.text:
                section._write_facts()

    def _write_facts(self):
        facts = "\n".join(report_facts.get_facts(self))
        self.write({"text": facts, "begun_text": facts})

    def _get_current_text(self):
        """Its text; where nobody wrote, what the record holds by now.

        What has a field of its own on the self-assessment is what stands there.
        """
        if not self.is_begun or self.kind in TEXT_FIELDS:
            return self.text or ""
        return "\n".join(report_facts.get_facts(self))

    def _get_easy_read_lines(self):
        """What was written in Easy Read before, an idea a line."""
        if self.kind == "overall":
            text = self.assessment_id.outcome_easy_read
        else:
            ratings = self._get_ratings()
            text = "\n".join(ratings.filtered("easy_read").mapped("easy_read"))
        return [line.strip() for line in (text or "").splitlines() if line.strip()]
