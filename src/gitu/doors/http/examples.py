"""An example of a value from its JSON Schema: the field's own where it has one, else a likely one by its name and type.

The examples of common names stand here, not in the features' types, whose schemas travel in every prompt.
"""

from typing import Any, cast

Json = dict[str, Any]  # Any: JSON
DEPTH = 12  # deeper than any of our types; a type that holds itself ends here

BY_NAME: Json = {
    "access_token": "gitu_at_pQ7vX2mK9sLw",
    "action": "assistant.delete_session",
    "actor_name": "Amal Haddad",
    "address": "192.168.1.20",
    "base_url": "http://127.0.0.1:11434/v1",
    "calls": 12,
    "channel": "web",
    "code": "request.invalid",
    "command": "assistant list-sessions",
    "connection_name": "Workshop server",
    "context_window": 128000,
    "cost": "0.0042",
    "covers": "files:read",
    "currency": "USD",
    "delegate": "agent",
    "default": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
    "detail": "The title is missing; write one.",
    "error": None,
    "error_code": None,
    "feature": "assistant",
    "first_token_ms": 210.4,
    "hash": "9f2c61d0a4b8e7356c1f",
    "http": "GET /sessions",
    "input_digest": "4be19c07d2f3a8560b1e",
    "input_price": "2.5",
    "input_tokens": 812,
    "key_hint": "…4f2a",
    "last_error": None,
    "last_message_preview": "The invoice is due on Friday.",
    "latency_ms": 840.2,
    "link": "http://127.0.0.1:8000/join#pQ7vX2mK9sLw",
    "login": "amal",
    "message": "may not be empty",
    "model": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
    "models": ["llama3.3"],
    "name": "Amal Haddad",
    "next": "/",
    "next_cursor": None,
    "note": "For the bookkeeper",
    "output_price": "10",
    "output_tokens": 145,
    "owner_name": "Amal Haddad",
    "path": "title",
    "prefix": "gitu_k_7Hq2",
    "quiet_hours": None,
    "refresh_token": "gitu_rt_9sLwpQ7vX2mK",
    "requested_by": "agent",
    "role": "member",
    "scope": "assistant:read",
    "scopes": ["assistant:read"],
    "secret": "gitu_k_7Hq2mK9sLwpQ7vX2",
    "summary": "List your conversations",
    "text": "When is the invoice due?",
    "thread": None,
    "time_zone": "Asia/Riyadh",
    "title": "Invoice of the workshop",
    "token": "pQ7vX2mK9sLw",
    "status": "ok",
    "variable": "OPENAI_API_KEY",
    "version": "1.0.0",
    # Where the same name stands for different things, by the type's name too.
    "ActionInfo.name": "assistant.list_sessions",
    "ApiKey.name": "Backup script",
    "ApiKeyCreate.name": "Backup script",
    "Connection.name": "Workshop server",
    "ConnectionUpdateBody.name": "Workshop server",
    "Device.name": "Firefox · Linux",
    "Instance.name": "Haddad & Sons",
    "InstanceUpdate.name": "Haddad & Sons",
    "Model.id": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07/llama3.3",
    "Model.name": "llama3.3",
    "Offer.name": "Ollama",
    "ToolCallPart.name": "assistant__get_status",
}
BY_FORMAT = {
    "uuid": "0198b6a2-54f0-7c31-9d52-6f2a3e1c8b07",
    "date-time": "2026-03-14T09:26:53Z",
    "date": "2026-03-14",
    "password": "a copper kettle sings",
}
BY_TYPE: Json = {"string": "text", "integer": 1, "number": 1.5, "boolean": False, "null": None, "object": {}}


def example_of(schema: Json, schemas: dict[str, Json], depth: int = 0) -> Any:  # Any: JSON
    """A value that the schema accepts; ``schemas`` are those it may refer to by name."""
    for known in (schema.get("examples"), [schema["const"]] if "const" in schema else None, schema.get("enum")):
        if known:
            return known[0]
    if "default" in schema:
        return schema["default"]
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas, depth + 1)
    choices = cast("list[Json]", schema.get("anyOf") or schema.get("oneOf") or [])
    if choices:
        return example_of(choices[0] if depth < DEPTH else choices[-1], schemas, depth + 1)
    return _by_type(schema, schemas, depth)


def _by_type(schema: Json, schemas: dict[str, Json], depth: int) -> Any:  # Any: JSON
    if "properties" in schema:
        return _by_field(schema, schemas, depth)
    if schema.get("type") == "array":
        return [] if depth >= DEPTH else [example_of(schema["items"], schemas, depth + 1)]
    if schema.get("type") == "string":
        return BY_FORMAT.get(schema.get("format", ""), BY_TYPE["string"])
    if schema.get("type") in ("integer", "number") and "minimum" in schema:
        return schema["minimum"]
    return BY_TYPE.get(schema.get("type", ""))


def _by_field(schema: Json, schemas: dict[str, Json], depth: int) -> Json:
    fields: dict[str, Json] = schema["properties"]
    shown = [name for name, field in fields.items() if name in schema.get("required", ()) or field.get("examples")]
    example: Json = {}
    for name in shown or [next(iter(fields))]:  # of what is optional altogether, the first field shows how
        field = fields[name] if shown else {key: value for key, value in fields[name].items() if key != "default"}
        known = next((key for key in (f"{schema.get('title')}.{name}", name) if key in BY_NAME), None)
        likely = BY_NAME.get(known or "")
        takes = known is not None and "examples" not in field and _takes(field, likely)
        example[name] = likely if takes else example_of(field, schemas, depth + 1)
    return example


def _takes(field: Json, value: Any) -> bool:  # Any: JSON
    """Whether a value of a common name is of the type, and not against the list, that this field has."""
    kinds: Json = {"string": str, "integer": int, "number": float, "array": list, "null": type(None)}
    for choice in cast("list[Json]", field.get("anyOf") or [field]):
        kind = kinds.get(choice.get("type", ""))
        plain = not ({"enum", "const", "format"} & choice.keys())
        if plain and kind is not None and isinstance(value, kind):
            return True
    return False
