"""All settings of an installation, by section; the defaults are in config/default.yaml alone."""

from typing import Self

from pydantic import BaseModel, model_validator

from woo.settings.desk_sections import (
    AanmeldenSettings,
    IntrekkenSettings,
    InventarisSettings,
    PublicerenSettings,
    RechtenSettings,
    TermijnenSettings,
    UploadSettings,
    WaardelijstenSettings,
)
from woo.settings.harvest_sections import BronnencheckSettings, OogstSettings
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
from woo.settings.public_sections import (
    MailSettings,
    SearchSettings,
    ServeSettings,
    SiteSettings,
    ToegankelijkheidSettings,
    VolgenSettings,
)
from woo.settings.section import Section
from woo.settings.values import AbsolutePath


class Settings(Section):
    """All settings of one installation, as read by `load_settings`."""

    home: AbsolutePath
    registry: RegistrySettings
    index: IndexSettings
    storage: StorageSettings
    site: SiteSettings
    toegankelijkheid: ToegankelijkheidSettings
    limits: LimitSettings
    uploads: UploadSettings
    scan: ScanSettings
    ocr: OcrSettings
    worker: WorkerSettings
    serve: ServeSettings
    search: SearchSettings
    audit: AuditSettings
    rechten: RechtenSettings
    aanmelden: AanmeldenSettings
    mail: MailSettings
    volgen: VolgenSettings
    termijnen: TermijnenSettings
    publiceren: PublicerenSettings
    waardelijsten: WaardelijstenSettings
    inventaris: InventarisSettings
    intrekken: IntrekkenSettings
    oogst: OogstSettings
    bronnencheck: BronnencheckSettings
    logging: LoggingSettings

    @model_validator(mode="after")
    def _second_step_among_others(self) -> Self:
        here = self.serve.desk_host in ("localhost", "127.0.0.1", "::1") and not self.aanmelden.url
        if self.aanmelden.tweede_stap == "nooit" and not here:
            raise ValueError(
                "aanmelden.tweede_stap: nooit is accepted where the desk is for this machine alone"
            )
        return self

    @model_validator(mode="after")
    def _followers_apart(self) -> Self:
        if self.volgen.url == self.registry.url:
            raise ValueError(
                "volgen.url is that of the registry; followers are kept in a database of their own"
            )
        return self


SECTIONS: dict[str, type[BaseModel]] = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
}
