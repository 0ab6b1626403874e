from . import dupq_tender_criterion_take
