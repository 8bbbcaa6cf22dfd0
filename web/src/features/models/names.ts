import type { Model } from "@/api/types";

/** A model's own name; of one that is gone, what its id says after the connection. */
export function nameOf(id: string, models: Model[]): string {
  return models.find((model) => model.id === id)?.name ?? id.slice(id.indexOf("/") + 1);
}
