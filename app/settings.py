"""Everything a host can set, from the environment into one frozen object. docs/settings.md lists the same."""

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_HOST = "Address to listen on: all of this machine's."
_PUBLIC_URL = "What phones open, such as `https://rooms.example.org`. Unset: an address of this machine."
_ORGANISER_KEY = "The organiser's key. Unset: one is made, kept in the data folder and printed."


class Settings(BaseSettings):
    """Read with `Settings()`. Names without a prefix are HOST and PORT; all others begin with EUTOPIA_."""

    model_config = SettingsConfigDict(frozen=True, env_prefix="EUTOPIA_", populate_by_name=True)

    host: str = Field(default="0.0.0.0", validation_alias="HOST", description=_HOST)  # noqa: S104
    port: int = Field(
        default=8000, validation_alias="PORT", ge=0, le=65_535, description="Port to listen on."
    )
    data: Path = Field(default=Path("var"), description="Folder of the database and the organiser's key.")
    public_url: str = Field(default="", description=_PUBLIC_URL)
    organiser_key: str = Field(default="", description=_ORGANISER_KEY)
    plans: Path | None = Field(default=None, description="Folder with `plans/` and `tools/` of your own.")
    keep_days: int = Field(default=90, ge=1, le=730, description="Days until a session is deleted.")
    notes_a_minute: int = Field(default=12, ge=1, description="Notes one person may add a minute.")
    notes_burst: int = Field(default=8, ge=1, description="Notes one person may add at once.")
    taps_a_minute: int = Field(default=60, ge=1, description="Other asks of one person a minute.")
    host_taps_a_minute: int = Field(default=120, ge=1, description="Asks of one host or wall a minute.")
    room_asks_a_second: int = Field(default=60, ge=1, description="Above this a room is slowed.")
    phones: int = Field(default=500, ge=1, description="Phones in one session.")
    sockets: int = Field(
        default=12, ge=2, description="Pages one browser may have open in a session at once."
    )
    pseudo_words: bool = Field(default=False, description="Alter every sentence, to find any that was not.")

    @field_validator("public_url")
    @classmethod
    def _is_an_origin(cls, url: str) -> str:
        url = url.rstrip("/")
        if url and (not url.startswith(("http://", "https://")) or url.count("/") != 2):
            raise ValueError("must be like https://rooms.example.org, without a path")
        return url
