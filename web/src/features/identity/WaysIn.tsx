import { useTranslation } from "react-i18next";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { Section } from "@/ui/Page";
import { OpenIdLinks } from "./OpenIdLinks";
import { Passkeys } from "./Passkeys";
import { SecondFactor } from "./SecondFactor";

/** How one signs in: passkeys, and the second factor beside the password. */
export function WaysIn() {
  const { t } = useTranslation("identity");
  return (
    <SettingsPage title={t("ways_title")} intro={t("ways_intro")} scope="factors:read">
      <Section title={t("passkeys")} intro={t("passkeys_intro")}><Passkeys /></Section>
      <Section title={t("second_factor")} intro={t("second_factor_intro")}><SecondFactor /></Section>
      <OpenIdLinks />
    </SettingsPage>
  );
}
