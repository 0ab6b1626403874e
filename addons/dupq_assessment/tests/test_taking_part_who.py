from odoo.tests import tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestTakingPartWho(AssessmentCommon):
    """Whom one chooses as the person who takes part: those of the place come first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_assessment()
        partners = cls.env["res.partner"]
        cls.kin, cls.other, cls.stranger = partners.create(
            [{"name": f"Whoever {name}"} for name in ("Zed", "Ann", "Bea")]
        )
        cls.outside = cls._create_user("whoever.outside", "support_worker")
        cls.outside.name = "Whoever Outside"
        cls.user_portal.name = "Whoever Supported"
        cls.person = cls.env["dupq.person"].create(
            {
                "preferred_name": "Somebody",
                "user_id": cls.user_portal.id,
                "stay_ids": [(0, 0, {"service_id": cls.service.id})],
            }
        )
        member = cls.env["dupq.circle.member"].create(
            {
                "person_id": cls.person.id,
                "partner_id": cls.kin.id,
                "wish_date": cls.today,
                "wish_words": "Yes",
            }
        )
        member._take("agree")

    def _find(self, user, **context):
        partners = self.env["res.partner"].with_user(user).with_context(**context)
        return [name for _id, name in partners.name_search("Whoever")]

    def test_those_of_the_place_come_first_and_are_told_apart(self):
        found = self._find(self.user_manager, dupq_taking_part=self.assessment.id)
        self.assertEqual(
            found,
            [
                "Whoever Supported (supported here, has a login)",
                "Whoever Zed (family or friend of somebody here, no login)",
                "Whoever Outside (has a login)",
                "Whoever Ann (no login)",
                "Whoever Bea (no login)",
            ],
        )

    def test_staff_of_the_place_are_told(self):
        self.user_worker.name = "Whoever Works"
        (found,) = (
            name
            for name in self._find(
                self.user_manager, dupq_taking_part=self.assessment.id
            )
            if "Works" in name
        )
        self.assertEqual(found, "Whoever Works (works here, has a login)")

    def test_who_may_not_read_a_person_is_not_told_of_them(self):
        self.assertFalse(self.person.with_user(self.user_quality).has_access("read"))
        found = self._find(self.user_quality, dupq_taking_part=self.assessment.id)
        self.assertIn("Whoever Supported (has a login)", found)
        self.assertNotIn("here", "".join(found).replace("works here", ""))

    def test_contacts_are_as_ever_elsewhere(self):
        other = self._create_assessment(service_id=self.other_service.id)
        for context in (
            {},
            {"dupq_taking_part": False},
            {"dupq_taking_part": "x"},
            {"dupq_taking_part": other.id},
            {"dupq_taking_part": 10**9},
        ):
            found = self._find(self.user_manager, **context)
            self.assertIn("Whoever Ann", found, context)
        found = self._find(self.user_portal, dupq_taking_part=self.assessment.id)
        self.assertNotIn("login", "".join(found))

    def test_a_line_says_whether_its_person_has_a_login(self):
        line = self.env["dupq.assessment.participant"].create(
            {
                "assessment_id": self.assessment.id,
                "group_id": self.families.id,
                "partner_id": self.kin.id,
            }
        )
        self.assertFalse(line.with_user(self.user_manager).has_login)
        line.partner_id = self.user_portal.partner_id
        self.assertTrue(line.with_user(self.user_manager).has_login)
