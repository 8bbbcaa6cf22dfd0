import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { pagedQuery } from "@/api/query";

export const nodesQuery = pagedQuery(["nodes"], (cursor) => call(client.GET("/nodes", { params: { query: { limit: 100, cursor } } })));
export const historyQuery = (name: string, hours: number) => queryOptions({
  queryKey: ["node-history", name, hours],
  queryFn: () => call(client.GET("/nodes/{name}/history", { params: { path: { name }, query: { hours } } })),
});
export const portsQuery = queryOptions({ queryKey: ["node-ports"], queryFn: () => call(client.GET("/nodes/ports")) });

/** After a change of a node: the list, the ports, and the models that it brought or took along. Not what was measured of it, which may have gone. */
export async function readAgain(cache: QueryClient): Promise<void> {
  await Promise.all(["nodes", "node-ports", "models"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
}
