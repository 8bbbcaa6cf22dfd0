import { queryOptions } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { pagedQuery } from "@/api/query";
import type { Device } from "@/api/types";

export const devicesQuery = (kind: Device["kind"]) => pagedQuery(["devices", kind], (cursor) => call(client.GET("/devices", { params: { query: { cursor, kind } } })));
export const keysQuery = pagedQuery(["api-keys"], (cursor) => call(client.GET("/api-keys", { params: { query: { cursor } } })));
export const scopesQuery = queryOptions({ queryKey: ["scopes"], queryFn: async () => (await call(client.GET("/scopes"))).items });
export const usersQuery = (query: string) => pagedQuery(["users", query], (cursor) => call(client.GET("/users", { params: { query: { cursor, ...(query && { query }) } } })));
export const invitationsQuery = pagedQuery(["invitations"], (cursor) => call(client.GET("/invitations", { params: { query: { cursor } } })));
