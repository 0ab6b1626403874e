from . import test_access
from . import test_bid
from . import test_blank_answer
from . import test_doctests
from . import test_score
from . import test_score_agreed
from . import test_scoring
from . import test_tender
