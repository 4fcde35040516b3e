"""What an account is: addresses, names, passwords and roles that can be, and who may manage it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from woo.domain.account import (
    Account,
    Accountstaat,
    Roltoekenning,
    checked_naam,
    checked_rollen,
    checked_wachtwoord,
    folded_email,
)
from woo.domain.actor import Actor, Recht, Rol
from woo.domain.errors import InvalidValue
from woo.usecases.toegang import codes
from woo.usecases.toegang.kluis import Kluis

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HIER, DAAR = "gm0153", "gm0014"


def account(*rollen: Roltoekenning) -> Account:
    return Account("a1", "Anna", "anna@a.example", rollen, NOW, NOW)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        (" Anna@A.Example ", "anna@a.example"),
        ("a+b@c-d.nl", "a+b@c-d.nl"),
        ("Ａnna@a.nl", "anna@a.nl"),
        ("ß@a.nl", "ss@a.nl"),
    ],
)
def test_an_address_is_folded(typed: str, folded: str) -> None:
    assert folded_email(typed) == folded


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "anna",
        "anna@",
        "@a.nl",
        "a@b",
        "a b@c.nl",
        "a@b@c.nl",
        "a@.nl",
        "a@b..nl",
        "a\n@b.nl",
        "a<b>@c.nl",
        "a,b@c.nl",
        "x" * 250 + "@a.nl",
        "a@-b.nl",
    ],
)
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidValue):
        folded_email(wrong)


def test_a_name_is_one_line() -> None:
    assert checked_naam("  Anna \n de   Vries ") == "Anna de Vries"
    for wrong in ("", "  ", "x" * 101, "a\u202eb"):
        with pytest.raises(InvalidValue):
            checked_naam(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        "kort",
        "x" * 201,
        "welkom123456",
        "WELKOM123456",
        "aaaaaaaaaaaaaa",
        "abababababab",
        "anna@a.example",
        "Anna de Vries",
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_and_not_told(wrong: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        checked_wachtwoord(wrong, tekens=12, weg=("anna@a.example", "Anna de Vries", None))
    assert wrong not in str(refused.value)


def test_a_password_is_the_same_on_every_keyboard() -> None:
    assert checked_wachtwoord("een cafe\u0301 in Gouda", tekens=12) == checked_wachtwoord(
        "een café in Gouda", tekens=12
    )


def test_roles_are_one_for_each_organisation_or_one_for_every_one() -> None:
    here, there = Roltoekenning(Rol.LEZER, HIER), Roltoekenning(Rol.BEHEERDER, DAAR)
    assert checked_rollen([here, there]) == (there, here)
    assert account(here, there).rol is Rol.BEHEERDER
    assert account(here, there).per_organisatie == {HIER: Rol.LEZER, DAAR: Rol.BEHEERDER}
    assert account(Roltoekenning(Rol.LEZER)).per_organisatie is None
    assert (account().rol, account().per_organisatie) == (Rol.LEZER, {})
    for wrong in ([here, Roltoekenning(Rol.REDACTEUR, HIER)], [here, Roltoekenning(Rol.LEZER)]):
        with pytest.raises(InvalidValue):
            checked_rollen(wrong)


def test_without_a_role_nothing_can_be_read() -> None:
    actor = account().actor("x")
    assert actor.organisaties(Recht.READ) == frozenset()
    assert not actor.may_for(Recht.READ, HIER)


@pytest.mark.parametrize(
    ("rollen", "seen", "managed"),
    [
        ((Roltoekenning(Rol.LEZER, HIER),), True, True),
        ((Roltoekenning(Rol.LEZER, DAAR),), False, False),
        ((Roltoekenning(Rol.LEZER, HIER), Roltoekenning(Rol.LEZER, DAAR)), True, False),
        ((Roltoekenning(Rol.LEZER),), False, False),
        ((), False, False),
    ],
)
def test_who_may_see_and_manage_it(rollen: tuple[Roltoekenning, ...], seen: bool, managed: bool) -> None:
    local = Actor("b", Rol.BEHEERDER, "x", {HIER: Rol.BEHEERDER, DAAR: Rol.PUBLICEERDER})
    assert (account(*rollen).may_be_seen_by(local), account(*rollen).may_be_managed_by(local)) == (
        seen,
        managed,
    )
    whole = Actor("b", Rol.BEHEERDER, "x")
    assert account(*rollen).may_be_seen_by(whole)
    assert account(*rollen).may_be_managed_by(whole)


@pytest.mark.parametrize(
    ("rol", "asked", "set_up", "needed"),
    [
        (Rol.REDACTEUR, Rol.PUBLICEERDER, False, False),
        (Rol.REDACTEUR, Rol.PUBLICEERDER, True, True),
        (Rol.PUBLICEERDER, Rol.PUBLICEERDER, False, True),
        (Rol.BEHEERDER, Rol.PUBLICEERDER, False, True),
        (Rol.BEHEERDER, None, False, False),
        (Rol.LEZER, Rol.LEZER, False, True),
    ],
)
def test_who_needs_a_second_step(rol: Rol, asked: Rol | None, set_up: bool, needed: bool) -> None:
    one = replace(account(Roltoekenning(rol, HIER)), heeft_tweede_stap=set_up)
    assert one.needs_second_step(asked) is needed


def test_the_state_of_an_account() -> None:
    fresh = account()
    assert fresh.staat is Accountstaat.UITGENODIGD
    assert replace(fresh, heeft_wachtwoord=True).staat is Accountstaat.ACTIEF
    assert replace(fresh, heeft_provider=True).staat is Accountstaat.ACTIEF
    closed = fresh.closed(NOW)
    assert (closed.staat, closed.closed(NOW.replace(hour=10)).gesloten_op) == (Accountstaat.GESLOTEN, NOW)


def test_what_is_sealed_opens_with_its_key_and_for_its_purpose_alone() -> None:
    kluis = Kluis(b"k" * 32)
    sealed = kluis.seal(b"geheim", doel="totp a1")
    assert kluis.open(sealed, doel="totp a1") == b"geheim"
    assert b"geheim" not in sealed
    changed = bytes([sealed[0] ^ 1]) + sealed[1:]
    for other, doel in (
        (sealed, "totp a2"),
        (changed, "totp a1"),
        (sealed[:20], "totp a1"),
        (b"", "totp a1"),
    ):
        assert kluis.open(other, doel=doel) is None
    assert Kluis(b"x" * 32).open(sealed, doel="totp a1") is None
    assert kluis.digest("a", "b") != kluis.digest("c", "b")


def test_codes_after_the_test_vectors_of_rfc_6238() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")):
        moment = datetime.fromtimestamp(seconds, UTC)
        assert codes.matching_step(secret, code, moment) == seconds // 30
        assert codes.matching_step(secret, code, datetime.fromtimestamp(seconds + 61, UTC)) is None
