/** What waits for the person's word, wherever they are. */
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Approval } from "@/api/types";
import { useMay } from "@/ui/Need";
import { approvalsQuery } from "./queries";

/** The requests that wait, newest first, as far as the first page goes; `more` where there are others. */
export function useWaiting(): { requests: Approval[]; more: boolean } {
  const may = useMay();
  const { data } = useInfiniteQuery({ ...approvalsQuery("pending"), enabled: may("approvals:read") });
  const first = data?.pages[0];
  return { requests: first?.items ?? [], more: Boolean(first?.next_cursor) };
}

/** The count as a badge shows it. */
export function countOf({ requests, more }: { requests: Approval[]; more: boolean }): string {
  return more ? `${requests.length}+` : String(requests.length);
}
