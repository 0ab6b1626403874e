from odoo import api, fields, models

from .. import easy_read, report_quality
from . import report_answers, report_record
from .report_words import library_words, problem_words


class DupqAssessmentReport(models.AbstractModel):
    """The report: its parts, its other styles, and the questions of its readers.

    A part of ``dupq.assessment``, in a file of its own.
    """

    _name = "dupq.assessment.report"
    _description = "Report of a Self-assessment"

    section_ids = fields.One2many(
        "dupq.assessment.section", "assessment_id", string="Parts of the report"
    )
    document_ids = fields.One2many(
        "dupq.assessment.document", "assessment_id", string="In another style"
    )
    remark_ids = fields.One2many(
        "dupq.assessment.remark", "assessment_id", string="Why we go on"
    )
    left_out_ids = fields.One2many(
        "dupq.assessment.left.out", "assessment_id", string="Left out"
    )

    # Who has read the Easy Read edition before it came out
    easy_read_group_id = fields.Many2one(
        "dupq.stakeholder.group",
        string="Easy Read checked by",
        copy=False,
        help="For example people with a learning disability who live somewhere else.",
    )
    easy_read_by = fields.Char(
        string="Who they are",
        copy=False,
        help="For example: our reading group, four people.",
    )
    date_easy_read = fields.Date(string="Checked on", copy=False)

    # === ACTIONS === #

    def action_open_report(self):
        """Open the report editor; the usual parts are there, begun with facts."""
        self.ensure_one()
        if self.has_access("write") and self._is_report_open():
            self._prepare_sections()
        return {
            "type": "ir.actions.client",
            "tag": "dupq_assessment.report_editor",
            "name": self.env._("Report of %(name)s", name=self.display_name),
            "context": {"active_id": self.id, "active_model": self._name},
            "params": {"assessment_id": self.id},
        }

    # === EDITOR === #

    @api.readonly
    def get_report_editor(self):
        """All that the report editor shows of one report, in plain values."""
        self.ensure_one()
        self.check_access("read")
        sections = self.section_ids
        ideas = sections.idea_ids
        pages = easy_read.count_pages(len(ideas), len(sections.filtered("idea_ids")))
        return {
            "id": self.id,
            "name": self.display_name,
            "is_open": self._is_report_open() and self.has_access("write"),
            "url": self.publication_url or "",
            "may_plan": self._may_plan_action(),
            "parts": sections._get_editor_parts(),
            "questions": self._get_remarks(),
            "easy_read": {
                "ideas": len(ideas),
                "pages": pages,
                "problems": [
                    problem_words(self.env, problem)
                    for problem in easy_read.check_length(
                        len(ideas), len(sections.filtered("idea_ids"))
                    )
                ],
                "checked_by": self._get_checked_by(),
            },
            "pictures": [
                {"name": name, "label": label}
                for name, label in ideas._fields["picture"]._description_selection(
                    self.env
                )
            ],
            "limits": library_words(self.env),
        }

    def _may_plan_action(self):
        """Whether the reader plans actions for this place."""
        is_planner = self.env["dupq.action"].has_access("create")
        return is_planner and self.has_access("write")

    def _is_report_open(self):
        return self.state in ("planned", "running", "completed")

    def _get_checked_by(self):
        """Who has checked the Easy Read edition, as one line."""
        parts = (self.easy_read_group_id.name, self.easy_read_by)
        return ", ".join(part for part in parts if part)

    # === QUALITY === #

    def _get_remarks(self, figures=None):
        """What a reader will ask of the report, and what the record answers.

        :param figures: those of all that are looked at, see ``Figures``
        :return: a dictionary for each question: its ``key`` and ``name``, what was
            seen (``sentence``), ``why`` it is asked, whether it ``is_answered``, and
            the ``reason`` for which the report goes out all the same
        :rtype: list[dict]
        """
        self.ensure_one()
        facts = report_record.get_facts(self, figures)
        reasons = {one.key: one.reason for one in self.remark_ids}
        if self.few_voices and self.few_voices_reason:
            reasons.setdefault(report_quality.WHO, self.few_voices_reason)
        return [
            {
                "key": answer.key,
                "name": report_answers.question(self.env, answer.key),
                "sentence": report_answers.seen(self, facts, answer),
                "why": report_answers.why(self.env, answer.key),
                "is_answered": answer.is_answered,
                "reason": reasons.get(answer.key, ""),
                "doubts": list(answer.doubts),
            }
            for answer in report_quality.ask(facts)
        ]

    @api.readonly
    def get_reader_questions(self):
        """The questions of a reader, as ``_get_remarks`` gives them."""
        self.ensure_one()
        self.check_access("read")
        return self._get_remarks()

    def set_reason(self, key, reason):
        """Keep why the report goes out with a question open; nothing takes it back.

        :param str key: which question, see ``_get_remarks``
        :return: the questions as they are now
        """
        self.ensure_one()
        row = self.remark_ids.filtered(lambda one: one.key == key)
        if not (reason or "").strip():
            row.unlink()
        elif row:
            row.reason = reason
        else:
            row.create({"assessment_id": self.id, "key": key, "reason": reason})
        self.invalidate_recordset(["remark_ids"])
        return self._get_remarks()

    def _get_left_out_silently(self):
        """What is not good yet and went out of the text without a reason."""
        return self.left_out_ids.filtered(
            lambda one: not one.is_back and not (one.reason or "").strip()
        )

    def _get_barriers_said(self):
        """What is written down as standing in the way, a line each."""
        self.ensure_one()
        lines = (self.barriers or "").splitlines()
        lines += self.summary_ids.filtered("barrier").mapped("barrier")
        lines += [barrier.name for barrier in self.barrier_ids]
        return [line.strip() for line in lines if line.strip()]

    # === PARTS === #

    def _prepare_sections(self):
        """The usual parts, those missing, with facts of the record to begin with."""
        for assessment in self:
            assessment.section_ids._begin_again()
            there = {
                (one.kind, one.area_id.id, one.focus_id.id)
                for one in assessment.section_ids
            }
            assessment.section_ids.create(
                [
                    vals
                    for vals in assessment._prepare_section_values()
                    if (vals["kind"], vals["area_id"], vals["focus_id"]) not in there
                ]
            )._begin()

    def _prepare_section_values(self):
        """Values of the usual parts in their order."""
        self.ensure_one()
        names = dict(self.section_ids._fields["kind"]._description_selection(self.env))
        usual = [("overall", names["overall"], False, False)]
        usual += [(kind, names[kind], False, False) for kind in ("who", "how")]
        usual += [
            ("found", area.shown_name, area.id, False) for area in self._get_areas()
        ]
        usual += [
            ("found", self._get_focus_name(focus), False, focus.id)
            for focus in self._get_focuses()
        ]
        usual += [
            (kind, names[kind], False, False) for kind in ("words", "hard", "plan")
        ]
        return [
            {
                "assessment_id": self.id,
                "kind": kind,
                "name": name,
                "area_id": area,
                "focus_id": focus,
                "sequence": number * 10,
            }
            for number, (kind, name, area, focus) in enumerate(usual, 1)
        ]

    def _get_missing_to_publish(self):
        """Override: whoever can be seen or heard in a film has agreed to it."""
        missing = super()._get_missing_to_publish()
        missing += [
            self.env._(
                "Say that everyone in “%(name)s” agrees, or take it out.",
                name=document.name,
            )
            for document in self.document_ids._without_consent()
        ]
        return missing

    def _says_outcome(self):
        """Override: it may stand in a file or behind a link as well."""
        return super()._says_outcome() or bool(self.document_ids)
