import type { ErrorComponentProps } from "@tanstack/react-router";
import i18next from "i18next";
import { ApiError } from "@/api/client";
import { ErrorState } from "./ErrorState";

const CHUNK = /dynamically imported module|importing a module script failed|error loading dynamically|unable to preload css/i;

/** True where a screen's own code could not be fetched: offline, or a new version replaced it. */
export function isMissingChunk(error: unknown): boolean {
  return error instanceof Error && CHUNK.test(error.message);
}

export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (isMissingChunk(error)) {
    const text = i18next.t(navigator.onLine ? "common:error.new_version" : "common:error.offline_screen");
    return <ErrorState error={new ApiError(navigator.onLine ? 500 : 0, "chunk.missing", text)} onRetry={() => window.location.reload()} />;
  }
  if (error instanceof ApiError) return <ErrorState error={error} onRetry={onRetry} />;
  console.error(error);
  return <ErrorState error={new Error(i18next.t("common:error.screen"))} onRetry={() => window.location.reload()} />;
}

/** What a route shows when loading it or drawing it failed. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  return <Failure error={error} onRetry={reset} />;
}
