"""The loopback model as a program: the tests' OpenAI-compatible server, without delays unless asked for them."""

import sys

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.servers.base import ModelServer
from tests.servers.openai_compatible import OpenAICompatible
from tests.servers.script import Script, say, when_said

SLOWLY = "Slowly, please."
ANSWER = "Forty-two, by all that is known; ask again when more is."


class RecordingServer(ModelServer):
    """Adds ``GET /asked``."""

    def app(self) -> Starlette:
        app = super().app()
        app.router.routes.append(Route("/asked", self._asked))
        return app

    async def _asked(self, _request: Request) -> JSONResponse:
        return JSONResponse(
            [{"bytes": int(one.headers["content-length"]), "tools": list(one.tools)} for one in self.asked]
        )


def main() -> None:
    """Print the address, and serve."""
    script = Script(rules=[when_said(SLOWLY, say("word " * 500, token_delay=0.02))], otherwise=say(ANSWER))
    server = RecordingServer(OpenAICompatible(("bench-model",)), script)
    sys.stdout.write(f"{server.url}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
