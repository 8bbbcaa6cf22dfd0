/** What a budget is called, in a sentence and as a title. */
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Budget } from "@/api/types";
import { useMe } from "@/features/identity/queries";
import { useMay } from "@/ui/Need";
import { revealed } from "@/ui/revealed";
import { conversationNamesQuery, keyNamesQuery, peopleQuery } from "./queries";

export type Named = Pick<Budget, "kind" | "subject" | "period">;

/** A name of unknown direction within a sentence: it can't disturb what stands around it. */
function isolated(name: string): string {
  return `\u2068${revealed(name)}\u2069`;
}

/** “your daily budget”. `name`: of what it is for; `another`: it counts the calls of somebody else. */
export function nameOf(t: TFunction, { kind, subject, period }: Named, { name, another = false }: { name?: string | undefined; another?: boolean } = {}): string {
  const words = { period: t(`budgets:period_word.${period}`) };
  if (kind === "instance" || kind === "everyone") return t(`budgets:name.${kind}`, words);
  if (kind === "feature") return t("budgets:name.feature", { ...words, subject: isolated(t(`models:feature.${subject}`, { defaultValue: subject })) });
  if (kind === "person" && !another) return t("budgets:name.person", words);
  return name ? t(`budgets:name.${kind === "person" ? "other" : kind}`, { ...words, subject: isolated(name) }) : t(`budgets:name.${kind === "person" ? "other" : kind}_unknown`, words);
}

/** As a title: with a capital where the language has them. */
export function titled(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Names of the budgets that are shown; what they are for is asked for all at once, and only where there is such a one. */
export function useNames(budgets: Budget[]): (budget: Budget) => string {
  const { t } = useTranslation(["budgets", "models"]);
  const me = useMe();
  const may = useMay();
  const some = (kind: Budget["kind"]) => budgets.some((budget) => budget.kind === kind);
  const of = (budget: Budget) => (budget.person_id && budget.person_id !== me.id ? budget.person_id : null);
  const { data: keys } = useQuery({ ...keyNamesQuery, enabled: some("key") && may("keys:read") });
  const { data: conversations } = useQuery({ ...conversationNamesQuery, enabled: some("session") });
  const { data: people } = useQuery({ ...peopleQuery(""), enabled: budgets.some(of) && may("users:read") });
  return (budget) => {
    const person = of(budget);
    const names: Partial<Record<Budget["kind"], string | undefined>> = {
      key: keys?.find(({ id }) => id === budget.subject)?.name,
      session: conversations?.find(({ id }) => id === budget.subject)?.title ?? undefined,
      person: people?.items.find(({ id }) => id === person)?.name,
    };
    return titled(nameOf(t, budget, { name: names[budget.kind], another: person !== null }));
  };
}
