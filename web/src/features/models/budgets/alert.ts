/** Tells that a share of a budget is spent; fetched with the first such event. */
import i18next from "i18next";
import type { DomainEvent } from "@/api/live";
import type { Me } from "@/api/types";
import { toastNote } from "@/ui/toast";
import { type Named, nameOf } from "./names";
import { findBudget } from "./queries";

/** “80% of your daily budget is spent.” Who sets budgets of others hears of them too, and is told that they are others'. */
export async function tellThreshold({ data }: DomainEvent, me: Me): Promise<void> {
  const { budget_id, percent, ...budget } = data as unknown as Named & { budget_id: string; percent: number };
  const [found] = await Promise.all([
    budget.kind === "person" && me.scopes.includes("models:budget_all") ? findBudget(budget_id, true) : null,
    i18next.loadNamespaces(["budgets", "models"]),
  ]);
  const another = Boolean(found?.person_id) && found?.person_id !== me.id;
  const name = nameOf(i18next.t, budget, { another });
  toastNote(i18next.t(percent >= 100 ? "budgets:alert_all" : "budgets:alert", { percent, name }), { to: "/settings/budgets", label: i18next.t("budgets:title") });
}
