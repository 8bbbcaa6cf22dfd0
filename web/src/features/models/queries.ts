import { queryOptions } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { everyItem, itemsUpTo, pagedQuery } from "@/api/query";

/** Pages of usage at most: a row is one day of one model and feature. */
const MOST_USAGE = 20;

export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: () => everyItem((cursor) => call(client.GET("/models", { params: { query: { limit: 500, cursor } } }))),
});
export const connectionsQuery = pagedQuery(["models", "connections"], (cursor) => call(client.GET("/models/connections", { params: { query: { cursor } } })));
export const defaultsQuery = queryOptions({ queryKey: ["models", "defaults"], queryFn: () => call(client.GET("/models/defaults")) });
/** What holds for everyone without a choice of their own. */
export const instanceDefaultsQuery = queryOptions({
  queryKey: ["models", "defaults", "instance"],
  queryFn: () => call(client.GET("/models/defaults", { params: { query: { instance: true } } })),
});
export const discoveredQuery = queryOptions({ queryKey: ["models", "discovered"], queryFn: async () => (await call(client.GET("/models/discovered"))).items });
/** Newest first; `whole` is false where the earliest days were left out. */
export const usageQuery = (days: number) => queryOptions({
  queryKey: ["models", "usage", days],
  queryFn: () => itemsUpTo((cursor) => call(client.GET("/models/usage", { params: { query: { days, limit: 500, cursor } } })), MOST_USAGE),
});
/** The same of all people, each row with whose it is; for admins. */
export const everyonesUsageQuery = (days: number) => queryOptions({
  queryKey: ["models", "usage", days, "everyone"],
  queryFn: () => itemsUpTo((cursor) => call(client.GET("/models/usage/everyone", { params: { query: { days, limit: 500, cursor } } })), MOST_USAGE),
});
export const cacheQuery = (days: number) => queryOptions({
  queryKey: ["models", "cache", days],
  queryFn: () => call(client.GET("/models/cache", { params: { query: { days } } })),
});
export const callsQuery = pagedQuery(["models", "calls"], (cursor) => call(client.GET("/models/calls", { params: { query: { limit: 20, cursor } } })));
