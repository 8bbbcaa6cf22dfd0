/** Messages on their way, or that failed to go: kept here so that nothing written is lost on the way to another screen. */
import { useCallback, useSyncExternalStore } from "react";

export interface Unsent { text: string; editOf?: string; /** The same for every try, so that a message sent twice is taken once. */ key: string; error: unknown }

const unsent = new Map<string, Unsent>();
const drafts = new Map<string, string>();
const listeners = new Set<() => void>();
const place = (sessionId: string | undefined) => sessionId ?? "new";
const subscribe = (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener); }; };

export function setUnsent(sessionId: string | undefined, message: Unsent | null): void {
  if (message) unsent.set(place(sessionId), message);
  else unsent.delete(place(sessionId));
  for (const listener of listeners) listener();
}
export function useUnsent(sessionId: string | undefined): Unsent | null {
  return useSyncExternalStore(subscribe, useCallback(() => unsent.get(place(sessionId)) ?? null, [sessionId]));
}
/** What stands in the composer, by session. */
export const draftOf = (sessionId: string | undefined): string => drafts.get(place(sessionId)) ?? "";
export function keepDraft(sessionId: string | undefined, text: string): void {
  if (text) drafts.set(place(sessionId), text);
  else drafts.delete(place(sessionId));
}
