"""What an actor may do, where it works for some organisations and not for others."""

import pytest

from woo.domain.actor import Actor, Recht, Rol
from woo.domain.errors import NotAllowed, NotFound

SOMEWHERE = Actor(
    "Eva", Rol.PUBLICEERDER, "tests", per_organisatie={"gm0001": Rol.PUBLICEERDER, "gm0002": Rol.LEZER}
)
EVERYWHERE = Actor("Eva", Rol.REDACTEUR, "tests")


def test_a_role_holds_at_its_own_organisation():
    SOMEWHERE.require_for(Recht.PUBLISH, "gm0001", "publicatie", "1")
    SOMEWHERE.require_for(Recht.READ, "gm0002", "publicatie", "1")
    with pytest.raises(NotAllowed):
        SOMEWHERE.require_for(Recht.EDIT, "gm0002", "publicatie", "1")


@pytest.mark.parametrize("organisatie", ["gm0003", None])
def test_of_another_organisation_not_even_the_existence_is_told(organisatie: str | None):
    with pytest.raises(NotFound):
        SOMEWHERE.require_for(Recht.READ, organisatie, "publicatie", "1")
    with pytest.raises(NotFound):
        SOMEWHERE.require_for(Recht.ADMINISTER, organisatie, "publicatie", "1")


@pytest.mark.parametrize("organisatie", ["gm0003", None])
def test_who_works_for_every_organisation_has_one_role_at_each(organisatie: str | None):
    EVERYWHERE.require_for(Recht.EDIT, organisatie, "publicatie", "1")
    with pytest.raises(NotAllowed):
        EVERYWHERE.require_for(Recht.PUBLISH, organisatie, "publicatie", "1")


def test_the_organisations_of_a_right():
    assert SOMEWHERE.organisaties(Recht.READ) == {"gm0001", "gm0002"}
    assert SOMEWHERE.organisaties(Recht.EDIT) == {"gm0001"}
    assert EVERYWHERE.organisaties(Recht.EDIT) is None
    assert EVERYWHERE.organisaties(Recht.PUBLISH) == frozenset()
