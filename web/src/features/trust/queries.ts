import { queryOptions } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { pagedQuery } from "@/api/query";
import type { ApprovalState } from "@/api/types";
import type { ActivitySearch } from "./routes";

export const auditQuery = ({ reads, ...search }: ActivitySearch) => pagedQuery(["audit", search, Boolean(reads)], (cursor) => call(client.GET("/audit", { params: { query: { cursor, ...search, changes_only: !reads } } })));
export const approvalsQuery = (state: ApprovalState | "decided") => pagedQuery(["approvals", state], (cursor) => call(client.GET("/approvals", { params: { query: { cursor, state } } })));
export const approvalQuery = (approval_id: string) => queryOptions({ queryKey: ["approvals", "one", approval_id], queryFn: () => call(client.GET("/approvals/{approval_id}", { params: { path: { approval_id } } })) });
export const grantsQuery = (state: "active" | "all") => pagedQuery(["grants", state], (cursor) => call(client.GET("/grants", { params: { query: { cursor, state } } })));
