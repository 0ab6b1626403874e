from . import portal
from . import quality
