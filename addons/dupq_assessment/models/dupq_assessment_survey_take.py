from odoo import Command, api, fields, models
from odoo.tools import hmac

# How many people's answers are taken in at a time.
BATCH = 500


class DupqAssessmentSurveyTake(models.AbstractModel):
    """How the answers of a survey become voices and a rating, each once.

    A part of ``dupq.assessment.survey``. In bulk, and only what is new.
    """

    _name = "dupq.assessment.survey.take"
    _description = "Answers of a Survey"

    taken_ids = fields.Many2many(
        "survey.user_input",
        "dupq_assessment_survey_taken_rel",
        "survey_id",
        "input_id",
        string="Taken in",
        readonly=True,
        copy=False,
        groups="base.group_system",
    )
    rating_id = fields.Many2one(
        "dupq.assessment.rating",
        string="Rating made of it",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    answer_count = fields.Integer(string="Answers", compute="_compute_answer_count")
    taken_count = fields.Integer(string="Taken", compute="_compute_answer_count")

    @api.depends("survey_id", "taken_ids")
    def _compute_answer_count(self):
        # Only how many: what somebody answered is shown as a voice.
        inputs_sudo = self.env["survey.user_input"].sudo()
        domain = [
            ("survey_id", "in", self.sudo().survey_id.ids),
            ("state", "=", "done"),
            ("test_entry", "=", False),
        ]
        counts = dict(inputs_sudo._read_group(domain, ["survey_id"], ["__count"]))
        for survey in self:
            sudo = survey.sudo()
            survey.answer_count = counts.get(sudo.survey_id, 0)
            survey.taken_count = len(sudo.taken_ids)

    def _take_answers(self):
        """Take in what has been answered since; for how many people."""
        count = 0
        for survey in self:
            while taken := survey._take_next():
                count += taken
        return count

    def _take_next(self):
        """Take in the next answers, some at a time; of how many people."""
        self.ensure_one()
        # What people answered becomes part of the self-assessment, whoever says now.
        # Nobody reads the answers of others by it.
        sudo = self.sudo()
        if inputs := sudo._get_new_inputs():
            sudo._take_inputs(inputs)
        return len(inputs)

    def _get_new_inputs(self):
        return self.env["survey.user_input"].search(
            [
                ("survey_id", "=", self.survey_id.id),
                ("state", "=", "done"),
                ("test_entry", "=", False),
                ("id", "not in", self.taken_ids.ids),
            ],
            order="id",
            limit=BATCH,
        )

    def _take_inputs(self, inputs):
        asked = self.line_ids.ask_id
        answers = self.env["survey.user_input.line"].search(
            [
                ("user_input_id", "in", inputs.ids),
                ("question_id", "in", asked.ids),
                ("skipped", "=", False),
            ]
        )
        yes = self.line_ids.filtered("is_yes").answer_id
        consents = {
            answer.user_input_id: "yes" if answer.suggested_answer_id in yes else "no"
            for answer in answers
            if answer.suggested_answer_id
            in self.line_ids.filtered(lambda line: line.kind == "consent").answer_id
        }
        by_ask = {
            line.ask_id: line.question_id
            for line in self.line_ids
            if line.kind == "words"
        }
        self.env["dupq.voice"]._create_once(
            [
                self._prepare_voice(answer, by_ask[answer.question_id], consents)
                for answer in answers
                if answer.question_id in by_ask
                and (answer.value_text_box or "").strip()
            ]
        )
        self.taken_ids = [Command.link(one.id) for one in inputs]
        self._rate()

    def _prepare_voice(self, answer, question, consents):
        one = answer.user_input_id
        consent = consents.get(one, "not_asked")
        day = fields.Date.to_date(one.end_datetime or one.create_date)
        key = hmac(self.env(su=True), "dupq-assessment-survey", answer.id)
        return {
            "assessment_id": self.assessment_id.id,
            "service_id": self.assessment_id.service_id.id,
            "group_id": self.group_id.id,
            "question_id": question.id,
            "words": answer.value_text_box.strip(),
            "channel": "survey",
            "date": day,
            "is_anonymous": self.is_anonymous,
            "consent": consent,
            "date_consent": day if consent != "not_asked" else False,
            # A digest: it says that this answer is there, and not whose it is.
            "client_key": key,
        }

    def _rate(self):
        """The rating of this group: the middle of all answers, and how many."""
        levels = {line.answer_id: line.level_id for line in self.line_ids}
        groups = self.env["survey.user_input.line"]._read_group(
            [
                ("user_input_id", "in", self.taken_ids.ids),
                ("suggested_answer_id", "in", [one.id for one in levels if one]),
            ],
            ["suggested_answer_id"],
            ["__count"],
        )
        counts = [(levels[answer], count) for answer, count in groups if levels[answer]]
        if not counts:
            return
        counts.sort(key=lambda pair: pair[0].sequence)
        number = sum(count for _level, count in counts)
        values = {"level_id": get_middle(counts).id, "number": number}
        if self.rating_id:
            self.rating_id.write(values)
        elif not self._get_typed_rating():
            self.rating_id = self.env["dupq.assessment.rating"].create(
                {
                    "assessment_id": self.assessment_id.id,
                    "area_id": self.area_id.id,
                    "perspective_id": self.group_id.id,
                    **values,
                }
            )

    def _get_typed_rating(self):
        """One that somebody wrote stands; ours does not take its place."""
        return self.env["dupq.assessment.rating"].search(
            [
                ("assessment_id", "=", self.assessment_id.id),
                ("area_id", "=", self.area_id.id),
                ("statement_id", "=", False),
                ("perspective_id", "=", self.group_id.id),
            ],
            limit=1,
        )


def get_middle(counts):
    """The level of the one in the middle; of two in the middle the lower.

    :param counts: pairs of a level and how many chose it, the lowest first

    >>> get_middle([("low", 2), ("high", 2)])
    'low'
    >>> get_middle([("low", 1), ("middle", 1), ("high", 3)])
    'high'
    """
    half = sum(count for _level, count in counts) / 2
    for level, count in counts:
        half -= count
        if half <= 0:
            return level
