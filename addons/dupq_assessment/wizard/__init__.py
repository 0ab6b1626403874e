from . import dupq_assessment_invite
