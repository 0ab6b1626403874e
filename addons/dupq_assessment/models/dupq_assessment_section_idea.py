from odoo import api, fields, models

from .. import easy_read
from .report_words import problem_words

# Of dupq_code/static/lib/fluent-emoji: those that say something about support.
PICTURES = [
    ("people-hugging", "People together"),
    ("busts-in-silhouette", "A group of people"),
    ("waving-hand", "Hello"),
    ("handshake", "Working together"),
    ("speaking-head", "Somebody speaks"),
    ("speech-balloon", "What people say"),
    ("ear", "Listening"),
    ("eyes", "Looking"),
    ("magnifying-glass-tilted-left", "Looking closely"),
    ("person-raising-hand", "Having a say"),
    ("raised-hand", "Stop, or I disagree"),
    ("thumbs-up", "Good"),
    ("thumbs-down", "Not good"),
    ("smiling-face-with-smiling-eyes", "Happy"),
    ("neutral-face", "So-so"),
    ("worried-face", "Worried"),
    ("thinking-face", "Not sure"),
    ("red-heart", "Love, and what matters"),
    ("house-with-garden", "Home"),
    ("house", "House"),
    ("houses", "Neighbours"),
    ("door", "Door, moving in or out"),
    ("key", "Key"),
    ("fork-and-knife", "Meals"),
    ("cooking", "Cooking"),
    ("bus", "Going out"),
    ("soccer-ball", "Sport"),
    ("musical-notes", "Music"),
    ("artist-palette", "Art"),
    ("framed-picture", "Pictures and photographs"),
    ("hospital", "Health"),
    ("pound-banknote", "Money"),
    ("briefcase", "Work"),
    ("graduation-cap", "Learning"),
    ("woman-teacher", "Training"),
    ("books", "Books and papers"),
    ("open-book", "Reading"),
    ("memo", "Writing"),
    ("clipboard", "Plan"),
    ("spiral-calendar", "Date"),
    ("hourglass-not-done", "Waiting"),
    ("compass", "Those who lead"),
    ("balance-scale", "Fair"),
    ("shield", "Safe"),
    ("locked", "Private"),
    ("warning", "Take care"),
    ("no-entry", "Not allowed"),
    ("light-bulb", "Idea"),
    ("puzzle-piece", "A part is missing"),
    ("seedling", "A beginning"),
    ("chart-increasing", "Getting better"),
    ("check-mark-button", "Done"),
    ("hammer-and-wrench", "Putting it right"),
    ("construction", "Not ready yet"),
    ("bullseye", "What we aim for"),
    ("star", "Very good"),
    ("telephone", "Telephone"),
    ("envelope", "Letter"),
    ("world-map", "Outside"),
    ("sun", "Free time"),
    ("ballot-box-with-ballot", "Choosing"),
]

# What the editor writes.
EDITED = {"words", "picture", "explanation"}


class DupqAssessmentSectionIdea(models.Model):
    """One idea in Easy Read: a picture, and one or two short sentences."""

    _name = "dupq.assessment.section.idea"
    _description = "Idea in Easy Read"
    _order = "section_id, sequence, id"
    _rec_name = "words"

    section_id = fields.Many2one(
        "dupq.assessment.section", required=True, index=True, ondelete="cascade"
    )
    assessment_id = fields.Many2one(
        related="section_id.assessment_id", store=True, index=True
    )
    company_id = fields.Many2one(related="section_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    picture = fields.Selection(PICTURES)
    words = fields.Text(help="One idea, in sentences of fifteen words at most.")
    explanation = fields.Char(
        string="Hard words explained",
        help="For example: an advocate is someone who helps you say what you want.",
    )
    problems = fields.Char(string="To improve", compute="_compute_problems")

    @api.depends("words", "picture", "explanation", "company_id")
    def _compute_problems(self):
        for idea in self:
            idea.problems = " ".join(idea._get_problems())

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        ideas = super().create(vals_list)
        ideas.section_id._check_open()
        return ideas

    def write(self, vals):
        self.check_access("write")
        self.section_id._check_open()
        res = super().write(vals)
        if "section_id" in vals:
            self.section_id._check_open()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.section_id._check_open()

    # === BUSINESS METHODS === #

    def save_idea(self, values, seen):
        """Save what somebody wrote, unless somebody else wrote something meanwhile.

        :param dict values: of words, picture and explanation, those that changed
        :param str seen: the words that the writer began with
        :return: the row as the editor shows it, and whether it ``is_saved``
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("write")
        # Two who save at once come one after the other; the second is asked again.
        self.lock_for_update()
        self.invalidate_recordset(["words"])
        known = (seen or "", values.get("words", seen) or "")
        is_saved = (self.words or "") in known
        if is_saved:
            self.write({key: values[key] for key in EDITED & values.keys()})
        return {**self._get_editor_idea(), "is_saved": is_saved}

    def _get_problems(self):
        """Sentences: which rules of Easy Read it does not keep yet."""
        self.ensure_one()
        glossary = self.env["dupq.glossary.term"]
        found = easy_read.check_idea(
            self.words,
            self.picture,
            self.explanation,
            glossary._get_terms(self.company_id),
        )
        return [problem_words(self.env, problem) for problem in found]

    def _get_editor_idea(self):
        """The row as the editor shows it."""
        self.ensure_one()
        return {
            "id": self.id,
            "words": self.words or "",
            "picture": self.picture or "",
            "explanation": self.explanation or "",
            "problems": self._get_problems(),
        }
