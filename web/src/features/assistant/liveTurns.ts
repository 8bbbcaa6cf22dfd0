/**
 * Turns being answered now, by session. They live outside React, so that an answer goes on growing while one looks
 * at another screen, and each frame of the screen takes all the tokens that came since the last.
 */
import { useCallback, useSyncExternalStore } from "react";
import type { TurnEvent } from "@/api/agui";
import { live } from "@/api/live";
import { type TurnView, newTurn, reduceTurn } from "./turn";

interface Followed { view: TurnView; waiting: TurnEvent[]; frame: number | null; stop: () => void }

const followed = new Map<string, Followed>();
const listeners = new Set<() => void>();
const tell = () => { for (const listener of listeners) listener(); };

/** A hidden page gets no frames: a timer then does, slowly. */
function nextFrame(work: () => void): number {
  return document.visibilityState === "hidden" ? window.setTimeout(work, 250) : requestAnimationFrame(work);
}

/** Streams a turn into the store; `onEnd` runs once, after its last event was taken in. */
export function followTurn(turnId: string, sessionId: string, onEnd: (view: TurnView) => void): void {
  const before = followed.get(sessionId);
  if (before?.view.turnId === turnId) return;
  before?.stop();
  const entry: Followed = { view: newTurn(turnId, sessionId), waiting: [], frame: null, stop: () => {} };
  const take = () => {
    entry.frame = null;
    const events = entry.waiting;
    entry.waiting = [];
    entry.view = events.reduce(reduceTurn, entry.view);
    if (followed.get(sessionId) !== entry) return;
    tell();
    if (entry.view.state === "running") return;
    entry.stop();
    onEnd(entry.view);
  };
  followed.set(sessionId, entry);
  entry.stop = live.watch(turnId, 0, (event) => {
    entry.waiting.push(event);
    entry.frame ??= nextFrame(take);
  });
  tell();
}

/** Drops a finished turn once the stored messages show it. */
export function forgetTurn(sessionId: string, turnId: string): void {
  const entry = followed.get(sessionId);
  if (entry?.view.turnId !== turnId) return;
  entry.stop();
  followed.delete(sessionId);
  tell();
}

const subscribe = (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener); }; };

/** The turn growing in this session, if any. */
export function useLiveTurn(sessionId: string | undefined): TurnView | null {
  return useSyncExternalStore(subscribe, useCallback(() => (sessionId ? (followed.get(sessionId)?.view ?? null) : null), [sessionId]));
}
