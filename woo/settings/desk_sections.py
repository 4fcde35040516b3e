"""The settings of the work at the desk."""

from typing import Literal, Self

from pydantic import Field, model_validator

from woo.settings.section import Section
from woo.settings.values import (
    AbsolutePath,
    Decimal,
    DeskUrl,
    FileOrNone,
    IssuerUrl,
    Line,
    Name,
    OidcRollen,
    SiteUrl,
    TermijnOntvangers,
    Whole,
    Words,
)


class UploadSettings(Section):
    """Files that are sent to the desk in parts, as long as they are not whole."""

    folder: AbsolutePath = Field(
        description="Folder for the parts; every process of the desk must reach the same one."
    )
    hours: Decimal = Field(
        gt=0, le=720, description="Time after which an upload that was not finished is removed, in hours."
    )
    per_account: Whole = Field(
        ge=1, le=100_000, description="Most uploads that one account or key may have open at once."
    )


class RechtenSettings(Section):
    """Who may do what at the desk, beside their role."""

    vier_ogen: Words = Field(
        description="Organisations (TOOI codes, with commas between) where who prepared a publicatie may not publish it; alle for all."
    )


class AanmeldenSettings(Section):
    """How people log in at the desk: accounts of our own, and an OpenID provider."""

    url: DeskUrl = Field(
        description="Address at which people open the desk, with TLS; empty means this machine alone, without TLS."
    )
    tweede_stap: Literal["publiceerder", "redacteur", "lezer", "nooit"] = Field(
        description="Lowest role that needs a second step (TOTP): publiceerder, redacteur, lezer; nooit on this machine alone."
    )
    wachtwoorden: bool = Field(
        description="Whether people may log in with a password; false leaves the OpenID provider alone."
    )
    wachtwoord_tekens: Whole = Field(ge=8, le=64, description="Least length of a password, in characters.")
    hash_mb: Whole = Field(ge=8, le=1024, description="Memory for hashing one password (argon2id), in MiB.")
    hash_rondes: Whole = Field(ge=1, le=20, description="Rounds of hashing one password.")
    stil_minuten: Whole = Field(
        ge=5, le=1_440, description="Minutes without a request after which a session ends."
    )
    sessie_uren: Whole = Field(
        ge=1, le=168, description="Hours after which a session ends, however busy it is."
    )
    uitnodiging_uren: Whole = Field(
        ge=1, le=336, description="Hours that an invitation or a link for a new password works."
    )
    oidc_issuer: IssuerUrl = Field(
        description="Issuer of the OpenID provider, such as https://login.example.nl; empty means none."
    )
    oidc_naam: Name = Field(
        description="What the button for the OpenID provider says, after 'Aanmelden met'."
    )
    oidc_client_id: Line = Field(description="Name of the desk at the OpenID provider.")
    oidc_secret_file: FileOrNone = Field(
        description="File with the secret that goes with oidc_client_id; empty for a public client."
    )
    oidc_ca_file: FileOrNone = Field(
        description="PEM file with the authority that signed the certificate of the provider; may be empty."
    )
    oidc_scopes: Line = Field(description="What is asked of the provider, separated by spaces.")
    oidc_seconds: Decimal = Field(gt=0, le=60, description="Longest wait for the provider, in seconds.")
    oidc_onbekend: Literal["weigeren", "lezer"] = Field(
        description="What to do with somebody without an account: weigeren, or make one as lezer."
    )
    oidc_onbekend_organisatie: Line = Field(
        description="Organisation (TOOI code) for which such a lezer reads; empty means every one."
    )
    oidc_rollen_claim: Line = Field(
        description="Claim that names somebody's groups; empty means that roles are kept at the desk."
    )
    oidc_rollen: OidcRollen = Field(
        description="What groups mean, separated by commas: GROUP=ROLE@ORGANISATION, or GROUP=ROLE for every one."
    )
    oidc_tweede_stap: Words = Field(
        description="Values of acr or amr that count as the second step, separated by commas; may be empty."
    )
    oidc_afmelden: bool = Field(description="Whether logging out here logs out at the provider too.")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.oidc_issuer) != bool(self.oidc_client_id):
            raise ValueError("oidc_issuer and oidc_client_id go together; one of them is empty")
        if not self.wachtwoorden and not self.oidc_issuer:
            raise ValueError("without passwords nobody can log in; set oidc_issuer, or wachtwoorden: true")
        if bool(self.oidc_rollen) != bool(self.oidc_rollen_claim):
            raise ValueError("oidc_rollen and oidc_rollen_claim go together; one of them is empty")
        if self.oidc_issuer and "openid" not in self.oidc_scopes.split():
            raise ValueError("oidc_scopes needs openid")
        return self

    @property
    def oidc(self) -> bool:
        """Whether there is an OpenID provider."""
        return bool(self.oidc_issuer)


class TermijnenSettings(Section):
    """The digest of the legal terms, sent by the worker through the mail server."""

    ontvangers: TermijnOntvangers = Field(
        description="Who gets it, separated by commas: ADDRESS, ADDRESS=wekelijks or ADDRESS=dagelijks@ORGANISATION; may be empty."
    )
    uur: Whole = Field(ge=0, le=23, description="Hour from which it is sent, in Dutch time.")
    dagen: Whole = Field(ge=0, le=366, description="Days ahead of which the terms are told.")


class PublicerenSettings(Section):
    """Links with which a requester reads documents without an account."""

    inzage_url: SiteUrl = Field(
        description="Address from which links for requesters are served: that of the desk, or of a proxy that lets only /inzage through."
    )
    inzage_dagen: Whole = Field(
        ge=1, le=366, description="Most days that a link for a requester can be made to last."
    )
    inzage_per_minuut: Whole = Field(
        ge=1, description="Most requests with links for requesters from one address in a minute."
    )


class WaardelijstenSettings(Section):
    """Additions to the value lists."""

    aanvulling: FileOrNone = Field(
        description="YAML file with additions to the value lists, such as new organisations; may be empty."
    )


class InventarisSettings(Section):
    """Inventories at the desk."""

    voorstel_dagen: Whole = Field(
        ge=1, le=365, description="Days that an uploaded inventory waits to be confirmed; then it goes."
    )
    pdf_rijen: Whole = Field(
        ge=1,
        le=20_000,
        description="Most rows of an inventory of which a PDF is made; a larger one has no PDF.",
    )
    pdf_seconds: Decimal = Field(
        gt=0, le=600, description="Longest time for making the PDF of an inventory, in seconds."
    )


class IntrekkenSettings(Section):
    """Withdrawing, restoring, destroying, and how long publications stay."""

    redenen: FileOrNone = Field(
        description="YAML file with the reasons for withdrawal; empty means config/intrekredenen.yaml."
    )
    selectielijst: FileOrNone = Field(
        description="YAML file with the selectielijst; empty means the example config/selectielijst.yaml, by which nothing is taken offline."
    )
    voorstel_dagen: Whole = Field(
        ge=1,
        le=365,
        description="Days in which a second person can approve a proposal to restore or destroy.",
    )
    aankondiging_dagen: Whole = Field(
        ge=1, le=365, description="Days before its term ends that a publication is announced to go offline."
    )
