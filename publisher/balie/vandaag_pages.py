"""The first page of the desk: what asks for attention today, in the blocks that the parts bring."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie.deel import Deel
from publisher.balie.pages import in_order, pages_of
from publisher.desk import AtDesk
from woo.usecases.rechten import Handeling

router = APIRouter(include_in_schema=False)


@router.get("/")
def get_vandaag(request: Request, desk: AtDesk) -> Response:
    desk.require(Handeling.STATUS_LEZEN, "balie")
    pages = pages_of(request)
    blokken = in_order(blok for deel in pages.delen for blok in deel.vandaag(desk))
    return pages.render(request, "vandaag.html", blokken=blokken, now=desk.platform.now())


DEEL = Deel(router)
