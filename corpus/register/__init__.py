"""Who the bodies in a gazette are: official names, short forms, places, validity.

`Register.load()` holds what is shipped: national bodies, the naming patterns of local ones, and the
divisions of the country; `Register.of(home)` also what a user added to HOME/register/.
`register.resolve(mention, region, on)` for a name alone, `register.within(document).resolve(mention)` for
the mentions of a document, which knows more: its place, its date, the full names that it prints.
"""

from gongbao.corpus.register.files import add_file
from gongbao.corpus.register.models import Basis, Body, BodyKind, Level, Place, Resolution
from gongbao.corpus.register.register import Reader, Register

__all__ = ["Basis", "Body", "BodyKind", "Level", "Place", "Reader", "Register", "Resolution", "add_file"]
