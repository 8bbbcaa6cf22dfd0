/** The AG-UI events of a turn (https://docs.ag-ui.com), as far as this app reads them. */
import type { Usage } from "./types";

export type TurnEvent =
  | { type: "RUN_STARTED"; threadId: string; runId: string }
  | { type: "TEXT_MESSAGE_START"; messageId: string; role?: string }
  | { type: "TEXT_MESSAGE_CONTENT"; messageId: string; delta: string }
  | { type: "TEXT_MESSAGE_END"; messageId: string }
  | { type: "REASONING_MESSAGE_START"; messageId: string }
  | { type: "REASONING_MESSAGE_CONTENT"; messageId: string; delta: string }
  | { type: "REASONING_MESSAGE_END"; messageId: string }
  | { type: "TOOL_CALL_START"; toolCallId: string; toolCallName: string; parentMessageId?: string; title?: string }
  | { type: "TOOL_CALL_ARGS"; toolCallId: string; delta: string }
  | { type: "TOOL_CALL_END"; toolCallId: string }
  | { type: "TOOL_CALL_RESULT"; messageId: string; toolCallId: string; content: string }
  | { type: "CUSTOM"; name: "usage"; value: Usage & { model?: string } }
  | { type: "CUSTOM"; name: "notice"; value: { code: string; text: string } }
  | { type: "CUSTOM"; name: "approval"; value: { approval_id: string; tool_call_id: string } }
  | { type: "CUSTOM"; name: "decided"; value: { tool_call_id: string } }
  | { type: "CUSTOM"; name: "reset"; value: Record<string, never> }
  | { type: "RUN_FINISHED"; threadId: string; runId: string; result?: { state: "done" | "stopped" } }
  | { type: "RUN_ERROR"; message: string; code?: string };
