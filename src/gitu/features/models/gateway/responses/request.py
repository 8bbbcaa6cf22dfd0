"""A request to /responses as one to /chat/completions, for providers that know only that."""

from typing import Any, Final

import msgspec

from gitu.features.models.gateway.errors import FieldUnfit, OnlyAtOpenAI
from gitu.features.models.gateway.responses.refusals import unfit

Message = dict[str, Any]  # as chat completions describe it
_SYSTEM: Final = ("system", "developer")


class _Part(msgspec.Struct):
    type: str
    text: str = ""
    refusal: str = ""
    image_url: str | None = None
    detail: str | None = None
    file_data: str | None = None
    filename: str | None = None


class _Item(msgspec.Struct):
    type: str | None = None
    role: str = ""
    content: msgspec.Raw = msgspec.Raw(b"")
    call_id: str = ""
    name: str = ""
    arguments: str = ""
    output: msgspec.Raw = msgspec.Raw(b"")


class _Tool(msgspec.Struct):
    type: str
    name: str = ""
    description: str | None = None
    parameters: dict[str, msgspec.Raw] | None = None
    strict: bool | None = None


class _Choice(msgspec.Struct):
    type: str
    name: str = ""
    mode: str = "auto"
    tools: list[_Tool] = []


class _Format(msgspec.Struct):
    type: str
    name: str = ""
    description: str | None = None
    schema: dict[str, msgspec.Raw] | None = None
    strict: bool | None = None


class _Text(msgspec.Struct):
    format: _Format | None = None


class _Reasoning(msgspec.Struct):
    effort: str | None = None


class _Asked(msgspec.Struct):
    input: str | list[_Item]
    instructions: str | None = None
    tools: list[_Tool] | None = None
    tool_choice: str | _Choice | None = None
    parallel_tool_calls: bool | None = None
    text: _Text | None = None
    max_output_tokens: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    top_logprobs: int | None = None
    reasoning: _Reasoning | None = None
    metadata: dict[str, str] | None = None
    user: str | None = None
    include: list[str] | None = None


_asked = msgspec.json.Decoder(_Asked)
_said = msgspec.json.Decoder(str | list[_Part] | None)


def translated(body: bytes) -> Message:
    """The request, without the model and the stream's fields. Raises FieldUnfit, OnlyAtOpenAI.

    What only steers OpenAI's own servers is left out: kept prompts, tiers, summaries of reasoning, verbosity.
    """
    try:
        asked = _asked.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise unfit(error) if isinstance(error, msgspec.DecodeError) else FieldUnfit(field="input") from None
    if asked.top_logprobs or "message.output_text.logprobs" in (asked.include or ()):
        raise OnlyAtOpenAI(field="top_logprobs", what="logprobs")
    chat: Message = {"messages": _Messages(asked).list}
    chat |= _tools(asked)
    if asked.text is not None and asked.text.format is not None:
        chat |= _format(asked.text.format)
    plain = {
        "max_tokens": asked.max_output_tokens,
        "temperature": asked.temperature,
        "top_p": asked.top_p,
        "reasoning_effort": asked.reasoning.effort if asked.reasoning is not None else None,
        "user": asked.user,
    }
    return chat | {name: value for name, value in plain.items() if value is not None}


class _Messages:
    """Messages of the items. What the model said and called in one turn is one message there."""

    def __init__(self, asked: _Asked) -> None:
        self.list: list[Message] = []
        system = [asked.instructions] if asked.instructions else []
        if isinstance(asked.input, str):
            self.list.append({"role": "user", "content": asked.input})
        else:
            for place, item in enumerate(asked.input):
                where = f"input[{place}]"
                if not self.list and item.type in (None, "message") and item.role in _SYSTEM:
                    # many models' templates know one system message, at the beginning
                    system.append(_joined(item.content, f"{where}.content"))
                else:
                    self._add(item, where)
        if system:
            self.list.insert(0, {"role": "system", "content": "\n\n".join(system)})

    def _add(self, item: _Item, where: str) -> None:
        match item.type:
            case None | "message":
                self._message(item, where)
            case "function_call":
                called = {"name": item.name, "arguments": item.arguments}
                call = {"id": item.call_id, "type": "function", "function": called}
                if not self.list or self.list[-1]["role"] != "assistant":
                    self.list.append({"role": "assistant", "content": None})
                self.list[-1].setdefault("tool_calls", []).append(call)
            case "function_call_output":
                said = _joined(item.output, f"{where}.output")
                self.list.append({"role": "tool", "tool_call_id": item.call_id, "content": said})
            case "reasoning":
                pass  # nobody but who thought it can read it
            case _:
                raise OnlyAtOpenAI(field=where, what=item.type)

    def _message(self, item: _Item, where: str) -> None:
        place = f"{where}.content"
        if item.role == "assistant":
            said = _joined(item.content, place)
            last: Message = self.list[-1] if self.list else {}
            if "tool_calls" in last:
                last["content"] = f"{last['content']}\n\n{said}" if last["content"] else said
            else:
                self.list.append({"role": "assistant", "content": said})
        elif item.role in _SYSTEM:
            self.list.append({"role": "system", "content": _joined(item.content, place)})
        elif item.role == "user":
            self.list.append({"role": "user", "content": _content(item.content, place)})
        else:
            raise FieldUnfit(field=f"{where}.role")


def _read(written: msgspec.Raw, where: str) -> str | list[_Part]:
    try:
        return _said.decode(written) or ""
    except msgspec.DecodeError as error:
        raise unfit(error, where) from None


def _joined(written: msgspec.Raw, where: str) -> str:
    """Its text, for messages that hold nothing else."""
    said = _read(written, where)
    if isinstance(said, str):
        return said
    for place, part in enumerate(said):
        if part.type not in ("input_text", "output_text", "text", "refusal"):
            raise OnlyAtOpenAI(field=f"{where}[{place}]", what=part.type[:50])
    return "".join(part.text or part.refusal for part in said)


def _content(written: msgspec.Raw, where: str) -> str | list[Message]:
    """What the person said, with pictures and files."""
    said = _read(written, where)
    if isinstance(said, str):
        return said
    if len(said) == 1 and said[0].type in ("input_text", "text"):
        return said[0].text
    return [_part(part, f"{where}[{place}]") for place, part in enumerate(said)]


def _part(part: _Part, where: str) -> Message:
    match part:
        case _Part(type="input_text" | "output_text" | "text"):
            return {"type": "text", "text": part.text}
        case _Part(type="input_image", image_url=str(url)):
            detail = {} if part.detail is None else {"detail": part.detail}
            return {"type": "image_url", "image_url": {"url": url, **detail}}
        case _Part(type="input_file", file_data=str(data)):
            return {"type": "file", "file": {"filename": part.filename or "file", "file_data": data}}
        case _:
            raise OnlyAtOpenAI(field=where, what=part.type[:50])


def _tools(asked: _Asked) -> Message:
    """Functions, and how to choose among them; nothing where there are none, since providers refuse a bare choice."""
    choice = asked.tool_choice
    tools = asked.tools or []
    for place, tool in enumerate(tools):
        if tool.type != "function":
            raise OnlyAtOpenAI(field=f"tools[{place}]", what=tool.type[:50])
        if not tool.name:
            raise FieldUnfit(field=f"tools[{place}].name")
    if isinstance(choice, _Choice):
        if choice.type == "allowed_tools":
            allowed = {tool.name for tool in choice.tools}
            tools = [tool for tool in tools if tool.name in allowed]
        elif choice.type != "function":
            raise OnlyAtOpenAI(field="tool_choice", what=choice.type[:50])
    if not tools:
        return {}
    found: Message = {"tools": [{"type": "function", "function": _function(tool)} for tool in tools]}
    if isinstance(choice, _Choice):
        named = {"type": "function", "function": {"name": choice.name}}
        found["tool_choice"] = choice.mode if choice.type == "allowed_tools" else named
    elif choice is not None:
        found["tool_choice"] = choice
    if asked.parallel_tool_calls is not None:
        found["parallel_tool_calls"] = asked.parallel_tool_calls
    return found


def _function(tool: _Tool) -> Message:
    given = {"description": tool.description, "parameters": tool.parameters, "strict": tool.strict}
    return {"name": tool.name, **{name: value for name, value in given.items() if value is not None}}


def _format(wanted: _Format) -> Message:
    match wanted.type:
        case "text":
            return {}
        case "json_object":
            return {"response_format": {"type": "json_object"}}
        case "json_schema" if wanted.schema is not None:
            given = {"description": wanted.description, "strict": wanted.strict}
            more = {name: value for name, value in given.items() if value is not None}
            named = {"name": wanted.name or "answer", "schema": wanted.schema, **more}
            return {"response_format": {"type": "json_schema", "json_schema": named}}
        case _:
            raise FieldUnfit(field="text.format")
