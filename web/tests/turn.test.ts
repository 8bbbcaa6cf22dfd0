import { describe, expect, it } from "vitest";
import type { TurnEvent } from "../src/api/agui";
import { newTurn, reduceTurn } from "../src/features/assistant/turn";

const after = (...events: TurnEvent[]) => events.reduce(reduceTurn, newTurn("t1", "s1"));
const say = (delta: string): TurnEvent => ({ type: "TEXT_MESSAGE_CONTENT", messageId: "m1", delta });
const begin: TurnEvent = { type: "TEXT_MESSAGE_START", messageId: "m1" };
const call: TurnEvent[] = [
  { type: "TOOL_CALL_START", toolCallId: "c1", toolCallName: "status_get" },
  { type: "TOOL_CALL_ARGS", toolCallId: "c1", delta: '{"deta' },
  { type: "TOOL_CALL_ARGS", toolCallId: "c1", delta: 'il":true}' },
  { type: "TOOL_CALL_END", toolCallId: "c1" },
];
const result = (content: unknown): TurnEvent => ({ type: "TOOL_CALL_RESULT", messageId: "m1", toolCallId: "c1", content: JSON.stringify(content) });

describe("a turn", () => {
  it("grows its text word by word", () => {
    expect(after(begin, say("Hello"), say(", world")).parts).toEqual([{ type: "text", text: "Hello, world", origin: "assistant" }]);
  });

  it("begins a new text after a tool call", () => {
    const { parts } = after(begin, say("Let me look."), ...call, result({ status: "done", output: 1 }), begin, say("It is well."));
    expect(parts.map((part) => part.type)).toEqual(["text", "tool_call", "text"]);
  });

  it("shows a tool's input once it is whole, then its output and how long it took", () => {
    const { parts } = after(...call, result({ status: "done", output: { ok: true }, error: null, duration_ms: 12.5 }));
    expect(parts[0]).toMatchObject({ status: "done", input: { detail: true }, output: { ok: true }, duration_ms: 12.5 });
  });

  it("shows a failed tool's sentence", () => {
    expect(after(...call, result({ status: "failed", error: "No such file." })).parts[0]).toMatchObject({ status: "failed", error: "No such file." });
  });

  it("holds a call that waits for approval", () => {
    const { parts } = after(...call, { type: "CUSTOM", name: "approval", value: { approval_id: "a1", tool_call_id: "c1" } }, result({ status: "held", approval_id: "a1" }));
    expect(parts[0]).toMatchObject({ status: "held", approval_id: "a1" });
  });

  it("drops what was streamed when the model is asked again", () => {
    expect(after(begin, say("wrong"), { type: "CUSTOM", name: "reset", value: {} }, begin, say("right")).parts).toEqual([{ type: "text", text: "right", origin: "assistant" }]);
  });

  it("gives the same after a replay from its start as after one pass", () => {
    const events: TurnEvent[] = [{ type: "RUN_STARTED", threadId: "s1", runId: "t1" }, { type: "CUSTOM", name: "reset", value: {} }, begin, say("once")];
    expect([...events, ...events].reduce(reduceTurn, newTurn("t1", "s1"))).toEqual(after(...events));
  });

  it("says that it was stopped, cut or failed, and leaves no tool running", () => {
    const stopped = after(...call, { type: "RUN_FINISHED", threadId: "s1", runId: "t1", result: { state: "stopped" } });
    expect(stopped).toMatchObject({ state: "stopped", parts: [{ status: "failed" }] });
    expect(after({ type: "RUN_ERROR", code: "assistant.turn_cut", message: "Cut." })).toMatchObject({ state: "cut", error: { detail: "Cut." } });
    expect(after({ type: "RUN_ERROR", code: "models.key_refused", message: "Refused." })).toMatchObject({ state: "failed" });
  });

  it("keeps tokens and an unknown cost as unknown", () => {
    const turn = after({ type: "CUSTOM", name: "usage", value: { input_tokens: 5, output_tokens: 2, cost: null, model: "c1/small" } });
    expect(turn).toMatchObject({ usage: { cost: null }, model: "c1/small" });
  });
});
