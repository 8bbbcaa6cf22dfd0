/** Keeps what calls of models change up to date on the screens that show it. */
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { live } from "@/api/live";

/** What others do comes without an event. */
export const EVERY_MS = 10_000;
const FEW = 3;
/** A call is written down a moment after its answer has ended. */
const WRITTEN_MS = 400;

/** How often a list is read again while it is looked at: programs with a key call without an event. Never, once many pages are open. */
export function fewPages({ state: { data } }: { state: { data?: { pages: unknown[] } | undefined } }): number | false {
  return (data?.pages.length ?? 0) <= FEW && EVERY_MS;
}

/** Reads again what stands under the key once an answer of the assistant has ended, here or elsewhere. */
export function useFollowCalls(key: QueryKey): void {
  const cache = useQueryClient();
  const name = JSON.stringify(key);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => { clearTimeout(timer); timer = setTimeout(() => void cache.invalidateQueries({ queryKey: JSON.parse(name) as QueryKey }), WRITTEN_MS); };
    const offEvent = live.onEvent(({ type }) => { if (type === "turn.finished") again(); });
    const offReconnect = live.onReconnect(again);
    return () => { clearTimeout(timer); offEvent(); offReconnect(); };
  }, [cache, name]);
}
