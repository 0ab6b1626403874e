from dataclasses import replace

from odoo import api, models
from odoo.fields import Date, Domain
from odoo.tools import email_normalize

from odoo.addons.dupq_code.const import WORKER
from odoo.addons.dupq_code.secret_words import new_token

from ..const import SUPPORTED_KIND
from ..saying import WORKED, WORKED_PICTURES, Saying, add_lost
from .dupq_action_effect import ANSWERS, FEELINGS, OPEN_STATES

KEY_LETTERS = 64


class DupqActionAsked(models.AbstractModel):
    """The pages at which those whom an action is for say whether it worked.

    A part of ``dupq.action``, in a file of its own. By a link or signed in; always in
    sudo mode, once it is known who asks. What may be answered is given as ``asked``:
    ``{action: group}``, and nothing else can be seen or answered. A page gets plain
    values only.
    """

    _name = "dupq.action.asked"
    _description = "Asking whether an Action Worked"

    # === WHO IS ASKED WHAT === #

    @api.model
    def _get_asked(self, group, where, guest):
        """The actions of a place that ask this group whether they worked.

        :param where: domain of the place
        :return: ``{action: group}``, without those for which the guest answers
            themselves: theirs is not the answer that is asked for
        """
        domain = Domain("date_asked", "!=", False) & Domain("state", "in", OPEN_STATES)
        is_for = Domain("affected_group_ids", "in", group.ids)
        if group.kind == SUPPORTED_KIND:
            is_for |= Domain("affected_group_ids", "=", False)
        found = self.search(domain & is_for & Domain(where), order="date_asked, id")
        owners = found.owner_id.partner_id
        mine = owners.filtered(lambda owner: owner.id == guest.partner_id)
        # Whose mail the link went to, to know the owner again; shown to nobody.
        link_sudo = self.env["dupq.invitation"].sudo().browse(guest.invitation_id or [])
        if link_sudo.email:
            email = email_normalize(link_sudo.email)
            mine |= owners.filtered(lambda one: email_normalize(one.email) == email)
        asked = found.filtered(lambda action: action.owner_id.partner_id not in mine)
        return dict.fromkeys(asked, group)

    @api.model
    def _get_asked_of_user(self, user, guest):
        """All that somebody who is signed in is asked, in sudo mode.

        As the person supported, as one of the circle whom the person wants, or as
        somebody who took part in a self-assessment: asked anew at each page.
        """
        # What makes them somebody whom it is for is looked up here, and not shown.
        actions_sudo = self.sudo()
        asked = {}
        for person, xmlid in self._get_people_of_user(user):
            group = self.env.ref(xmlid, raise_if_not_found=False)
            # Services and days of one person, who is theirs.
            service = person.service_id
            if group and service:
                where = Domain("company_id", "=", person.company_id.id) & (
                    Domain("service_id", "parent_of", service.id)
                    | Domain("service_id", "=", False)
                )
                asked |= actions_sudo._get_asked(group.sudo(), where, guest)
        lines = actions_sudo.env["dupq.assessment.participant"]
        for line in lines._get_lines_of_user(user):
            asked = {**line._get_asked_actions(guest), **asked}
        return asked

    @api.model
    def _get_people_of_user(self, user):
        """People supported, with the group as which the user answers, in sudo mode."""
        group = "dupq_code.dupq_stakeholder_group_%s"
        env = self.sudo().env
        found = []
        if not user.has_group(WORKER):
            people = env["dupq.person"].search([("user_id", "=", user.id)])
            found += [(person, group % "people_supported") for person in people]
        members = env["dupq.circle.member"].search(
            [
                ("partner_id", "=", user.partner_id.id),
                ("state", "=", "agreed"),
                ("person_id.active", "=", True),
            ]
        )
        return found + [(person, group % "families") for person in members.person_id]

    # === THE PAGES, IN PLAIN VALUES === #

    @api.model
    def _get_worked_page(self, guest, saying, asked, typed=None, errors=()):
        """The list, or one question; None for what is not asked of this guest."""
        if saying.step in ("worked", "told"):
            name, values = "list", self._get_list_values(guest, saying, asked)
        else:
            number = WORKED.fullmatch(str(saying.step))
            found = self.browse(int(number.group(1))) if number else self.browse()
            if not found or found not in asked:
                return None
            name = "question"
            values = found._get_worked_values(guest, saying, asked, typed, errors)
        return {
            "template": f"dupq_assessment.worked_{name}",
            "title": self.env._("Did it work?"),
            "values": {
                **values,
                "easy": saying.easy,
                "is_group": guest.is_group,
                "start_url": guest.url(saying.at()),
                "list_url": guest.url(saying.at("worked")),
            },
        }

    @api.model
    def _get_list_values(self, guest, saying, asked):
        own = self._find_own_answers(guest, asked)
        labels = self._get_answer_labels()
        return {
            "is_told": saying.step == "told",
            "actions": [
                {
                    "words": action._get_asked_words(),
                    "url": guest.url(saying.at(f"worked-{action.id}")),
                    "said": labels.get(ANSWERS.get(own[action].feeling), "")
                    if action in own
                    else "",
                }
                for action in asked
            ],
        }

    def _get_worked_values(self, guest, saying, asked, typed, errors):
        self.ensure_one()
        own = self._find_own_answers(guest, asked).get(self)
        if typed is None:
            typed = {
                "answer": ANSWERS.get(own.feeling) if own else "",
                "words": own.words if own else "",
                "consent": own.consent if own and own.consent in ("yes", "no") else "",
                "nameless": saying.nameless,
            }
        return {
            "question": self._get_asked_words(),
            "is_question": bool(self.question),
            "action_id": self.id,
            "key": new_token(),
            "answers": [
                {
                    "value": value,
                    "label": label,
                    "picture": WORKED_PICTURES[value],
                    "checked": typed.get("answer") == value,
                }
                for value, label in self._get_answer_labels().items()
            ],
            "words": typed.get("words") or "",
            "consent": typed.get("consent") or "",
            "nameless": bool(typed.get("nameless")),
            "action_url": guest.url(saying.at("told")),
            "errors": list(errors),
        }

    def _get_asked_words(self):
        """How people are asked whether it worked; nothing for no action."""
        return self.question or self.name or ""

    @api.model
    def _get_answer_labels(self):
        _ = self.env._
        return {"yes": _("Yes"), "partly": _("A bit"), "no": _("No")}

    # === THE ANSWERS === #

    @api.model
    def _take_worked(self, guest, saying, asked, answers):
        """Keep one answer; say what is missing; None for what is not asked."""
        number = answers.get("action", "")
        found = next((one for one in asked if str(one.id) == number), None)
        if not found:
            words = answers.get("words")
            here = replace(saying, step="worked")
            page = words and self._get_worked_page(guest, here, asked)
            return add_lost(page, words) or saying.at("worked")
        answer = answers.get("answer")
        if answer not in FEELINGS:
            errors = [
                {
                    "field": "answer-yes",
                    "message": self.env._("Choose one of the three pictures."),
                }
            ]
            here = Saying(
                saying.easy, saying.consent, saying.nameless, f"worked-{found.id}"
            )
            return self._get_worked_page(guest, here, asked, answers, errors)
        found._keep_answer(guest, answer, asked, answers)
        return saying.at("told", nameless=bool(answers.get("nameless")))

    def _keep_answer(self, guest, answer, asked, answers):
        """Keep it as a voice, or change what this guest said before."""
        self.ensure_one()
        consent = answers.get("consent")
        consent = consent if consent in ("yes", "no") else None
        is_nameless = bool(answers.get("nameless")) or guest.is_group
        said = {
            "consent": consent or "not_asked",
            "date_consent": consent and Date.today(),
            "date": Date.today(),
        }
        values = self._prepare_answer(answer, asked[self], answers.get("words"), **said)
        if before := self._find_own_answers(guest, asked).get(self):
            before._say_again(values, is_nameless)
            return
        who = {"is_anonymous": True}
        if not is_nameless:
            who = {
                "invitation_id": guest.invitation_id,
                "partner_id": guest.partner_id,
            }
        self.env["dupq.voice"]._say(
            {
                **values,
                **who,
                "channel": "portal" if guest.signed_in else "link",
                "client_key": (answers.get("key") or new_token())[:KEY_LETTERS],
            }
        )

    @api.model
    def _find_own_answers(self, guest, asked):
        """What this guest answered under their own name: ``{action: voice}``."""
        if guest.is_group or not (guest.invitation_id or guest.partner_id):
            return {}
        domain = Domain("action_id", "in", [action.id for action in asked])
        domain &= Domain("is_said_before", "=", False)
        if guest.invitation_id:
            domain &= Domain("invitation_id", "=", guest.invitation_id)
        else:
            domain &= Domain("partner_id", "=", guest.partner_id)
        found = self.env["dupq.voice"].search(domain, order="id")
        return {voice.action_id: voice for voice in found}
