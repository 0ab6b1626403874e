from . import dupq_action_tell
from . import dupq_assessment_invite
