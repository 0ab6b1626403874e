from . import dupq_lesson_unread
