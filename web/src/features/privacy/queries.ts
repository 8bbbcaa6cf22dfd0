import { queryOptions } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { pagedQuery } from "@/api/query";
import type { DataExport, ErasureReport } from "@/api/types";

const SOON = 1_000;

const running = ({ state }: DataExport) => state === "queued" || state === "running";

/** The newest export, if there is one; asked for again while it is being written, should an event be lost. */
export const exportQuery = queryOptions({
  queryKey: ["privacy", "export"],
  queryFn: async () => (await call(client.GET("/privacy/exports", { params: { query: { limit: 1 } } }))).items[0] ?? null,
  refetchInterval: ({ state }) => (state.data && running(state.data) ? SOON : false),
});

export const noticeQuery = (language: string) => queryOptions({ queryKey: ["privacy", "notice", language], queryFn: () => call(client.GET("/privacy/notice")) });
export const erasureQuery = (personId: string | undefined, language: string) => queryOptions({
  queryKey: ["privacy", "erasure", personId, language],
  queryFn: () => call(client.GET("/privacy/erasure", { params: { query: { person_id: personId } } })),
});
export const erasuresQuery = pagedQuery(["privacy", "erasures"], (cursor) => call(client.GET("/privacy/erasures", { params: { query: { cursor } } })));

/** The report behind a receipt; asked for again until the erasure is done. */
export const reportQuery = (receipt: string, language: string) => queryOptions({
  queryKey: ["privacy", "report", receipt, language],
  queryFn: (): Promise<ErasureReport> => call(client.POST("/privacy/report", { body: { receipt } })),
  enabled: receipt !== "",
  retry: false,
  refetchInterval: ({ state }) => (state.data?.state === "running" ? SOON : false),
});

/** Saves the archive on the person's device. The browser streams it to the disk; the session is refreshed before. */
export async function download({ id }: DataExport): Promise<void> {
  await call(client.GET("/privacy/exports/{export_id}", { params: { path: { export_id: id } } }));
  Object.assign(document.createElement("a"), { href: `/api/v1/privacy/exports/${id}/archive`, download: "" }).click();
}
