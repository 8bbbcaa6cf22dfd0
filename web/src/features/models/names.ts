import type { Model } from "@/api/types";

/** Whether it is no model but a way of choosing one for each request. */
export function isWay({ provider }: Model): boolean {
  return provider === "gitu";
}

/** A model's own name; of one that is gone, what its id says after the connection. */
export function nameOf(id: string, models: Model[]): string {
  return models.find((model) => model.id === id)?.name ?? id.slice(id.indexOf("/") + 1);
}
