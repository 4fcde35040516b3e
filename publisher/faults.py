"""What was wrong with the fields of a request, each in one Dutch sentence that says what to do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from publisher.inputs import BodyInput, QueryInput, declared
from woo.views.problems import InputFault, quoted, unknown_name

_SENTENCES = {
    "missing": "Het veld {name} ontbreekt. Vul het in.",
    "string_type": "Het veld {name} moet tekst zijn en mag niet leeg zijn.",
    "string_unicode": "Het veld {name} bevat tekens die geen geldig Unicode zijn.",
    "string_too_short": "Het veld {name} mag niet leeg zijn.",
    "string_too_long": "Het veld {name} is te lang. Het mag hoogstens {max_length} tekens hebben.",
    "list_type": "Het veld {name} moet een lijst zijn.",
    "too_short": "De lijst {name} is leeg. Noem er minstens {min_length}.",
    "too_long": "De lijst {name} is te lang. Noem er hoogstens {max_length}.",
    "int_type": "Het veld {name} moet een heel getal zijn.",
    "int_parsing": "Het veld {name} moet een heel getal zijn.",
    "int_from_float": "Het veld {name} moet een heel getal zijn.",
    "greater_than_equal": "Het veld {name} moet minstens {ge} zijn.",
    "less_than_equal": "Het veld {name} mag hoogstens {le} zijn.",
    "enum": "De waarde van {name} kan niet. Kies uit: {expected}.",
    "geen_dag": "Het veld {name} moet een dag zijn, geschreven als 2026-03-02.",
    "geen_moment": "Het veld {name} moet een moment zijn, geschreven als 2026-03-02T09:00:00Z.",
    "datetime_from_date_parsing": "Het veld {name} moet een moment zijn dat bestaat, geschreven als 2026-03-02T09:00:00Z.",
    "datetime_parsing": "Het veld {name} moet een moment zijn dat bestaat, geschreven als 2026-03-02T09:00:00Z.",
    "date_from_datetime_parsing": "Het veld {name} moet een dag zijn die bestaat, geschreven als 2026-03-02.",
    "date_parsing": "Het veld {name} moet een dag zijn die bestaat, geschreven als 2026-03-02.",
    "onleesbaar_teken": "Het veld {name} bevat een teken dat niemand ziet (U+{code}). Typ de tekst opnieuw.",
    "niets_te_wijzigen": "Er staat niets in uw vraag dat gewijzigd moet worden. Noem minstens één veld.",
    "rol_of_organisaties": "Noem 'rol' voor alle organisaties, of 'organisaties' met een rol bij elk; niet allebei.",
    "geen_reden": "Er staat niet waarom u intrekt. Vul een reden in: 'code', 'reden' of beide.",
    "json_invalid": "Dit is geen geldige JSON. De fout staat bij teken {name}.",
    "model_attributes_type": "De inhoud moet een JSON-object zijn, met Content-Type application/json.",
    "model_type": "De inhoud moet een JSON-object zijn, met Content-Type application/json.",
}


def faults_of(
    errors: Iterable[Mapping[str, Any]], endpoint: Callable[..., Any] | None
) -> Sequence[InputFault]:
    """The faults that Pydantic found; the endpoint says which names would have been right."""
    return [_fault(error, endpoint) for error in errors]


def _fault(error: Mapping[str, Any], endpoint: Callable[..., Any] | None) -> InputFault:
    place, *path = error["loc"]
    if error["type"] == "extra_forbidden":
        kind = QueryInput if place == "query" else BodyInput
        return unknown_name(place, str(path[-1]), declared(endpoint, kind) if endpoint else ())
    name = ".".join(str(part) for part in path) or str(error.get("ctx", {}).get("veld", ""))
    if not path and error["type"] == "missing":
        return InputFault("body", "", "ontbreekt", "De inhoud ontbreekt. Stuur een JSON-object.")
    sentence = _SENTENCES.get(error["type"], "De waarde van {name} kan niet.")
    detail = sentence.format_map({**error.get("ctx", {}), "name": quoted(name)})
    return InputFault(place, name, error["type"].replace("_", "-"), detail)
