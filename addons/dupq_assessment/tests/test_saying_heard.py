from odoo.tests import tagged

from .saying_common import SayingCommon


@tagged("post_install", "-at_install")
class TestHeard(SayingCommon):
    def test_ratings_of_a_group_come_from_what_its_people_said(self):
        low, middle, high = self.scale.level_ids
        for level in (low, middle, middle):
            self._send("0/thanks", answer=str(level.id), nameless="1")
        self._send("0/thanks", question=self.second, answer=str(low.id), nameless="1")
        self._send("0/thanks", question=self.third, answer=str(high.id), nameless="1")
        # On a card there are three answers, and no scale.
        self.env["dupq.voice"].create(
            {
                "assessment_id": self.assessment.id,
                "group_id": self.people.id,
                "area_id": self.areas[1].id,
                "feeling": "not_yet",
                "channel": "card",
            }
        )
        self.assessment.with_user(self.user_manager).action_rate_by_voices()
        found = {
            (one.area_id, one.perspective_id): (one.level_id, one.number)
            for one in self.assessment.perspective_rating_ids
        }
        self.assertEqual(
            found,
            {
                (self.areas[0], self.families): (low, 3),
                (self.areas[1], self.families): (high, 1),
                (self.areas[1], self.people): (low, 1),
            },
        )

    def test_a_rating_by_hand_stays(self):
        low, _middle, high = self.scale.level_ids
        rating = self.env["dupq.assessment.rating"].create(
            {
                "assessment_id": self.assessment.id,
                "area_id": self.areas[0].id,
                "perspective_id": self.families.id,
                "level_id": high.id,
            }
        )
        self._send("0/thanks", answer=str(low.id))
        self.assessment.action_rate_by_voices()
        self.assertEqual(rating.level_id, high)
        rating.unlink()
        self.assessment.action_rate_by_voices()
        self._send("0/thanks", answer=str(high.id))
        self.assessment.action_rate_by_voices()
        self.assertEqual(self.assessment.perspective_rating_ids.level_id, high)
