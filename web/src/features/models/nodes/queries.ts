import { queryOptions } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { pagedQuery } from "@/api/query";

export const nodesQuery = pagedQuery(["nodes"], (cursor) => call(client.GET("/nodes", { params: { query: { limit: 100, cursor } } })));
export const historyQuery = (name: string, hours: number) => queryOptions({
  queryKey: ["nodes", name, "history", hours],
  queryFn: () => call(client.GET("/nodes/{name}/history", { params: { path: { name }, query: { hours } } })),
});
export const portsQuery = queryOptions({ queryKey: ["nodes", "ports"], queryFn: () => call(client.GET("/nodes/ports")) });
