/** What a turn's events add up to: the answer as it grows. Pure, so that a replay from the start gives the same. */
import type { TurnEvent } from "@/api/agui";
import type { Part, ToolPart, TurnError, Usage } from "@/api/types";

export interface TurnView {
  turnId: string;
  sessionId: string;
  parts: Part[];
  state: "running" | "done" | "stopped" | "failed" | "cut";
  usage: Usage | null;
  model: string | null;
  error: TurnError | null;
}

export function newTurn(turnId: string, sessionId: string): TurnView {
  return { turnId, sessionId, parts: [], state: "running", usage: null, model: null, error: null };
}

/** Raw argument text while it streams in; JSON only once it is whole. */
function parsed(text: string): unknown {
  try { return JSON.parse(text); } catch { return text; }
}

function grow(parts: Part[], type: "text" | "reasoning", delta: string): Part[] {
  const last = parts.at(-1);
  if (last?.type !== type) return [...parts, { type, text: delta, origin: "assistant" }];
  return [...parts.slice(0, -1), { type, text: last.text + delta, origin: last.origin }];
}

function changeTool(parts: Part[], id: string, change: (tool: ToolPart) => Partial<ToolPart>): Part[] {
  return parts.map((part) => (part.type === "tool_call" && part.id === id ? Object.assign({}, part, change(part)) : part));
}

interface Told { status?: ToolPart["status"]; output?: unknown; error?: string | null; approval_id?: string | null; receipt?: string | null; origin?: ToolPart["origin"]; duration_ms?: number | null }

/** The server tells a result as `{status, output, error, approval_id, duration_ms}`; anything else is the output itself. */
function result(content: string): Partial<ToolPart> {
  const value = parsed(content);
  if (value && typeof value === "object" && "status" in value && typeof value.status === "string") {
    const { status = "done", output = null, error = null, approval_id, receipt = null, origin = "gitu", duration_ms = null } = value as Told;
    return { status, output, error, ...(approval_id && { approval_id }), receipt, origin, duration_ms };
  }
  return { status: "done", output: value };
}

function inOneState(state: TurnView["state"]): Partial<ToolPart> { return { status: state === "done" ? "done" : "failed" }; }

/** Tools still “running” when the turn is over never answered. */
function settle(turn: TurnView, state: TurnView["state"], error: TurnError | null): TurnView {
  return { ...turn, state, error, parts: turn.parts.map((part) => (part.type === "tool_call" && part.status === "running" ? Object.assign({}, part, inOneState(state)) : part)) };
}

/** The turn after one more event. */
export function reduceTurn(turn: TurnView, event: TurnEvent): TurnView {
  switch (event.type) {
    case "RUN_STARTED": return { ...turn, state: "running", error: null };
    case "TEXT_MESSAGE_START": return { ...turn, parts: [...turn.parts, { type: "text", text: "", origin: "assistant" }] };
    case "REASONING_MESSAGE_START": return { ...turn, parts: [...turn.parts, { type: "reasoning", text: "", origin: "assistant" }] };
    case "TEXT_MESSAGE_CONTENT": return { ...turn, parts: grow(turn.parts, "text", event.delta) };
    case "REASONING_MESSAGE_CONTENT": return { ...turn, parts: grow(turn.parts, "reasoning", event.delta) };
    case "TOOL_CALL_START":
      return { ...turn, parts: [...turn.parts, { type: "tool_call", id: event.toolCallId, name: event.toolCallName, title: event.title ?? "", input: "", output: null, status: "running", error: null, approval_id: null, receipt: null, origin: "gitu", duration_ms: null }] };
    case "TOOL_CALL_ARGS":
      return { ...turn, parts: changeTool(turn.parts, event.toolCallId, (tool) => ({ input: String(tool.input ?? "") + event.delta })) };
    case "TOOL_CALL_END":
      return { ...turn, parts: changeTool(turn.parts, event.toolCallId, (tool) => ({ input: typeof tool.input === "string" ? parsed(tool.input) : tool.input })) };
    case "TOOL_CALL_RESULT": return { ...turn, parts: changeTool(turn.parts, event.toolCallId, () => result(event.content)) };
    case "CUSTOM": return reduceCustom(turn, event);
    case "RUN_FINISHED": return settle(turn, event.result?.state ?? "done", null);
    case "RUN_ERROR": return settle(turn, event.code?.endsWith("cut") ? "cut" : "failed", { code: event.code ?? "", detail: event.message });
    default: return turn;
  }
}

function reduceCustom(turn: TurnView, event: Extract<TurnEvent, { type: "CUSTOM" }>): TurnView {
  switch (event.name) {
    case "usage": return { ...turn, usage: event.value, model: event.value.model ?? turn.model };
    case "notice": return { ...turn, parts: [...turn.parts, { type: "notice", origin: "system", ...event.value }] };
    case "approval": return { ...turn, parts: changeTool(turn.parts, event.value.tool_call_id, () => ({ status: "held", approval_id: event.value.approval_id })) };
    case "decided": return { ...turn, parts: changeTool(turn.parts, event.value.tool_call_id, () => ({ status: "running" })) };
    case "reset": return { ...turn, parts: [], usage: null, error: null };
    default: return turn;
  }
}
