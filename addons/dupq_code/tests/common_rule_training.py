from datetime import timedelta

from .common_rule_shipped import Shipped, ShippedCommon

UNCHECKED = {"dupq_is_unchecked": True}


class ShippedTrainingCommon(ShippedCommon):
    """The rules about training and practice: what fits, what does not, what changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env.ref("dupq_code.dupq_training_kind_safeguarding")
        cls.centred = cls.env.ref("dupq_code.dupq_training_kind_person_centred")
        cls.person = cls.env["dupq.person"].create(
            {
                "preferred_name": "Ottoline Example",
                "stay_ids": [(0, 0, {"service_id": cls.service.id})],
            }
        )

    def _switch_on(self, rule=None, user=None):
        """Override to have the quality lead lend their eyes where HR sees nothing."""
        if rule and rule.model == "dupq.practice.observation":
            user = user or self.user_quality
        return super()._switch_on(rule, user)

    def _create_own_course(self, **values):
        """A course of somebody who has no other, ten days ago."""
        employee = self._create_employee()
        return self._create_course(**{"employee_id": employee.id, **values})

    def _create_for_people(self):
        course = self._create_own_course()
        self.env["dupq.training.about"].create(
            {"resume_line_id": course.id, "person_id": self.person.id}
        )
        return course

    def _create_for_service(self):
        return self._create_own_course(dupq_service_id=self.service.id)

    def _create_coproduced(self):
        return self._create_own_course(dupq_designed_by_families=True)

    def _create_ran_out(self):
        return self._create_own_course(
            dupq_kind_id=self.kind.id, dupq_expires_on=self.today - timedelta(days=3)
        )

    def _observe(self, **values):
        return self.env["dupq.practice.observation"].create(
            {
                "service_id": self.service.id,
                "date": self.today - timedelta(days=4),
                "seen": "Tamsin waited for an answer.",
                **values,
            }
        )

    def _create_not_yet(self):
        return self._observe(polarity="not_yet")

    def _create_board_training(self):
        partner = self.env["res.partner"].create({"name": "Quillon Abernethy"})
        seat = self.env["dupq.board.seat"].create(
            {"partner_id": partner.id, "service_id": self.service.id}
        )
        return self.env["dupq.board.training"].create(
            {
                "seat_id": seat.id,
                "kind_id": self.kind.id,
                "done_on": self.today - timedelta(days=30),
            }
        )

    def _get_table(self):
        ago = timedelta
        later = {"date_start": self.today - ago(days=12)}
        return (
            *super()._get_table(),
            Shipped(
                "training_for_people",
                self._create_for_service,
                "date_start",
                ({"dupq_service_id": False}, UNCHECKED),
                later,
                "Training about the people supported, on {}",
                state="accepted",
            ),
            Shipped(
                "training_coproduced",
                self._create_coproduced,
                "date_start",
                ({"dupq_designed_by_families": False}, UNCHECKED),
                later,
                "Training made with people and families, on {}",
                state="accepted",
            ),
            Shipped(
                "training_generic",
                self._create_own_course,
                "date_start",
                (
                    {"line_type_id": self.education.id},
                    {"dupq_service_id": self.service.id},
                    {"dupq_kind_id": self.centred.id},
                    UNCHECKED,
                ),
                later,
                "Generic training only, on {}",
            ),
            Shipped(
                "training_ran_out",
                self._create_ran_out,
                "dupq_valid_until",
                (
                    {"dupq_expires_on": self.today},
                    {"dupq_kind_id": False},
                    UNCHECKED,
                ),
                {"dupq_expires_on": self.today - ago(days=2)},
                "Safeguarding ran out on {}",
                state="accepted",
            ),
            Shipped(
                "practice_good",
                self._observe,
                "date",
                ({"polarity": "not_yet"},),
                {"date": self.today - ago(days=2)},
                "Observation: good practice seen on {}",
                state="accepted",
            ),
            Shipped(
                "practice_not_yet",
                self._create_not_yet,
                "date",
                ({"polarity": "good"},),
                {"date": self.today - ago(days=2)},
                "Observation: practice not yet good on {}",
            ),
            Shipped(
                "board_safeguarding",
                self._create_board_training,
                "done_on",
                ({"kind_id": self.centred.id},),
                {"done_on": self.today - ago(days=20)},
                "Safeguarding: the board trained on {}",
                state="accepted",
            ),
        )
