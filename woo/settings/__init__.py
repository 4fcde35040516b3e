"""The settings of one installation, read once in main and passed on."""

from woo.settings.keys import load_or_create_key, place_key
from woo.settings.model import (
    AuditSettings,
    IndexSettings,
    IntrekkenSettings,
    LimitSettings,
    LoggingSettings,
    MailSettings,
    OcrSettings,
    RegistrySettings,
    ScanSettings,
    SearchSettings,
    ServeSettings,
    Settings,
    SiteSettings,
    StorageSettings,
    ToegankelijkheidSettings,
    UploadSettings,
    VolgenSettings,
    WaardelijstenSettings,
    WorkerSettings,
)
from woo.settings.problems import SettingsError, SettingsProblem
from woo.settings.sources import config_folder, load_settings

__all__ = [
    "AuditSettings",
    "IndexSettings",
    "IntrekkenSettings",
    "LimitSettings",
    "LoggingSettings",
    "MailSettings",
    "OcrSettings",
    "RegistrySettings",
    "ScanSettings",
    "SearchSettings",
    "ServeSettings",
    "Settings",
    "SettingsError",
    "SettingsProblem",
    "SiteSettings",
    "StorageSettings",
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
