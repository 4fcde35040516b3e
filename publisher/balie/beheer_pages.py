"""The page from which what a beheerder looks after is reached."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie.deel import Deel
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk
from woo.usecases.rechten import Handeling

router = APIRouter(include_in_schema=False)


@router.get("/beheer")
def get_beheer(request: Request, desk: AtDesk) -> Response:
    desk.require(Handeling.BEHEER_ZIEN, "balie")
    pages = pages_of(request)
    links = [link for deel in pages.delen for link in deel.beheer if desk.actor.may(link.recht)]
    return pages.render(request, "beheer.html", links=links)


DEEL = Deel(router)
