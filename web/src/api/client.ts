/** The one place that talks HTTP: language, idempotency, refresh of an expired session, errors as `ApiError`. */
import createClient from "openapi-fetch";
import i18next from "i18next";
import { askConfirmation, needsConfirmation } from "./confirming";
import type { FieldProblem, Problem, paths } from "./types";

export const API_BASE = "/api/v1";

/** What went wrong with a request. `message` is already in the person's language. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: FieldProblem[] = [],
    readonly requestId?: string,
  ) {
    super(message);
    this.name = "ApiError";
  }

  /** True where no answer came at all, so that trying again later makes sense. */
  get unreachable(): boolean {
    return this.status === 0;
  }
}

/** A random id; `crypto.randomUUID` is missing where a page is served without TLS on a home network. */
export function uid(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function toError(response: Response, problem: Partial<Problem>): ApiError {
  const detail = problem.detail || i18next.t("common:error.status", { status: response.status });
  return new ApiError(response.status, problem.code ?? `http.${response.status}`, detail, problem.fields ?? [], problem.request_id ?? undefined);
}

let refreshing: Promise<boolean> | null = null;

/** Asks for new cookies once, however many requests found theirs expired. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= fetch(`${API_BASE}/auth/refresh`, { method: "POST", credentials: "same-origin" })
    .then((response) => response.ok)
    .catch(() => false)
    .finally(() => { refreshing = null; });
  return refreshing;
}

/** Within this a reading request is answered, or the person hears of it; a change may take what it takes. */
export const READ_WITHIN_MS = 15_000;

async function send(request: Request): Promise<Response> {
  const limit = new AbortController();
  const timer = request.method === "GET" ? setTimeout(() => limit.abort(), READ_WITHIN_MS) : undefined;
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, limit.signal]) });
  } catch (cause) {
    if (limit.signal.aborted) throw new ApiError(0, "network.slow", i18next.t("common:error.slow"));
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, "network.unreachable", i18next.t("common:error.unreachable"));
  } finally {
    clearTimeout(timer);
  }
}

async function sendAndRefresh(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await send(request);
  // The browser drops a cookie that ran out, so the server may say `auth.required` as well as `auth.expired`.
  if (response.status !== 401 || new URL(request.url).pathname.startsWith(`${API_BASE}/auth/`)) return response;
  return (await refreshSession()) ? send(again) : response;
}

/** Some requests need the person to show that it is them; they are sent again once that is done. */
async function sendConfirmed(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await sendAndRefresh(request);
  return (await needsConfirmation(response)) && (await askConfirmation()) ? sendAndRefresh(again) : response;
}

export const client = createClient<paths>({ baseUrl: API_BASE, credentials: "same-origin", fetch: sendConfirmed });

client.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", i18next.language || "en");
    if (request.method !== "GET" && !request.headers.has("Idempotency-Key")) request.headers.set("Idempotency-Key", uid());
    return request;
  },
});

/** Resolves to the answer, or throws `ApiError`. Use: `await call(client.GET("/me"))`. */
export async function call<T>(request: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await request;
  if (response.ok) return data as T;
  throw toError(response, error && typeof error === "object" ? (error as Partial<Problem>) : {});
}

/** The error as a sentence to show, whatever was thrown. */
export function sentence(error: unknown): string {
  if (error instanceof Error && error.message) return error.message;
  return i18next.t("common:error.unknown");
}
