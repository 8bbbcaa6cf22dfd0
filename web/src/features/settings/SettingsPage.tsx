import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Crumb, Page } from "@/ui/Page";
import { Forbidden, useMay } from "@/ui/Need";
import { WIDE } from "./wide";

interface SettingsPageProps { title: string; intro?: ReactNode; actions?: ReactNode; /** Without it the forbidden state stands here. */ scope?: string; crumbs?: Crumb[]; children: ReactNode }

/** The frame of one section; a way back to the list of sections where that isn't in sight. */
export function SettingsPage({ scope, crumbs, children, actions, ...page }: SettingsPageProps) {
  const { t } = useTranslation("settings");
  const wide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  const way = [...(wide ? [] : [{ label: t("title"), to: "/settings" }]), ...(crumbs ?? [])];
  const allowed = useMay()(scope);
  return <Page {...page} actions={allowed ? actions : undefined} crumbs={way}>{allowed ? children : <Forbidden />}</Page>;
}
