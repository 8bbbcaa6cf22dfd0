import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { Language, ThemeChoice } from "@/api/types";
import { usePreferences } from "@/app/preferences";
import { deviceZone } from "@/features/identity/PersonForm";
import { useMe } from "@/features/identity/queries";
import { Check, Segments } from "@/ui/Choice";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Section } from "@/ui/Page";
import { toastDone } from "@/ui/toast";
import { SettingsPage } from "./SettingsPage";
import classes from "./settings.module.css";

/** How this place looks and when it keeps quiet. Language and theme take hold at once; the rest is saved. */
export function Preferences() {
  const { t } = useTranslation("settings");
  return (
    <SettingsPage title={t("section.preferences")}>
      <Section title={t("preferences.look")}><Look /></Section>
      <Section title={t("preferences.time")}><TimeForm /></Section>
    </SettingsPage>
  );
}

const LANGUAGES: { value: Language; label: string }[] = [{ value: "en", label: "English" }, { value: "ar", label: "العربية" }];
const THEMES: ThemeChoice[] = ["system", "light", "dark"];

function Look() {
  const { t, i18n } = useTranslation("settings");
  const { theme, apply } = usePreferences();
  return (
    <div className={classes.stack}>
      <div className={classes.labelled}>
        <span aria-hidden>{t("preferences.language")}</span>
        <Segments label={t("preferences.language")} value={i18n.language} options={LANGUAGES} onChange={(language) => apply({ language: language as Language })} />
      </div>
      <div className={classes.labelled}>
        <span aria-hidden>{t("preferences.theme")}</span>
        <Segments label={t("preferences.theme")} value={theme} options={THEMES.map((value) => ({ value, label: t(`common:theme.${value}`) }))} onChange={(value) => apply({ theme: value as ThemeChoice })} />
      </div>
    </div>
  );
}

/** Every zone this browser knows, by its name, with what its clock says now. */
function zones(language: string): { name: string; now: string }[] {
  const moment = new Date();
  const clock = (timeZone: string) => new Intl.DateTimeFormat(`${language}-u-nu-latn`, { timeZone, hour: "2-digit", minute: "2-digit", hour12: false }).format(moment);
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])].map((name) => ({ name, now: clock(name) }));
}

function TimeForm() {
  const { t, i18n } = useTranslation("settings");
  const cache = useQueryClient();
  const { preferences } = useMe();
  const known = useMemo(() => zones(i18n.language), [i18n.language]);
  const form = useForm({
    initialValues: { time_zone: preferences.time_zone, quiet: Boolean(preferences.quiet_hours), start: preferences.quiet_hours?.start ?? "22:00", end: preferences.quiet_hours?.end ?? "07:00" },
    validate: {
      time_zone: (value) => (known.some(({ name }) => name === value) ? null : t("preferences.zone_unknown")),
      start: (value, { quiet }) => (quiet && !value ? t("required") : null),
      end: (value, { quiet, start }) => (!quiet ? null : !value ? t("required") : value === start ? t("preferences.quiet_same") : null),
    },
  });
  const save = async ({ time_zone, quiet, start, end }: typeof form.values) => {
    cache.setQueryData(["me"], await call(client.PATCH("/me/preferences", { body: { time_zone, quiet_hours: quiet ? { start, end } : null } })));
    toastDone(t("saved"));
  };
  const device = deviceZone();
  return (
    <Form form={form} submit={t("save")} onSubmit={save}>
      <TextField
        label={t("preferences.zone")} description={t("preferences.zone_hint")} list="zones" dir="ltr" spellCheck={false} autoComplete="off"
        onFocus={(event) => event.currentTarget.select()} {...form.getInputProps("time_zone")}
      />
      <datalist id="zones">{known.map(({ name, now }) => <option key={name} value={name}>{now}</option>)}</datalist>
      {device && device !== form.values.time_zone && (
        <button type="button" className={classes.link} onClick={() => form.setFieldValue("time_zone", device)}>{t("preferences.zone_device")} <bdi>{device}</bdi></button>
      )}
      <Check label={t("preferences.quiet")} description={t("preferences.quiet_hint")} checked={form.values.quiet} onChange={(quiet) => form.setFieldValue("quiet", quiet)} />
      {form.values.quiet && (
        <div className={classes.pair}>
          <TextField type="time" label={t("preferences.quiet_from")} dir="ltr" {...form.getInputProps("start")} />
          <TextField type="time" label={t("preferences.quiet_to")} dir="ltr" {...form.getInputProps("end")} />
        </div>
      )}
    </Form>
  );
}
