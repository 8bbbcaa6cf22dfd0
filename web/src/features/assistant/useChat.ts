/** The state of one conversation: its messages, the answer that grows, and what one can do to it. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { call, client, uid } from "@/api/client";
import { live } from "@/api/live";
import type { Message } from "@/api/types";
import { toastError } from "@/ui/toast";
import { followTurn, forgetTurn, useLiveTurn } from "./liveTurns";
import { addSent, inOrder, messagesQuery, refreshNewest } from "./messages";
import { sessionQuery } from "./queries";
import type { TurnView } from "./turn";
import { type Unsent, setUnsent, useUnsent } from "./unsent";

/** The growing answer in the shape of a stored one. */
function asMessage(view: TurnView): Message {
  const status = ({ running: "streaming", done: "complete", stopped: "stopped", failed: "failed", cut: "cut" } as const)[view.state];
  return { id: `live-${view.turnId}`, session_id: view.sessionId, turn_id: view.turnId, role: "assistant", parts: view.parts, status, model: view.model, usage: view.usage, error: view.error, created_at: "" };
}

export function useChat(sessionId: string | undefined) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const session = useQuery({ ...sessionQuery(sessionId ?? ""), enabled: Boolean(sessionId) });
  const pages = useInfiniteQuery({ ...messagesQuery(sessionId ?? ""), enabled: Boolean(sessionId) });
  const turn = useLiveTurn(sessionId);
  const unsent = useUnsent(sessionId);
  const [model, setModel] = useState<string | null>(null);

  const refresh = useCallback(async (id: string) => {
    const items = await refreshNewest(cache, id);
    void cache.invalidateQueries({ queryKey: ["session", id] });
    void cache.invalidateQueries({ queryKey: ["sessions"] });
    void cache.invalidateQueries({ queryKey: ["approvals"] });
    return items;
  }, [cache]);

  const follow = useCallback((turnId: string, id: string) => {
    followTurn(turnId, id, () => {
      // Until the stored answer is here, the streamed one stays.
      refresh(id).then(() => forgetTurn(id, turnId), () => undefined);
    });
  }, [refresh]);

  const activeTurn = session.data?.active_turn_id;
  useEffect(() => { if (sessionId && activeTurn) follow(activeTurn, sessionId); }, [activeTurn, follow, sessionId]);

  useEffect(() => {
    if (!sessionId) return;
    const again = () => void refresh(sessionId).catch(() => undefined);
    const offEvent = live.onEvent(({ type, data }) => {
      if (data.session_id !== sessionId) return;
      if (type === "turn.started" && typeof data.turn_id === "string") follow(data.turn_id, sessionId);
      if (type === "turn.finished" || type === "message.created" || type === "message.updated") again();
    });
    const offReconnect = live.onReconnect(again);
    return () => { offEvent(); offReconnect(); };
  }, [follow, refresh, sessionId]);

  const messages = useMemo(() => {
    const stored = inOrder(pages.data?.pages ?? []);
    if (!turn) return stored;
    const others = stored.filter((message) => message.turn_id !== turn.turnId || message.role !== "assistant");
    return [...others, asMessage(turn)];
  }, [pages.data, turn]);

  const send = async (text: string, editOf?: string, key: string = uid()) => {
    const sending: Unsent = { text, editOf, key, error: null };
    setUnsent(sessionId, sending);
    try {
      const body = { text, ...(sessionId && { session_id: sessionId }), ...(editOf && { edit_of: editOf }), ...(!sessionId && model && { model }) };
      const sent = await call(client.POST("/messages", { body, headers: { "Idempotency-Key": key } }));
      addSent(cache, sent.message, editOf);
      cache.setQueryData(sessionQuery(sent.session.id).queryKey, sent.session);
      setUnsent(sessionId, null);
      follow(sent.turn.id, sent.session.id);
      void cache.invalidateQueries({ queryKey: ["sessions"] });
      if (!sessionId) await navigate({ to: "/chat/$sessionId", params: { sessionId: sent.session.id }, replace: true });
    } catch (error) {
      setUnsent(sessionId, { ...sending, error });
    }
  };
  const stop = async () => {
    if (!turn) return;
    try { await call(client.POST("/turns/{turn_id}/stop", { params: { path: { turn_id: turn.turnId } } })); } catch (error) { toastError(error); }
  };
  const chooseModel = async (id: string | null) => {
    setModel(id);
    if (!sessionId) return;
    try {
      cache.setQueryData(sessionQuery(sessionId).queryKey, await call(client.PATCH("/sessions/{session_id}", { params: { path: { session_id: sessionId } }, body: { model: id } })));
    } catch (error) { toastError(error); }
  };
  return {
    session: session.data, messages, pages, unsent, running: turn?.state === "running" ? turn : null,
    model: sessionId ? (session.data?.model ?? null) : model, failed: session.error ?? pages.error, send, stop, chooseModel,
    dropUnsent: () => setUnsent(sessionId, null),
  };
}
