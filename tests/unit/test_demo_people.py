"""The people of the demo log in with the password that was printed, and with no earlier one."""

from pathlib import Path

import pytest

from ingest.demo.mensen import MENSEN, demo_people
from ingest.demo.model import AANVULLING
from tests.api.desk import open_desk
from tests.api.people import HIER, toegang_of
from woo.domain.sessie import Fase
from woo.usecases.toegang.aanmelden import log_in
from woo.usecases.toegang.onderdelen import AanmeldingGeweigerd


def test_everybody_gets_in_with_the_password_of_this_start(tmp_path: Path) -> None:
    environ = {"WOO_AANMELDEN__TWEEDE_STAP": "nooit", "WOO_WAARDELIJSTEN__AANVULLING": str(AANVULLING)}
    with open_desk(tmp_path, environ=environ) as desk:
        before = demo_people(desk.platform, desk.settings)
        wachtwoord = demo_people(desk.platform, desk.settings)
        toegang = toegang_of(desk)
        for email, naam, rol in MENSEN:
            binnen = log_in(toegang, email, wachtwoord, HIER)
            assert (binnen.account.naam, binnen.account.rollen) == (naam, (rol,))
            assert binnen.sessie.fase is Fase.VOLLEDIG
            with pytest.raises(AanmeldingGeweigerd):
                log_in(toegang, email, before, HIER)
