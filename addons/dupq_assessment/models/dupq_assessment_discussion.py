from odoo import api, fields, models
from odoo.fields import Domain

from ..question_pictures import get_picture

# What a facilitator's screen may send; everything else is filled in here.
NOTE_FIELDS = ("text", "is_working", "question_id")
VOICE_FIELDS = ("words", "feeling", "is_working", "group_id", "question_id")
# How many of the latest are shown of one question: more than a room can read.
SHOWN = 200


class DupqAssessmentDiscussion(models.AbstractModel):
    """The discussion as it is seen in the room: one question at a time.

    Every call asks the rights of the one who calls; what is sent is kept once,
    however often it is sent.
    """

    _name = "dupq.assessment.discussion"
    _description = "Discussion in the room"

    @api.model
    @api.readonly
    def get_discussion(self, session_id=False):
        """All that stays the same while people talk, and the news.

        :return: {session, questions, groups, news}; without a discussion, or with
            one that is not the reader's, {session: False, sessions: those to choose}
        """
        session = self._get_sessions().browse(int(session_id or 0)).exists()
        if not session or not session.has_access("read"):
            return {"session": False, "sessions": self._get_choices()}
        return {
            "session": self._describe_session(session),
            "questions": self._describe_questions(session._get_questions()),
            "groups": self._describe_groups(),
            "news": self._get_news(session),
        }

    @api.model
    @api.readonly
    def get_news(self, session_id, stamp=False):
        """What others have written since: all of it, so that nothing is missed.

        :param stamp: that of the news the reader has; when nothing has changed, only
            ``{stamp}`` comes back
        """
        session = self._get_sessions().browse(int(session_id))
        session.check_access("read")
        if stamp and stamp == self._get_stamp(session):
            return {"stamp": stamp}
        return self._get_news(session)

    @api.model
    def save(self, session_id, item):
        """Keep one thing that was said or noted, once only.

        :param item: {key, kind: voice or note, and what was typed}
        :return: the news; what came before with the same key is there already
        """
        session = self._get_sessions().browse(int(session_id))
        session.check_access("read")
        if item.get("kind") == "voice":
            model = self.env["dupq.voice"]
            values = self._prepare_voice_values(session, item)
        else:
            model = self.env["dupq.assessment.session.note"]
            values = self._prepare_note_values(session, item)
        model._create_once([values])
        return self._get_news(session)

    @api.model
    def set_attendance(self, session_id, group_id, number):
        """So many people of this group are here now."""
        session = self._get_sessions().browse(int(session_id))
        session.check_access("read")
        line = session.attendance_ids.filtered(lambda one: one.group_id.id == group_id)
        if line:
            line.number = number
        elif number:
            line.create(
                {"session_id": session.id, "group_id": group_id, "number": number}
            )
        return self._get_news(session)

    # === WHAT IS KEPT === #

    @api.model
    def _prepare_note_values(self, session, item):
        values = {name: item.get(name) or False for name in NOTE_FIELDS}
        return values | {"session_id": session.id, "client_key": item["key"]}

    @api.model
    def _prepare_voice_values(self, session, item):
        values = {name: item.get(name) or False for name in VOICE_FIELDS}
        if item.get("consent") == "yes":
            today = fields.Date.context_today(session)
            values |= {"consent": "yes", "date_consent": today}
        return values | {
            "session_id": session.id,
            "assessment_id": session.assessment_id.id,
            "service_id": session.service_id.id,
            "channel": "session",
            "client_key": item["key"],
        }

    # === WHAT IS SHOWN === #

    @api.model
    def _get_sessions(self):
        return self.env["dupq.assessment.session"]

    @api.model
    def _get_choices(self):
        """The discussions that are not over, mine first."""
        sessions = self._get_sessions().search(
            Domain("state", "=", "planned"), order="date, id", limit=50
        )
        mine = sessions.filtered(lambda one: self.env.user in one.facilitator_ids)
        return [
            {
                "id": session.id,
                "name": session.name,
                "date": fields.Datetime.to_string(session.date),
                "place": session.place or "",
                "is_mine": session in mine,
            }
            for session in mine + (sessions - mine)
        ]

    @api.model
    def _describe_session(self, session):
        # The name alone, for those who lead it and may not read the whole.
        assessment_sudo = session.assessment_id.sudo()
        notes = self.env["dupq.assessment.session.note"]
        return {
            "id": session.id,
            "name": session.name,
            "assessment": assessment_sudo.name,
            "place": session.place or "",
            "is_open": session.state != "cancelled"
            and session.has_access("write")
            and notes.has_access("create"),
        }

    @api.model
    def _describe_questions(self, questions):
        easy = questions.with_context(dupq_wording_kind="easy_read")
        plain = questions.with_context(dupq_wording_kind="plain")
        return [
            {
                "id": question.id,
                "reference": question.reference or "",
                "text": question.shown_text,
                "easy_read": simple.shown_text,
                "picture": get_picture(question.reference, simple.shown_text),
                "area": question.area_id.shown_name,
                "area_reference": question.area_id.reference,
            }
            for question, simple in zip(plain, easy, strict=True)
        ]

    @api.model
    def _describe_groups(self):
        groups = self.env["dupq.stakeholder.group"].search(Domain.TRUE)
        return [{"id": group.id, "name": group.name} for group in groups]

    @api.model
    def _get_news(self, session):
        """Who is here, how many voices each question has by group, and the latest."""
        here = Domain("session_id", "=", session.id)
        stamp = self._get_stamp(session)
        counts = self.env["dupq.voice"]._read_group(
            here, ["question_id", "group_id"], ["__count"]
        )
        return {
            "stamp": stamp,
            "attendance": [
                {"group_id": line.group_id.id, "number": line.number}
                for line in session.attendance_ids
                if line.number
            ],
            "counts": [
                [question.id or False, group.id, count]
                for question, group, count in counts
            ],
            "items": self._get_items(here),
        }

    @api.model
    def _get_stamp(self, session):
        """Changes whenever something is written, corrected or deleted."""
        parts = []
        for name, *more in (
            ("dupq.voice",),
            ("dupq.assessment.session.note",),
            ("dupq.assessment.session.attendance", "number:sum"),
        ):
            (row,) = self.env[name]._read_group(
                [("session_id", "=", session.id)],
                [],
                ["__count", "id:max", "write_date:max", *more],
            )
            parts.extend(row)
        return "|".join(str(part) for part in parts)

    @api.model
    def _get_items(self, here):
        """The latest voices and notes, the newest first."""
        voices = self.env["dupq.voice"].search(here, order="id desc", limit=SHOWN)
        notes = self.env["dupq.assessment.session.note"].search(
            here, order="id desc", limit=SHOWN
        )
        return [
            {
                "kind": "voice",
                "id": voice.id,
                "key": voice.client_key or f"voice-{voice.id}",
                "question_id": voice.question_id.id,
                "group_id": voice.group_id.id,
                "feeling": voice.feeling,
                "words": voice.words or "",
            }
            for voice in voices
        ] + [
            {
                "kind": "note",
                "id": note.id,
                "key": note.client_key or f"note-{note.id}",
                "question_id": note.question_id.id,
                "is_working": note.is_working,
                "text": note.text,
                # Colleagues see who wrote a note; only the name is read.
                "author": note.author_id.sudo().name,
            }
            for note in notes
        ]
