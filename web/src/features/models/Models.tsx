import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { SettingsPage } from "@/features/settings/SettingsPage";
import button from "@/ui/Button.module.css";
import { useMay } from "@/ui/Need";
import { Section } from "@/ui/Page";
import { Connections } from "./Connections";
import { Defaults } from "./Defaults";
import { ModelTable } from "./ModelTable";
import { Offers } from "./Offers";
import { isWay } from "./names";
import { modelsQuery } from "./queries";

/** The connections to models, which model answers by default, and what each costs. */
export function Models() {
  const { t } = useTranslation("models");
  const may = useMay();
  const { data: models = [] } = useQuery(modelsQuery);
  const add = may("models:connect") && (
    <Link to="/settings/models/add" className={button.button} data-variant="primary"><Plus size={16} aria-hidden /><span>{t("add_connection")}</span></Link>
  );
  return (
    <SettingsPage title={t("title")} intro={t("intro")} scope="models:read" actions={add}>
      <Section title={t("connections")}><Connections /></Section>
      {may("models:share") && <Offers />}
      {models.length > 0 && <Section title={t("default_title")} intro={t("default_intro")}><Defaults models={models} /></Section>}
      {models.length > 0 && <Section title={t("prices_title")} intro={t("prices_intro")}><ModelTable models={models.filter((model) => !isWay(model))} /></Section>}
    </SettingsPage>
  );
}
