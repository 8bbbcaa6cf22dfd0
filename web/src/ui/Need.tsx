import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/features/identity/queries";
import { EmptyState } from "./EmptyState";

/** Whether the person holds a scope. */
export function useMay(): (scope: string | undefined) => boolean {
  const { scopes } = useMe();
  return (scope) => !scope || scopes.includes(scope);
}

/** What a screen shows to someone who may not use it. */
export function Forbidden() {
  const { t } = useTranslation();
  return <EmptyState icon={Lock} title={t("forbidden.title")} text={t("forbidden.text")} />;
}

/** Shows its content to people who hold the scope, the forbidden state to others. */
export function Need({ scope, children }: { scope: string; children: ReactNode }) {
  const may = useMay();
  return may(scope) ? children : <Forbidden />;
}
