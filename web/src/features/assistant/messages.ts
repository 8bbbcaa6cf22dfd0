/** A session's messages: read newest first page by page, kept as they change. */
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { pagedQuery } from "@/api/query";
import type { Message, Page } from "@/api/types";

type Pages = InfiniteData<Page<Message>, string | undefined>;

const PAGE = 40;

function fetchMessages(session_id: string, cursor?: string): Promise<Page<Message>> {
  return call(client.GET("/sessions/{session_id}/messages", { params: { path: { session_id }, query: { limit: PAGE, ...(cursor && { cursor }) } } }));
}

export function messagesQuery(sessionId: string) {
  // Kept up to date by events and by reading the newest page again, never by reading all the pages again.
  return { ...pagedQuery(["messages", sessionId], (cursor) => fetchMessages(sessionId, cursor)), staleTime: Infinity };
}

/** Pages in order of time, each message once. */
export function inOrder(pages: Page<Message>[]): Message[] {
  const seen = new Set<string>();
  const all = pages.flatMap((page) => page.items).filter(({ id }) => !seen.has(id) && seen.add(id));
  return all.toReversed();
}

/** The newest page read again, put before what is older. What it should hold and does not is gone (edited away). */
export function mergeNewest(pages: Page<Message>[], fresh: Page<Message>): Page<Message>[] {
  const oldest = fresh.items.at(-1);
  const first = pages[0];
  if (!oldest || !fresh.next_cursor || !first) return [fresh];
  const all = pages.flatMap((page) => page.items);
  const at = all.findIndex(({ id }) => id === oldest.id);
  // More came than one page holds: the pages no longer touch, so older ones are read anew when scrolled to.
  if (at < 0) return [fresh];
  const held = new Set(fresh.items.map(({ id }) => id));
  const older = new Set(all.slice(at + 1).filter(({ id }) => !held.has(id)).map(({ id }) => id));
  const rest = pages.map((page) => ({ items: page.items.filter(({ id }) => older.has(id)), next_cursor: page.next_cursor }));
  return [{ items: [...fresh.items, ...(rest[0]?.items ?? [])], next_cursor: first.next_cursor }, ...rest.slice(1)];
}

/** Reads the newest page again. */
export async function refreshNewest(cache: QueryClient, sessionId: string): Promise<Message[]> {
  const fresh = await fetchMessages(sessionId);
  const { queryKey } = messagesQuery(sessionId);
  cache.setQueryData<Pages>(queryKey, (before) => {
    const pages = mergeNewest(before?.pages ?? [], fresh);
    return { pages, pageParams: pages.map((_, index) => before?.pageParams[index]) };
  });
  return fresh.items;
}

/** Puts a message just sent at the end; an edit drops the message it replaces and all after it. */
export function addSent(cache: QueryClient, message: Message, editOf?: string): void {
  cache.setQueryData<Pages>(messagesQuery(message.session_id).queryKey, (before) => {
    const pages = before?.pages ?? [{ items: [], next_cursor: null }];
    const all = pages.flatMap((page) => page.items);
    const cut = editOf ? all.findIndex(({ id }) => id === editOf) : -1;
    const gone = new Set(all.slice(0, cut + 1).map(({ id }) => id));
    const kept = pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => !gone.has(id)) }));
    const [first, ...rest] = kept;
    return { pages: [{ items: [message, ...(first?.items ?? [])], next_cursor: first?.next_cursor ?? null }, ...rest], pageParams: before?.pageParams ?? [undefined] };
  });
}

/** The plain text of a message, for copying and editing. */
export function textOf(message: Pick<Message, "parts">): string {
  return message.parts.filter((part) => part.type === "text").map((part) => part.text).join("\n\n").trim();
}
