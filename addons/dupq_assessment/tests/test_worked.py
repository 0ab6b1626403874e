from datetime import timedelta

from odoo.tests import HttpCase, tagged

from odoo.addons.dupq_code.guests import Guest

from .test_saying import NOBODY, SayingCommon

QUESTION = "Do you know who comes?"


@tagged("post_install", "-at_install")
class WorkedCommon(SayingCommon):
    """An action of the plan that asks families and people whether it worked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action = cls._create_action(
            assessment_id=cls.assessment.id,
            question=QUESTION,
            affected_group_ids=[(6, 0, (cls.people | cls.families).ids)],
        )
        cls.action.action_ask()

    @classmethod
    def _create_action(cls, **values):
        return cls.env["dupq.action"].create(
            {
                "name": "Photographs on the wall",
                "service_id": cls.service.id,
                "owner_id": cls.user_manager.id,
                "date_due": cls.today,
                **values,
            }
        )

    def _answer(self, answer="yes", guest=None, action=None, line=None, **answers):
        line = (line or self.line).sudo()
        number = (action or self.action).id
        return line._take_invitation_answers(
            guest or self.guest,
            "e/told",
            {
                "action": str(number),
                "answer": answer,
                "files": [],
                "errors": {},
                **answers,
            },
        )

    def _get_list(self, guest=None, line=None):
        page = (
            (line or self.line)
            .sudo()
            ._get_invitation_page(guest or self.guest, "e/worked")
        )
        return page["values"]["actions"]


@tagged("post_install", "-at_install")
class TestWorked(WorkedCommon):
    def test_the_way_to_it_stands_at_the_start_also_when_all_is_completed(self):
        self.assertEqual(self._look("")["values"]["worked_number"], 1)
        self._fill(self.assessment)._take("complete")
        self.assertEqual(self._look("")["values"]["worked_number"], 1)
        self.assertEqual(self._get_list()[0]["words"], QUESTION)

    def test_an_answer_closes_the_action_and_can_be_changed(self):
        page = self._look(f"e/worked-{self.action.id}")["values"]
        labels = [one["label"] for one in page["answers"]]
        self.assertEqual(labels, ["Yes", "A bit", "No"])
        path = self._answer("no", words="Nobody told me.", consent="yes")
        self.assertEqual(path, "e/told")
        self.assertRecordValues(
            self.action.effect_voice_ids,
            [
                {
                    "words": "Nobody told me.",
                    "feeling": "not_yet",
                    "group_id": self.families.id,
                    "service_id": self.service.id,
                    "channel": "link",
                    "consent": "yes",
                    "is_printed": False,
                    "assessment_id": False,
                    "invitation_id": self.invitation.id,
                    "create_uid": self.env.ref(NOBODY).id,
                }
            ],
        )
        self.assertEqual(self.action.did_it_work, "no")
        self.assertEqual(self._get_list()[0]["said"], "No")
        again = self._look(f"e/worked-{self.action.id}")["values"]
        self.assertEqual(again["words"], "Nobody told me.")
        self._answer("partly")
        self.assertEqual(self.action.effect_voice_ids.feeling, "mixed")
        self.action.with_user(self.user_manager).action_done()
        self.assertFalse(self._get_list())

    def test_without_a_picture_chosen_it_is_asked_again(self):
        page = self._answer("", words="Hm")
        self.assertEqual(page["template"], "dupq_assessment.worked_question")
        self.assertEqual(page["values"]["words"], "Hm")
        self.assertTrue(page["values"]["errors"])
        self.assertFalse(self.action.effect_voice_ids)

    def test_after_publication_it_is_still_answered(self):
        self._fill(self.assessment)
        self.assessment._take("complete")
        self.assessment._take("publish")
        self._answer("yes")
        self.assertEqual(self.action.did_it_work, "yes")
        self.assertTrue(self._invite(email="new@example.com"))

    def test_nobody_answers_what_they_are_not_asked(self):
        foreign = self._create_action(service_id=self.other_service.id)
        of_staff = self._create_action(affected_group_ids=[(6, 0, self.staff.ids)])
        (foreign | of_staff).action_ask()
        quiet = self._create_action()
        ended = self._create_action(affected_group_ids=[(6, 0, self.families.ids)])
        ended.action_ask()
        ended._take("drop", reason="The house has closed.")
        for action in (foreign, of_staff, quiet, ended):
            self.assertIsNone(self._look(f"e/worked-{action.id}"), action.name)
            self.assertEqual(self._answer(action=action), "e/worked")
            self.assertFalse(action.effect_voice_ids)
        self.assertEqual(len(self._get_list()), 1)

    def test_for_nobody_in_particular_people_and_families_are_asked(self):
        self.action.affected_group_ids = False
        self.assertEqual(len(self._get_list()), 1)
        staff = self.line.copy({"group_id": self.staff.id})
        self.assertFalse(self._get_list(line=staff))

    def test_a_line_of_one_house_is_asked_about_that_house_only(self):
        whole = self._create_assessment(scope="organisation", service_id=False)
        line = self.line.copy(
            {"assessment_id": whole.id, "service_id": self.other_service.id}
        )
        self.assertFalse(self._get_list(line=line))
        self.assertEqual(self._answer(line=line), "e/worked")
        line.service_id = self.service
        self.assertEqual(len(self._get_list(line=line)), 1)

    def test_a_stranger_with_another_link_neither_sees_nor_changes_it(self):
        self._answer("yes", words="Mine")
        other = self._prepare_guest(
            invitation_id=self._invite(email="b@example.com").id
        )
        for guest in (
            other,
            self._prepare_guest(is_group=True),
            self._prepare_guest(invitation_id=None),
            self._prepare_guest(invitation_id=None, partner_id=1),
        ):
            self.assertFalse(self._get_list(guest)[0]["said"])
            self.assertNotIn("Mine", str(self._get_list(guest)))
        self._answer("no", other, words="Theirs")
        self.assertEqual(
            self.action.effect_voice_ids.mapped("words"), ["Mine", "Theirs"]
        )

    def test_who_answers_for_it_is_not_asked(self):
        owner = self.user_manager
        owner.email = "Owner@Example.com"
        signed_in = self._prepare_guest(
            invitation_id=None, partner_id=owner.partner_id.id, signed_in=True
        )
        staff = self.line.copy({"group_id": self.staff.id})
        self.action.affected_group_ids = self.staff
        by_link = self._prepare_guest(
            invitation_id=self._invite(staff, email="owner@example.com").id
        )
        for guest in (signed_in, by_link):
            self.assertFalse(self._get_list(guest, staff))
            self.assertEqual(self._answer(guest=guest, line=staff), "e/worked")
        self.assertFalse(self.action.effect_voice_ids)

    def test_without_a_name_nothing_leads_to_anybody(self):
        link = self._prepare_guest(is_group=True)
        portal = self._prepare_guest(
            invitation_id=None,
            partner_id=self.user_portal.partner_id.id,
            signed_in=True,
        )
        before = self.action.write_date
        self._answer("yes", words="First", guest=portal)
        for guest, nameless in ((link, ""), (self.guest, "1"), (portal, "1")):
            line = self.line.with_user(self.user_portal)
            self._answer("yes", guest, line=line, nameless=nameless, words="Nobody")
        voices = self.action.effect_voice_ids
        self.assertEqual(len(voices), 3)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.action.write_date, before)
        self.assertEqual(self.action.did_it_work, "yes")
        telling = {self.user_portal.id, self.user_portal.partner_id.id, self.line.id}
        for voice in voices:
            row = voice.read(load=False)[0]
            self.assertEqual(row["words"], "Nobody")
            self.assertFalse(row["invitation_id"])
            for name, value in row.items():
                if name.endswith(("uid", "partner_id", "participant_id")):
                    self.assertNotIn(value, telling, name)
            for name in ("create_date", "write_date"):
                hour = (row[name].hour, row[name].minute, row[name].second)
                self.assertEqual(hour, (0, 0, 0), name)

    def test_words_that_come_too_late_are_shown_and_not_kept(self):
        self.action.action_stop_asking()
        page = self._answer("yes", words="They ring me now.")
        self.assertEqual(page["template"], "dupq_assessment.worked_list")
        self.assertEqual(page["values"]["lost"], "They ring me now.")
        self.assertTrue(page["frame"])
        self.assertFalse(self.action.effect_voice_ids)

    def test_who_agreed_to_print_it_takes_it_back_also_once_it_is_done(self):
        self._answer("yes", words="They ring me now.", consent="yes")
        self.action.action_done()
        stranger = self._prepare_guest(
            invitation_id=self._invite(email="b@example.com").id
        )
        self.assertFalse(self._look("0/mine", stranger)["values"]["voices"])
        (mine,) = self._look("0/mine")["values"]["voices"]
        self.assertEqual(
            (mine["question"], mine["words"], mine["is_agreed"]),
            (QUESTION, "They ring me now.", True),
        )
        voice = self.action.effect_voice_ids
        self._send("0/mine", stranger, voice=str(voice.id))
        self.assertEqual(voice.consent, "yes")
        self._send("0/mine", voice=str(voice.id))
        self.assertEqual(voice.consent, "withdrawn")

    def test_other_words_are_looked_at_for_names_again(self):
        self._answer("yes", words="They ring me now.", consent="yes")
        voice = self.action.effect_voice_ids
        voice.is_anonymised = True
        self._answer("yes", words="Mr Example rings me now.", consent="yes")
        self.assertFalse(voice.is_anonymised)

    def test_consent_to_print_an_answer_is_never_made_up(self):
        for consent in ("", "maybe"):
            self._answer("yes", words="Well.", consent=consent)
            voice = self.action.effect_voice_ids
            self.assertEqual((voice.consent, voice.date_consent), ("not_asked", False))

    def test_taken_up_again_it_is_answered_anew(self):
        self._answer("no", words="Not yet.")
        self.action.action_done()
        self.action._take("reopen", reason="It did not work.")
        self.action.action_ask()
        self.assertFalse(self._get_list()[0]["said"])
        self._answer("yes", words="Now it does.")
        self.assertEqual(
            self.action.effect_voice_ids.sorted("id").mapped("words"),
            ["Not yet.", "Now it does."],
        )

    def test_who_hides_goes_on_hiding(self):
        self.assertEqual(self._answer("yes", nameless="1"), "en/told")
        page = self._look(f"en/worked-{self.action.id}")["values"]
        self.assertTrue(page["nameless"])

    def test_sent_twice_is_kept_once(self):
        for _time in range(2):
            self._answer("yes", nameless="1", key="abc")
        self.assertEqual(len(self.action.effect_voice_ids), 1)

    def test_a_page_gets_plain_values_only(self):
        for path in ("e/worked", "0/told", f"0/worked-{self.action.id}"):
            values = str(self._look(path)["values"])
            self.assertNotIn("dupq.", values.replace("dupq.action.pages", ""))


@tagged("post_install", "-at_install")
class TestWorkedAccount(WorkedCommon, HttpCase):
    """In one's account: as the person, as one of the circle, as who took part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line.partner_id = False
        cls.person = cls.env["dupq.person"].create(
            {
                "preferred_name": "Somebody",
                "stay_ids": [
                    (
                        0,
                        0,
                        {
                            "service_id": cls.service.id,
                            "date_from": cls.today - timedelta(days=9),
                        },
                    )
                ],
            }
        )

    def _get_asked(self):
        guest = Guest(
            purpose="did_it_work",
            base_url="/my/did-it-work",
            signed_in=True,
            partner_id=self.user_portal.partner_id.id,
        )
        actions = self.env["dupq.action"].with_user(self.user_portal)
        asked = actions._get_asked_of_user(self.user_portal, guest)
        return {action.id: group for action, group in asked.items()}

    def test_who_is_nobody_here_is_asked_nothing(self):
        self.assertFalse(self._get_asked())

    def test_the_person_is_asked_where_they_live(self):
        self.person.user_id = self.user_portal
        self.assertEqual(self._get_asked(), {self.action.id: self.people})
        elsewhere = {"service_id": self.other_service.id, "assessment_id": False}
        self.action.write(elsewhere)
        self.assertFalse(self._get_asked())

    def test_the_person_is_asked_about_all_of_their_own_organisation(self):
        self.person.user_id = self.user_portal
        whole = {"service_id": False, "assessment_id": False}
        self.action.write(whole)
        self.assertTrue(self._get_asked())
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.action.company_id = elsewhere
        self.assertFalse(self._get_asked())
        self.action.company_id = self.env.company
        self.assertTrue(self._get_asked())
        self.person.stay_ids.date_to = self.today - timedelta(days=1)
        self.env.invalidate_all()
        self.assertFalse(self.person.service_id)
        self.assertFalse(self._get_asked(), "who has moved away")

    def test_the_person_is_asked_about_the_region_they_live_in(self):
        self.person.user_id = self.user_portal
        region = self.env["dupq.service"].create({"name": "North", "kind": "region"})
        self.service.parent_id = region
        self.action.write({"service_id": region.id, "assessment_id": False})
        self.assertEqual(self._get_asked(), {self.action.id: self.people})

    def test_the_person_speaks_for_themselves_also_where_they_took_part(self):
        self.person.user_id = self.user_portal
        self.line.partner_id = self.user_portal.partner_id
        self.assertEqual(self._get_asked(), {self.action.id: self.people})

    def test_family_is_asked_as_long_as_the_person_wants_them(self):
        member = self.env["dupq.circle.member"].create(
            {"person_id": self.person.id, "partner_id": self.user_portal.partner_id.id}
        )
        self.assertFalse(self._get_asked())
        member.write({"wish_date": self.today, "wish_words": "Yes"})
        member._take("agree")
        self.assertEqual(self._get_asked(), {self.action.id: self.families})
        member._take("withdraw")
        self.assertFalse(self._get_asked())

    def test_who_took_part_is_asked(self):
        self.line.partner_id = self.user_portal.partner_id
        self.assertEqual(self._get_asked(), {self.action.id: self.families})

    def test_it_is_answered_in_ones_account_and_by_nobody_else(self):
        url = f"/my/did-it-work/e/worked-{self.action.id}"
        self.authenticate(self.user_portal.login, self.user_portal.login)
        self.assertEqual(self.url_open(url).status_code, 404)
        self.line.partner_id = self.user_portal.partner_id
        page = self.url_open(url)
        self.assertIn(QUESTION, page.text)
        self.assertIn("no-store", page.headers["Cache-Control"])
        form = {
            "csrf_token": self._get_csrf_token(page.text),
            "action": self.action.id,
            "answer": "partly",
            "words": "Sometimes.",
        }
        told = self.url_open("/my/did-it-work/e/told", data=form)
        self.assertIn("What you said is kept", told.text)
        voice = self.action.effect_voice_ids
        self.assertRecordValues(
            voice,
            [
                {
                    "feeling": "mixed",
                    "words": "Sometimes.",
                    "channel": "portal",
                    "partner_id": self.user_portal.partner_id.id,
                }
            ],
        )
        self.line.partner_id = False
        again = self.url_open("/my/did-it-work/e/told", data={**form, "answer": "no"})
        self.assertIn("nothing to ask you", again.text)
        self.assertEqual(voice.feeling, "mixed")

    def _get_csrf_token(self, html):
        return html.split('name="csrf_token" value="')[1].split('"')[0]
