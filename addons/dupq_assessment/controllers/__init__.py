from . import portal
from . import quality
from . import quality_editions
from . import saying
from . import worked
