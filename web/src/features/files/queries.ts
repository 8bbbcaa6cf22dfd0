import { queryOptions } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { everyItem, pagedQuery } from "@/api/query";
import type { FilePreview } from "@/api/types";
import type { FilesSearch } from "./routes";

export const foldersQuery = queryOptions({ queryKey: ["files", "folders"], queryFn: () => everyItem((cursor) => call(client.GET("/files/folders", { params: { query: { cursor, limit: 100 } } }))) });
export const everyonesFoldersQuery = pagedQuery(["files", "everyone"], (cursor) => call(client.GET("/files/folders", { params: { query: { cursor, everyone: true } } })));
export const entriesQuery = ({ folder, path }: FilesSearch) => pagedQuery(["files", "entries", folder, path], (cursor) => call(client.GET("/files/entries", { params: { query: { cursor, folder_id: folder, path } } })));
export const changesQuery = (query: string) => pagedQuery(["files", "changes", query], (cursor) => call(client.GET("/files/changes", { params: { query: { cursor, ...(query && { query }) } } })));
export const runChangesQuery = (run_id: string) => pagedQuery(["files", "changes", "of-run", run_id], (cursor) => call(client.GET("/files/changes", { params: { query: { cursor, run_id } } })));

/** Matches are bounded, not paged: whoever finds too many looks for more. */
export const matchesQuery = ({ folder, path, query }: FilesSearch) => queryOptions({
  queryKey: ["files", "search", folder, path, query],
  queryFn: ({ signal }) => call(client.GET("/files/search", { params: { query: { folder_id: folder, path, query: query ?? "", limit: 100 } }, signal })),
});

/** More than this is no text that one edits in a browser. */
export const LONGEST = 1_000_000;
export const contentQuery = ({ folder, path }: FilesSearch) => queryOptions({
  // Not among the lists: what is being edited is not exchanged under the person's hands when the file changes.
  queryKey: ["file-content", folder, path],
  staleTime: Infinity, gcTime: 0, refetchOnMount: "always", refetchOnWindowFocus: false, refetchOnReconnect: false,
  queryFn: () => call(client.GET("/files/content", { params: { query: { folder_id: folder, path: path ?? "", limit: LONGEST } } })),
});

/** What a change would do, without doing it. */
export function preview(change: string, input: Record<string, unknown>): Promise<FilePreview> {
  return call(client.POST("/files/preview", { body: { change, input } }));
}

/** Saves a file on the person's device; over `fetch`, so that an expired session is refreshed first. */
export async function download({ folder, path = "" }: FilesSearch): Promise<void> {
  const blob = await call(client.GET("/files/download", { params: { query: { folder_id: folder, path } }, parseAs: "blob" }));
  const url = URL.createObjectURL(blob as Blob);
  const link = Object.assign(document.createElement("a"), { href: url, download: nameOf(path) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export async function upload(folder: string | undefined, path: string, file: File, overwrite: boolean): Promise<void> {
  await call(client.POST("/files/upload", {
    params: { query: { folder_id: folder, path, overwrite } },
    // The generated type knows bytes only as text.
    body: file as unknown as string, bodySerializer: (body) => body, headers: { "Content-Type": "application/octet-stream" },
  }));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** `a/b` and `c` → `a/b/c`. Names are composed, as the server keeps them. */
export function below(path: string | undefined, name: string): string {
  return `${path ? `${path}/` : ""}${name.normalize("NFC")}`;
}

/** The folder that holds it; undefined for the top. */
export function above(path: string): string | undefined {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : undefined;
}
