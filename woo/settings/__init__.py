"""The settings of one installation, read once in main and passed on."""

from woo.settings.desk_sections import (
    AanmeldenSettings,
    IntrekkenSettings,
    PublicerenSettings,
    TermijnenSettings,
    UploadSettings,
    WaardelijstenSettings,
)
from woo.settings.harvest_sections import BronnencheckSettings, OogstSettings
from woo.settings.keys import load_or_create_key, place_key
from woo.settings.model import Settings
from woo.settings.platform_sections import (
    AuditSettings,
    IndexSettings,
    LimitSettings,
    LoggingSettings,
    OcrSettings,
    RegistrySettings,
    ScanSettings,
    StorageSettings,
    WorkerSettings,
)
from woo.settings.problems import SettingsError, SettingsProblem
from woo.settings.public_sections import (
    MailSettings,
    SearchSettings,
    ServeSettings,
    SiteSettings,
    ToegankelijkheidSettings,
    VolgenSettings,
)
from woo.settings.sources import config_folder, load_settings

__all__ = [
    "AanmeldenSettings",
    "AuditSettings",
    "BronnencheckSettings",
    "IndexSettings",
    "IntrekkenSettings",
    "LimitSettings",
    "LoggingSettings",
    "MailSettings",
    "OcrSettings",
    "OogstSettings",
    "PublicerenSettings",
    "RegistrySettings",
    "ScanSettings",
    "SearchSettings",
    "ServeSettings",
    "Settings",
    "SettingsError",
    "SettingsProblem",
    "SiteSettings",
    "StorageSettings",
    "TermijnenSettings",
    "ToegankelijkheidSettings",
    "UploadSettings",
    "VolgenSettings",
    "WaardelijstenSettings",
    "WorkerSettings",
    "config_folder",
    "load_or_create_key",
    "load_settings",
    "place_key",
]
