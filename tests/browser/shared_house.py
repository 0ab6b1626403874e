"""The guide's example of four people who share a house, as the Odoo shell makes it.

Each step is taken as the quality lead; those of the house stand in the records by
name, and on the report by none.
"""

NAMES = ("Wren", "Linnet", "Siskin", "Dunnock")
PARTS = {
    "What each person wants": (
        "One person wants the kitchen: every day she stands where the cooking is.\n"
        "One person wants quiet mornings. He turns away when three people talk.\n"
        "One person wants her sister, and laughs when her car comes.\n"
        "One person wants to be outside; he waits at the door with his shoes."
    ),
    "The support they have now": (
        "Staff cook, and the kitchen door is closed. All get up at seven.\n"
        "A nurse's rota decides the day. They are cared for with much affection."
    ),
    "What must be different": (
        "The kitchen is open. Each person gets up when they wake.\n"
        "A new contract is written for each person, and not for the house."
    ),
}
FAMILY_WORDS = "We were told for years that she cannot choose."
STAFF_WORDS = "I never tried to ask. I was taught to keep everybody safe."
NAMING_WORDS = "Wren points at the door when the bus comes."
OBJECTION = "You say good. The house is beautiful and the lives are small."
REPLY = "We agree. We rated the house and not the lives, and have changed it."
ACTION = "The tender asks for support by what matters to each person"
HOW = (
    "Somebody from outside, who knows how people speak without words, came for six "
    "weeks. What was put forward had to be shown: what did the person do?"
)
IDEA = "Each person gets the support they want."

MAKE = f"""
from datetime import timedelta
from odoo import Command, fields
from odoo.exceptions import UserError
group = lambda name: root.ref("dupq_code.dupq_stakeholder_group_" + name)
root, people = env, []
house = env["dupq.service"].create({{"name": "Hill House, Birch Lane"}})
for name in {NAMES!r}:
    people.append({{"preferred_name": name, "stay_ids": [Command.create({{
        "service_id": house.id, "date_from": "2020-01-01",
    }})]}})
env["dupq.person"].create(people)
lead = env.ref("dupq_code.dupq_user_quality_demo")
env = env(user=lead.id, su=False)
one = env["dupq.assessment"].create({{
    "service_id": house.id, "kind": "reprovision", "lead_id": lead.id,
    "participant_ids": [
        Command.create({{
            "group_id": group(name).id, "method": method, "actual": actual,
            "support_given": support, "what_changed": changed,
        }})
        for name, method, actual, support, changed in (
            ("people_supported", "visit", 4, "Somebody who knows signs came daily",
             "The kitchen was opened while we were still asking"),
            ("families", "meeting", 6, "An evening, and a lift home", "The tender"),
            ("support_staff", "meeting", 8, "Cover for the shift", "The rota"),
        )
    ],
}})
one.action_start()
print("PROMPTS", one.prompts)
levels = one.scale_id.level_ids
for rating in one.summary_ids:
    rating.write({{"level_id": levels[2].id, "status": "working"}})
first = one.summary_ids[0]
one.perspective_rating_ids = [
    Command.create({{
        "area_id": first.area_id.id, "perspective_id": group(name).id,
        "level_id": level.id, "number": number,
    }})
    for name, level, number in (
        ("people_supported", levels[0], 4), ("families", levels[0], 6),
        ("support_staff", levels[3], 8),
    )
]
voices = one.voice_ids.create([
    {{
        "assessment_id": one.id, "area_id": first.area_id.id, "words": words,
        "group_id": group(name).id, "feeling": "not_yet", "consent": "yes",
        "is_anonymised": words != {NAMING_WORDS!r}, "is_printed": True,
    }}
    for name, words in (
        ("families", {FAMILY_WORDS!r}), ("support_staff", {STAFF_WORDS!r}),
        ("support_staff", {NAMING_WORDS!r}),
    )
])
dissent = env["dupq.assessment.dissent"].create({{
    "rating_id": first.id, "group_id": group("families").id, "words": {OBJECTION!r},
    "level_wanted_id": levels[0].id,
}})
dissent.write({{
    "answer": {REPLY!r}, "level_agreed_id": levels[0].id, "is_anonymised": True,
}})
dissent.action_agree()
one.action_ids = [Command.create({{
    "name": {ACTION!r}, "service_id": house.id, "owner_id": lead.id,
    "date_due": fields.Date.today() + timedelta(days=90),
}})]
one.action_open_report()
section = lambda kind: one.section_ids.filtered(lambda part: part.kind == kind)[:1]
section("overall").write({{
    "text": "It is a beautiful house, and the lives in it are small.",
    "idea_ids": [Command.create({{"picture": "house", "words": {IDEA!r}}})],
}})
section("how").text = {HOW!r}
one.section_ids.create([
    {{"assessment_id": one.id, "kind": "own", "name": name, "text": text}}
    for name, text in {PARTS!r}.items()
])
one.action_complete()
try:
    with env.cr.savepoint():
        one.action_publish()
except UserError as error:
    print("REFUSED", error)
one._take("take_up", reason="One of the quotes names somebody")
voices[2].is_printed = False
one.action_complete()
one.action_publish()
print("URL", one.publication_url, "END")
env.cr.commit()
"""
