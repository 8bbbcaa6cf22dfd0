import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { ConnectModel } from "./ConnectModel";

/** A new connection: the same steps as in the first run. */
export function AddConnection() {
  const { t } = useTranslation("models");
  const navigate = useNavigate();
  return (
    <SettingsPage title={t("add_connection")} scope="models:connect" crumbs={[{ label: t("title"), to: "/settings/models" }]}>
      <ConnectModel onDone={() => void navigate({ to: "/settings/models" })} />
    </SettingsPage>
  );
}
