import { queryOptions } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { pagedQuery } from "@/api/query";
import type { ActionInfo } from "@/api/types";

/** Sessions newest first; `search` looks into titles and messages. */
export function sessionsQuery(search = "") {
  return pagedQuery(["sessions", search], (cursor) => call(client.GET("/sessions", { params: { query: { state: "all", limit: 40, ...(search && { query: search }), ...(cursor && { cursor }) } } })));
}
export function sessionQuery(session_id: string) {
  return queryOptions({ queryKey: ["session", session_id], queryFn: () => call(client.GET("/sessions/{session_id}", { params: { path: { session_id } } })) });
}
/** The catalogue of what this person can do: slash commands and the palette read it. */
export const actionsQuery = queryOptions({ queryKey: ["actions"], staleTime: Infinity, queryFn: async () => (await call(client.GET("/actions"))).items as ActionInfo[] });
