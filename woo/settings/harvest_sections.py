"""The settings of reading what others publish."""

from pydantic import Field

from woo.settings.section import Section
from woo.settings.values import AbsolutePath, Bytes, Decimal, FolderOrNone, Name, Whole


class OogstSettings(Section):
    """Harvesting documents that others publish."""

    sources: FolderOrNone = Field(
        description="Folder with one YAML file for each publisher that is harvested; empty means config/sources."
    )
    spool: AbsolutePath = Field(
        description="Folder for files that are being fetched; they are gone from it once they were taken in."
    )
    agent: Name = Field(
        description="Name by which harvesting makes itself known to other sites; put an address in it where you can be reached."
    )
    allow_private: bool = Field(
        description="Whether addresses of this machine itself may be harvested too (never those of other machines in its network); for tests."
    )


class BronnencheckSettings(Section):
    """Checking what another publisher shows to those who harvest it; agent and allow_private are those of oogst."""

    sitemaps: Whole = Field(
        ge=1, le=1000, description="Most sitemaps that are read; of more, some of each index."
    )
    files: Whole = Field(ge=0, le=1000, description="Most files that are looked at.")
    requests: Whole = Field(ge=5, le=10_000, description="Most requests of one check.")
    bytes: Bytes = Field(ge=2**20, description="Most bytes that are read in one check.")
    seconds: Decimal = Field(gt=0, le=3600, description="Longest time of one check.")
    pause: Decimal = Field(ge=0, le=60, description="Seconds between two requests.")
