from odoo import api, models
from odoo.fields import Domain
from odoo.tools import groupby

from odoo.addons.dupq_code.guests import Guest
from odoo.addons.dupq_code.uploads import MEGABYTE

from ..const import MOST_FILM, SUPPORTED_KIND
from ..saying import FEELINGS, SHARES, Saying, get_feeling, get_nearest
from .dupq_assessment_part import OPEN_STATES

# Of fewer people, somebody may guess who said it, whatever is not kept.
FEW = 5
# What the pages, and the keeping of an answer, need to know.
PAGE_FIELDS = (
    "assessment_id",
    "company_id",
    "group_id",
    "service_id",
    "planned",
    "actual",
)
ASSESSMENT_FIELDS = (
    "code_id",
    "company_id",
    "scale_id",
    "scope",
    "service_id",
    "state",
)
# More levels than this are numbers, without pictures.
MOST_PICTURES = 5


class DupqAssessmentParticipantPages(models.Model):
    """Adds the pages at which people say what they think, one question a screen.

    By a link or signed in, in plain words or in Easy Read. Always in sudo mode, once
    it is known who asks; a page gets plain values only.
    """

    _name = "dupq.assessment.participant"
    _inherit = ["dupq.assessment.participant", "dupq.invitation.target"]

    # === WHAT A LINK IS FOR === #

    def _why_not_invite(self):
        """Override: as long as people are at work on it, or ask whether it worked."""
        if self.assessment_id.state in OPEN_STATES or self._get_asked_actions():
            return None
        return self.env._(
            "“%(assessment)s” is completed: nobody is asked any more.",
            assessment=self.assessment_id.display_name,
        )

    def _is_invitation_of_people_supported(self):
        """Override: staff and others speak for themselves at their own address."""
        return self.group_id.kind == SUPPORTED_KIND

    def _prepare_invitation_values(self):
        return {**super()._prepare_invitation_values(), "participant_id": self.id}

    def _get_invitation_template(self):
        return "dupq_assessment.dupq_invitation_mail_template_self_assessment"

    def _get_upload_limits(self):
        return {"most": MOST_FILM, "film": True}

    def _get_invitation_fields(self):
        """Override to leave out what no page needs."""
        return PAGE_FIELDS

    def _fetch_for_pages(self):
        """Ask for what pages need of a self-assessment, which has many columns."""
        self.fetch(PAGE_FIELDS)
        self.assessment_id.fetch(ASSESSMENT_FIELDS)

    def _get_invitation_page(self, guest, path):
        """Override to show a question, or what comes before and after."""
        self._fetch_for_pages()
        saying = Saying.parse(path, easy=not path and self._is_easy_first())
        return saying and self._get_saying_page(guest, saying)

    def _get_asked_actions(self, guest=None):
        """The actions whose answer is asked of these people: ``{action: group}``.

        Those of the plan that came of it, and, until a later self-assessment takes
        its place, others of the same services.
        """
        self.ensure_one()
        guest = guest or Guest(purpose="self_assessment", base_url="")
        assessment = self.assessment_id
        services = self.env["dupq.service"].search(
            Domain("id", "child_of", self.service_id.ids)
            if self.service_id
            else assessment._get_services_domain("id")
        )
        where = Domain("assessment_id", "=", assessment.id)
        if self.service_id:
            where &= Domain("service_id", "in", [False, *services.ids])
        if assessment.state != "replaced":
            where |= Domain("service_id", "in", services.ids)
        where &= Domain("company_id", "=", self.company_id.id)
        return self.env["dupq.action"]._get_asked(self.group_id, where, guest)

    @api.model
    def _get_lines_of_user(self, user):
        """Lines in which somebody who is signed in, or the household, is named."""
        partner = user.partner_id
        # Being named as taking part is the right to see it; plain values only.
        return self.sudo().search(
            [("partner_id", "in", (partner | partner.commercial_partner_id).ids)]
        )

    def _is_easy_first(self):
        """Whether they see Easy Read until they choose otherwise."""
        group = "dupq_code.dupq_stakeholder_group_people_supported"
        return self.group_id == self.env.ref(group, raise_if_not_found=False)

    # === ACTIONS === #

    def action_invite(self):
        """Send links to those of this line."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invite by a link"),
            "res_model": "dupq.assessment.invite",
            "view_mode": "form",
            "target": "new",
            "context": {"default_participant_id": self.id},
        }

    def action_open_invitations(self):
        """Show the links that were sent to those of this line."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_assessment.dupq_invitation_action_assessment"
        )
        return {**action, "domain": [("participant_id", "=", self.id)]}

    # === THE PAGES, IN PLAIN VALUES === #

    def _get_saying_page(self, guest, saying, typed=None, errors=(), questions=None):
        """One page, or None.

        :param typed: what was typed, when the same question is shown again
        :param questions: those that are asked, when they are known already
        """
        if saying.step in ("worked", "told") or str(saying.step).startswith("worked-"):
            return self._get_worked_page(guest, saying)
        if saying.is_contesting:
            return self._get_contest_page(guest, saying)
        if questions is None:
            questions = self._get_questions(saying)
        pages = {
            "": self._get_start_values,
            "all": self._get_all_values,
            "mine": self._get_mine_values,
            "stop": self._get_end_values,
            "thanks": self._get_end_values,
        }
        is_open = self.assessment_id.state in OPEN_STATES
        if saying.step in pages:
            name = saying.step or "start"
            values = pages[saying.step](guest, saying, questions)
        elif is_open and any(card.id == saying.step for card in questions):
            name = "question"
            values = self._get_question_values(guest, saying, questions, typed, errors)
        else:
            return None
        return {
            "template": f"dupq_assessment.saying_{name}",
            "title": values.pop("title"),
            "frame": self._get_saying_frame(guest, saying),
            "values": {
                **values,
                "easy": saying.easy,
                "is_open": is_open,
                "is_group": guest.is_group,
                "start_url": guest.url(saying.at()),
                "all_url": guest.url(saying.at("all")),
                "stop_url": guest.url(saying.at("stop")),
                "mine_url": "" if guest.is_group else guest.url(saying.at("mine")),
            },
        }

    def _get_worked_page(self, guest, saying):
        """Whether what was promised has worked: see ``dupq.action.asked``."""
        page = self.env["dupq.action"]._get_worked_page(
            guest, saying, self._get_asked_actions(guest)
        )
        return page and {**page, "frame": self._get_saying_frame(guest, saying)}

    def _get_saying_frame(self, guest, saying):
        """The frame: whose page it is, and the way to the other edition."""
        _ = self.env._
        other = guest.url(saying.at(saying.step, easy=not saying.easy))
        return {
            "company_id": self.company_id.id,
            "easy_read": saying.easy,
            "switch": {
                "label": _("Plain words") if saying.easy else _("Easy Read"),
                "url": other,
                "picture": "page-facing-up" if saying.easy else "open-book",
            },
        }

    def _get_questions(self, saying):
        """The questions that are asked of this line, in their order: cards."""
        kind = "easy_read" if saying.easy else "plain"
        cards = self.assessment_id.code_id._get_cards(self.company_id.id, kind)
        if areas := self.area_ids.ids:
            return tuple(card for card in cards if card.area_id in areas)
        return cards

    def _get_start_values(self, guest, saying, questions):
        first = questions[0].id if questions else 0
        return {
            "title": self.env._("Say what you think"),
            "place": self.assessment_id._get_place_name(),
            "number": len(questions),
            "first_url": guest.url(saying.at(first)) if first else "",
            "report_url": self.assessment_id.publication_url or "",
            "worked_url": guest.url(saying.at("worked")),
            "worked_number": len(self._get_asked_actions(guest)),
            "contact": self.company_id.email or self.company_id.phone or "",
        }

    def _get_all_values(self, guest, saying, questions):
        return {
            "title": self.env._("All questions"),
            "areas": [
                {
                    "name": inside[0].area,
                    "picture": inside[0].picture,
                    "questions": [
                        {"text": card.text, "url": guest.url(saying.at(card.id))}
                        for card in inside
                    ],
                }
                for _area_id, inside in groupby(questions, lambda card: card.area_id)
            ],
        }

    def _get_question_values(self, guest, saying, questions, typed, errors):
        numbers = [card.id for card in questions]
        number = numbers.index(saying.step)
        question = questions[number]
        later = numbers[number + 1] if number + 1 < len(numbers) else "thanks"
        earlier = numbers[number - 1] if number else ""
        if typed is None:
            found = self._find_voices(guest, saying, (question.id,))
            own = self._pick_own(guest, saying, found)
            typed = self._prepare_typed(saying, own.get(question.id))
        return {
            "title": self.env._("Question %(number)s", number=number + 1),
            "area": question.area,
            "picture": question.picture,
            "question": question.text,
            "question_id": question.id,
            "number": number + 1,
            "total": len(questions),
            "answers": self._get_answers(saying, typed.get("answer")),
            "words": typed.get("words") or "",
            "files": typed.get("files_before") or 0,
            "consent": typed.get("consent") or saying.consent or "",
            "nameless": bool(typed.get("nameless", saying.nameless)),
            "few": self._is_few(),
            "key": self._new_key(),
            "most_megabytes": MOST_FILM // MEGABYTE,
            "action_url": guest.url(saying.at(later)),
            "back_url": guest.url(saying.at(earlier)),
            "skip_url": guest.url(saying.at(later)),
            "errors": list(errors),
        }

    def _get_end_values(self, guest, saying, _questions):
        is_thanks = saying.step == "thanks"
        return {
            "title": self.env._("Thank you")
            if is_thanks
            else self.env._("You can stop now"),
            "next_person_url": guest.url() if guest.is_group else "",
            "signed_in": guest.signed_in,
        }

    def _get_mine_values(self, guest, saying, _questions):
        return {
            "title": self.env._("What I said"),
            "action_url": guest.url(saying.at("mine")),
            "voices": [
                {
                    "id": voice.id,
                    "question": voice.question_id.shown_text
                    or voice.action_id._get_asked_words(),
                    "words": voice.words or "",
                    "files": len(voice.attachment_ids),
                    "is_agreed": voice.consent == "yes",
                }
                for voice in self._get_own_voices(guest)
            ],
        }

    def _is_few(self):
        """Whether so few are asked that somebody may guess who said it."""
        return max(self.planned, self.actual) < FEW

    # === THE ANSWERS === #

    def _get_answers(self, saying, chosen=None):
        """The big answers: three in Easy Read, else those of the scale."""
        _ = self.env._
        levels = self.assessment_id.scale_id._get_cards()
        if saying.easy or not levels:
            labels = {
                "good": _("Good"),
                "mixed": _("In between"),
                "not_yet": _("Not good"),
            }
            return [
                {
                    "value": key,
                    "label": labels[key],
                    "picture": picture,
                    "checked": chosen == key,
                }
                for key, picture in FEELINGS.items()
            ]
        return [
            {
                "value": str(level.id),
                "label": level.name,
                "picture": level.picture if len(levels) <= MOST_PICTURES else "",
                "checked": chosen == str(level.id),
            }
            for level in levels
        ]

    def _read_answer(self, answer):
        """What an answer says: a level of the scale, and one of the three."""
        levels = self.assessment_id.scale_id._get_cards()
        shares = {level.id: level.share for level in levels}
        if answer in SHARES:
            nearest = shares and get_nearest(shares, SHARES[answer])
            return {"level_id": nearest or False, "feeling": answer}
        for level in levels:
            if str(level.id) == answer:
                return {"level_id": level.id, "feeling": get_feeling(level.share)}
        return {}
