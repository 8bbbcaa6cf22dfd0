"""Chat templates: messages to the one text that a model was trained on.

Templates come with models from elsewhere, so Jinja runs them in its sandbox, where they reach nothing of Python.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gitu_lab.serving.errors import BadRequest, NodeProblem

NAMED: Final = {
    "chatml": (
        "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    ),
}


class ChatTemplate:
    """One template, compiled once."""

    def __init__(self, source: str, start: str | None, end: str) -> None:
        """Raises NodeProblem when it is no Jinja."""
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, autoescape=False)
        try:
            self._template = environment.from_string(NAMED.get(source, source))
        except TemplateError as error:
            raise NodeProblem("node-bad-template", reason=str(error)) from None
        self._given = {"bos_token": start or "", "eos_token": end, "raise_exception": _refuse}

    def render(self, messages: Sequence[Mapping[str, str]]) -> str:
        """The prompt. Raises BadRequest where the template refuses the messages."""
        try:
            return self._template.render(messages=messages, add_generation_prompt=True, **self._given)
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise BadRequest(f"The model's chat template refuses these messages: {error}", param="messages") from None


def _refuse(message: Any) -> None:  # Any: whatever a template says
    raise TemplateError(str(message))
