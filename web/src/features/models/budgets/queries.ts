import { queryOptions } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { everyItem, pagedQuery } from "@/api/query";
import type { Budget } from "@/api/types";

/** Where several are offered to choose from; what is searched for is found beyond that. */
const OFFERED = 100;

/** Those that count one's calls; `everyone`: all that admins set as well. */
export const budgetsQuery = (everyone: boolean) => pagedQuery(["models", "budgets", everyone], (cursor) => call(client.GET("/models/budgets", { params: { query: { everyone, cursor } } })));

/** One of them, or null where it is gone or another's. */
export async function findBudget(id: string, everyone: boolean): Promise<Budget | null> {
  const all = await everyItem((cursor) => call(client.GET("/models/budgets", { params: { query: { everyone, limit: 100, cursor } } })));
  return all.find((budget) => budget.id === id) ?? null;
}

// What budgets are for, by name. The newest are read; a budget of an older one is named without it.
export const keyNamesQuery = queryOptions({ queryKey: ["api-keys", "names"], queryFn: () => everyItem((cursor) => call(client.GET("/api-keys", { params: { query: { limit: OFFERED, cursor } } })), 5) });
export const conversationNamesQuery = queryOptions({
  queryKey: ["sessions", "names"],
  queryFn: async () => (await call(client.GET("/sessions", { params: { query: { state: "all", limit: OFFERED } } }))).items,
});
export const peopleQuery = (query: string) => queryOptions({
  queryKey: ["users", "names", query],
  queryFn: () => call(client.GET("/users", { params: { query: { limit: OFFERED, ...(query && { query }) } } })),
});
/** By which features one's calls were made lately; the assistant's first. */
export const featuresQuery = queryOptions({
  queryKey: ["models", "features"],
  queryFn: async () => {
    const rows = await everyItem((cursor) => call(client.GET("/models/usage", { params: { query: { days: 30, limit: 100, cursor } } })));
    return [...new Set(["assistant", ...rows.map(({ feature }) => feature)])];
  },
});
