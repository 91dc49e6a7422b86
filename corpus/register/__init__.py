"""Who the bodies in a gazette are: official names, short forms, places, validity.

`Register.load()` holds what is shipped: national bodies, the naming patterns of local ones, and the
divisions of the country; `Register.of(home)` also what a user added to HOME/register/.
"""

from corpus.register.extras import add_file
from corpus.register.models import Basis, Body, Kind, Level, Place, Resolution
from corpus.register.register import Register
from corpus.register.scope import names_in

__all__ = ["Basis", "Body", "Kind", "Level", "Place", "Register", "Resolution", "add_file", "names_in"]
