import { ApiError } from "@/api/client";

/** `limits.paths.0` and `limits.most.amount` → the field of the form they are written in. */
export function atFields(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const fields = error.fields.map(({ path, ...rest }) => ({ ...rest, path: path.replace(/^(?:body\.)?limits\.(most\.currency|\w+).*/, (_, name: string) => (name === "most.currency" ? "currency" : name)) }));
  return new ApiError(error.status, error.code, error.message, fields, error.requestId);
}
