from . import dupq_lesson_unread
from . import dupq_assessment_question_cards
from . import dupq_assessment_quotes
