/** Tells that a node went away or is back; fetched with the first such event. */
import i18next from "i18next";
import type { DomainEvent } from "@/api/live";
import { toastNote } from "@/ui/toast";

export async function tellNode({ type, data }: DomainEvent): Promise<void> {
  await i18next.loadNamespaces("nodes");
  toastNote(i18next.t(type === "node.down" ? "nodes:alert_down" : "nodes:alert_back", { name: String(data.name) }), { to: "/settings/nodes", label: i18next.t("nodes:title") });
}
