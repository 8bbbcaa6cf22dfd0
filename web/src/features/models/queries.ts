import { queryOptions } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { everyItem, pagedQuery } from "@/api/query";

const USAGE_DAYS = 30;

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
export const usageQuery = queryOptions({
  queryKey: ["models", "usage"],
  queryFn: () => everyItem((cursor) => call(client.GET("/models/usage", { params: { query: { days: USAGE_DAYS, limit: 100, cursor } } }))),
});
export const callsQuery = pagedQuery(["models", "calls"], (cursor) => call(client.GET("/models/calls", { params: { query: { limit: 20, cursor } } })));
