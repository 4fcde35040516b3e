"""What every section of the settings has in common."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """Settings that belong together; nothing unknown is accepted, and nothing changes after it was read."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, defer_build=True)
