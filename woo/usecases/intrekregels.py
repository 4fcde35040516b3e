"""The rules by which an installation withdraws, restores, destroys and keeps, read from its settings and their files."""

from dataclasses import dataclass

from woo.diwoo.intrekregels import read_redenen, read_selectielijst
from woo.domain.bewaring import Selectielijst
from woo.domain.intrekreden import Intrekredenen
from woo.settings import IntrekkenSettings, config_folder

_PROPOSAL_DAYS, _NOTICE_DAYS = 14, 30


@dataclass(frozen=True, slots=True)
class Intrekregels:
    """The reasons, the selectielijst, and the days of proposals and notices.

    `eigen_selectielijst` is False for the example that comes with the program: by that one nothing is taken offline.
    """

    redenen: Intrekredenen
    selectielijst: Selectielijst
    eigen_selectielijst: bool = False
    voorstel_dagen: int = _PROPOSAL_DAYS
    aankondiging_dagen: int = _NOTICE_DAYS


def load_intrekregels(settings: IntrekkenSettings | None = None) -> Intrekregels:
    """Read them; without settings, those that come with the program. Raises WaardelijstFout, naming file and line."""
    config = config_folder()
    example = config / "selectielijst.yaml"
    if settings is None:
        return Intrekregels(read_redenen(config / "intrekredenen.yaml"), read_selectielijst(example))
    return Intrekregels(
        redenen=read_redenen(settings.redenen or config / "intrekredenen.yaml"),
        selectielijst=read_selectielijst(settings.selectielijst or example),
        eigen_selectielijst=settings.selectielijst is not None,
        voorstel_dagen=settings.voorstel_dagen,
        aankondiging_dagen=settings.aankondiging_dagen,
    )
