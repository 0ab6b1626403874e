from odoo import models

from ..saying import SHARES, get_nearest


class DupqAssessmentHeard(models.Model):
    """Takes the ratings of each group from what its people said."""

    _inherit = "dupq.assessment"

    def action_type_cards(self):
        """Type in, one below the other, what came back on printed cards."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_assessment.dupq_voice_action_cards"
        )
        return {
            **action,
            "domain": [("assessment_id", "=", self.id), ("channel", "=", "card")],
            "context": {
                "default_assessment_id": self.id,
                "default_channel": "card",
                "dupq_code_id": self.code_id.id,
            },
        }

    def action_open_links(self):
        """Show every link that was sent to take part in this."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_assessment.dupq_invitation_action_assessment"
        )
        return {**action, "domain": [("assessment_id", "=", self.id)]}

    def action_rate_by_voices(self):
        """How each group sees each area, as far as its people said so.

        A rating that somebody gave by hand stays.
        """
        self.action_count_answers()
        for assessment in self:
            assessment._rate_by_voices()

    def _rate_by_voices(self):
        """Write the ratings by perspective: the level nearest to what was said."""
        self.ensure_one()
        shares = {level: level.share for level in self.scale_id.level_ids}
        ratings = {
            (rating.area_id, rating.perspective_id): rating
            for rating in self.perspective_rating_ids
        }
        new = []
        for (area, group), (share, number) in self._get_heard().items():
            values = {
                "level_id": get_nearest(shares, share).id,
                "number": number,
                "is_from_voices": True,
            }
            rating = ratings.get((area, group))
            if not rating:
                where = {"assessment_id": self.id, "area_id": area.id}
                new.append({**where, "perspective_id": group.id, **values})
            elif rating.is_from_voices or not rating.level_id:
                rating.write(values)
        self.env["dupq.assessment.rating"].create(new)

    def _get_heard(self):
        """How each group sees each area: ``{(area, group): (share, people)}``.

        One may say more to one question than to another: as many people as answered
        the question that most of them answered.
        """
        self.ensure_one()
        found = self.env["dupq.voice"]._read_group(
            [
                ("assessment_id", "=", self.id),
                ("area_id", "!=", False),
                "|",
                ("level_id.scale_id", "=", self.scale_id.id),
                "&",
                ("level_id", "=", False),
                ("feeling", "!=", False),
            ],
            ["area_id", "group_id", "question_id", "level_id", "feeling"],
            ["__count"],
        )
        sums = {}
        for area, group, question, level, feeling, count in found:
            share = level.share if level else SHARES[feeling]
            total = sums.setdefault((area, group), [0.0, 0, {}])
            total[0] += share * count
            total[1] += count
            total[2][question] = total[2].get(question, 0) + count
        return {
            key: (share / count, max(by_question.values()))
            for key, (share, count, by_question) in sums.items()
        }
