"""Accounts, sessions and what logging in remembers: kept as they were given, on every database."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from tests.contract.registry_contract import MINUTE, NOW, OnEveryDatabase
from woo.domain.account import Account, Roltoekenning
from woo.domain.actor import Rol
from woo.domain.errors import NotFound, Refused
from woo.domain.sessie import Duur, Fase
from woo.registry import Link, Poging, Registry

DUUR = Duur(stil=timedelta(minutes=30), hoogstens=timedelta(hours=8))
HOUR = timedelta(hours=1)


def account(id: str = "a1", **changes: Any) -> Account:
    fields: dict[str, Any] = {
        "naam": "Anna de Vries — Groot",
        "email": f"{id}@zuiderveld.example",
        "rollen": (Roltoekenning(Rol.LEZER, "gm0014"), Roltoekenning(Rol.BEHEERDER, "gm0153")),
        "aangemaakt_op": NOW,
        "gewijzigd_op": NOW,
    }
    return Account(id, **(fields | changes))


def kept(registry: Registry, *accounts: Account) -> None:
    with registry.transaction() as tx:
        for one in accounts:
            tx.accounts.save(one)


class TestAccounts(OnEveryDatabase):
    def test_an_account_comes_back_as_it_was_saved(self, registry: Registry) -> None:
        full = account(laatst_aangemeld=NOW + MINUTE, gesloten_op=NOW + HOUR)
        bare = account("a2", rollen=())
        everywhere = account("a3", rollen=(Roltoekenning(Rol.REDACTEUR),))
        kept(registry, full, bare, everywhere)
        with registry.read() as reading:
            assert reading.accounts.account("a1") == full
            assert reading.accounts.by_email("a2@zuiderveld.example") == bare
            assert reading.accounts.accounts() == [full, bare, everywhere]
            assert reading.accounts.accounts(after="a1", limit=1) == [bare]
            assert reading.accounts.by_email("niemand@zuiderveld.example") is None
            with pytest.raises(NotFound):
                reading.accounts.account("a9")

    def test_saving_again_replaces_roles_and_leaves_secrets(self, registry: Registry) -> None:
        kept(registry, account())
        with registry.transaction() as tx:
            tx.accounts.set_secrets("a1", wachtwoord="hash", geheim="zegel", provider="x|1")
            changed = dataclasses.replace(account(), naam="Anna", rollen=(Roltoekenning(Rol.LEZER),))
            tx.accounts.save(changed)
        with registry.read() as reading:
            found = reading.accounts.account("a1")
            secrets = reading.accounts.geheimen("a1")
        assert (found.naam, found.rollen) == ("Anna", (Roltoekenning(Rol.LEZER),))
        assert (found.heeft_wachtwoord, found.heeft_tweede_stap, found.heeft_provider) == (True, True, True)
        assert (secrets.wachtwoord, secrets.geheim, secrets.provider) == ("hash", "zegel", "x|1")

    def test_an_address_and_a_person_at_the_provider_belong_to_one_account(self, registry: Registry) -> None:
        kept(registry, account(), account("a2"))
        with pytest.raises(Refused, match="account a3"):
            kept(registry, account("a3", email="a1@zuiderveld.example"))
        with registry.transaction() as tx:
            tx.accounts.set_secrets("a1", provider="x|1")
        with pytest.raises(Refused), registry.transaction() as tx:
            tx.accounts.set_secrets("a2", provider="x|1")

    def test_only_a_closed_account_is_without_an_address(self, registry: Registry) -> None:
        with pytest.raises(Refused):
            kept(registry, account(email=None))
        kept(registry, account(email=None, gesloten_op=NOW), account("a2", email=None, gesloten_op=NOW))

    def test_a_code_of_a_time_step_is_taken_once_however_many_ask_at_once(self, registry: Registry) -> None:
        kept(registry, account())

        def take(step: int) -> bool:
            return registry.run(lambda tx: tx.accounts.take_step("a1", step))

        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(take, [7] * 4)) == [False, False, False, True]
        assert not take(6)
        assert take(8)

    def test_a_recovery_code_is_taken_once_and_is_of_one_account(self, registry: Registry) -> None:
        kept(registry, account(), account("a2"))
        with registry.transaction() as tx:
            tx.accounts.set_herstelcodes("a1", ["1" * 64, "2" * 64])
        with registry.transaction() as tx:
            assert not tx.accounts.take_herstelcode("a2", "1" * 64, NOW)
            assert tx.accounts.take_herstelcode("a1", "1" * 64, NOW)
            assert not tx.accounts.take_herstelcode("a1", "1" * 64, NOW)
            assert tx.accounts.herstelcodes_over("a1") == 1
            tx.accounts.set_herstelcodes("a1", [])
            assert tx.accounts.herstelcodes_over("a1") == 0

    def test_a_link_works_once_until_it_expires_and_a_new_one_takes_its_place(
        self, registry: Registry
    ) -> None:
        kept(registry, account())
        for digest in ("1" * 64, "2" * 64):
            with registry.transaction() as tx:
                tx.accounts.save_link(digest, Link("a1", "herstel", NOW + HOUR, None), NOW)
        with registry.transaction() as tx:
            assert tx.accounts.link("1" * 64) is None
            assert not tx.accounts.use_link("1" * 64, NOW)
            assert not tx.accounts.use_link("2" * 64, NOW + HOUR)
            assert tx.accounts.use_link("2" * 64, NOW)
            assert not tx.accounts.use_link("2" * 64, NOW)
            assert tx.accounts.link("2" * 64) == Link("a1", "herstel", NOW + HOUR, NOW)


class TestSessions(OnEveryDatabase):
    def start(self, registry: Registry, fase: Fase = Fase.VOLLEDIG, **more: Any) -> tuple[Any, str]:
        given = {"now": NOW, "duur": DUUR, "herkomst": "balie", "apparaat": "Firefox"} | more
        return registry.sessions.start("a1", fase, **given)

    def test_a_session_is_found_by_its_token_alone(self, registry: Registry) -> None:
        kept(registry, account())
        made, token = self.start(registry, via_provider=True)
        assert registry.sessions.find(token) == made
        for wrong in (token[:-1], token + "x", "", made.id, "half \ud800"):
            assert registry.sessions.find(wrong) is None
        assert len(token) == 43

    def test_it_lasts_as_long_as_it_may(self, registry: Registry) -> None:
        kept(registry, account())
        made, token = self.start(registry)
        half, _ = self.start(registry, Fase.TWEEDE_STAP)
        assert made.is_open(NOW + DUUR.stil - MINUTE, DUUR)
        assert not made.is_open(NOW + DUUR.stil, DUUR)
        registry.sessions.touch(made, now=NOW + MINUTE / 2)
        assert registry.sessions.find(token) == made
        registry.sessions.touch(made, now=NOW + DUUR.stil - MINUTE)
        used = registry.sessions.find(token)
        assert used is not None
        assert used.is_open(NOW + DUUR.stil, DUUR)
        later = dataclasses.replace(used, gebruikt_op=NOW + DUUR.hoogstens)
        assert not later.is_open(NOW + DUUR.hoogstens, DUUR)
        assert not half.is_open(NOW + timedelta(minutes=15), DUUR)

    def test_sessions_end_at_once_alone_or_all_but_one(self, registry: Registry) -> None:
        kept(registry, account())
        (one, _), (two, _), (three, _) = (self.start(registry) for _ in range(3))
        assert registry.sessions.end(one.id, now=NOW)
        assert not registry.sessions.end(one.id, now=NOW + MINUTE)
        assert registry.sessions.end_all("a1", now=NOW, but=two.id) == 1
        ended = {found.id: found.beeindigd_op for found in registry.sessions.of_account("a1")}
        assert ended == {one.id: NOW, two.id: None, three.id: NOW}

    def test_what_ended_days_ago_is_removed_when_somebody_logs_in(self, registry: Registry) -> None:
        kept(registry, account())
        old, _ = self.start(registry)
        fresh, _ = self.start(registry, now=NOW + timedelta(days=3))
        assert [found.id for found in registry.sessions.of_account("a1")] == [fresh.id]
        assert old.id != fresh.id


class TestLoginState(OnEveryDatabase):
    def test_failures_are_counted_and_forgotten(self, registry: Registry) -> None:
        state = registry.login_state
        assert state.waits_until("k") is None
        for number in (1, 2, 3):
            pause = timedelta(seconds=number)
            assert state.failed("k", now=NOW, pause=lambda _, p=pause: p) == (number, NOW + pause)
        assert state.waits_until("k") == NOW + timedelta(seconds=3)
        state.forget_failures("k")
        assert state.waits_until("k") is None
        state.failed("k", now=NOW, pause=lambda _: HOUR)
        state.failed("other", now=NOW + timedelta(days=2), pause=lambda _: HOUR)
        assert state.waits_until("k") is None

    def test_who_is_at_the_provider_comes_back_once_and_in_time(self, registry: Registry) -> None:
        state, poging = registry.login_state, Poging("b", "n", "v", "/", NOW + HOUR)
        state.send_away("1" * 64, poging, now=NOW)
        state.send_away("2" * 64, poging, now=NOW)
        assert state.come_back("1" * 64, now=NOW) == poging
        assert state.come_back("1" * 64, now=NOW) is None
        assert state.come_back("2" * 64, now=NOW + HOUR) is None

    def test_a_form_is_of_one_account_and_only_so_many_are_kept(self, registry: Registry) -> None:
        kept(registry, account(), account("a2"))
        state = registry.login_state
        for number in range(12):
            ends = NOW + HOUR + number * MINUTE
            state.keep_form(f"{number:064}", "a1", bytes([number]), now=NOW, vervalt_op=ends)
        there = [state.form(f"{number:064}", "a1", now=NOW) for number in range(12)]
        assert there == [None, None, *(bytes([number]) for number in range(2, 12))]
        assert state.form(f"{5:064}", "a2", now=NOW) is None
        assert state.form(f"{5:064}", "a1", now=NOW + timedelta(hours=3)) is None
        state.drop_form(f"{5:064}", "a2")
        assert state.form(f"{5:064}", "a1", now=NOW) == b"\x05"
        state.drop_form(f"{5:064}", "a1")
        assert state.form(f"{5:064}", "a1", now=NOW) is None
