/** The query cache and the two shapes of query the screens use: one thing, and a paged list. */
import { QueryCache, QueryClient, infiniteQueryOptions } from "@tanstack/react-query";
import { ApiError } from "./client";
import type { Page } from "./types";

let signedOut: () => void = () => {};
/** Tells the cache what to do when the server no longer knows who we are. */
export function onSignedOut(handler: () => void): void {
  signedOut = handler;
}

function noteSignedOut(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) signedOut();
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => { if (query.queryKey[0] !== "me") noteSignedOut(error); } }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // The server said no: asking again gives the same. Only a lost connection is worth another try.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      networkMode: "always",
    },
    mutations: { networkMode: "always", onError: noteSignedOut },
  },
});

/** A list that is read page by page; feed it to `<List>`. */
export function pagedQuery<T>(key: readonly unknown[], fetchPage: (cursor: string | undefined) => Promise<Page<T>>) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** A list's first `most` pages, and whether that is all of it. */
export async function itemsUpTo<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>, most: number): Promise<{ items: T[]; whole: boolean }> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < most; page += 1) {
    const answer = await fetchPage(cursor);
    items.push(...answer.items);
    if (!answer.next_cursor) return { items, whole: true };
    cursor = answer.next_cursor;
  }
  return { items, whole: false };
}

/** All of a list that is bounded by its nature (models, scopes, a month's usage), at most `most` pages of it. */
export async function everyItem<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>, most = 20): Promise<T[]> {
  return (await itemsUpTo(fetchPage, most)).items;
}
