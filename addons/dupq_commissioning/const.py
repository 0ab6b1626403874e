EVALUATOR = "dupq_commissioning.dupq_commissioning_group_evaluator"
COMMISSIONER = "dupq_commissioning.dupq_commissioning_group_commissioner"

# States in which the envelopes are open
OPENED = ("scoring", "moderation", "decided")

# One opinion is not a panel
MIN_EVALUATORS = 2
