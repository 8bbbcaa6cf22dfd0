import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "@/app/i18n";
import type { NewPerson } from "@/api/types";
import { PasswordField, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";

/** The device's zone, or UTC where the browser hides it. */
export function deviceZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

interface PersonFormProps { submit: string; onSubmit: (person: NewPerson & { token: string }) => Promise<unknown>; token?: string; /** Ask for the token: the link was opened without it. */ askToken?: boolean }

/** Name, login and password of someone new: the owner, or someone who joins. */
export function PersonForm({ submit, onSubmit, token = "", askToken = false }: PersonFormProps) {
  const { t } = useTranslation("identity");
  const required = (value: string) => (value.trim() ? null : t("required"));
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { token, name: "", login: "", password: "" },
    validate: { name: required, login: required, password: (value) => (value ? null : t("password_missing")), token: askToken ? required : () => null },
  });
  return (
    <Form form={form} submit={submit} block onSubmit={(values) => onSubmit({ ...values, token: tokenFrom(values.token), login: values.login.trim(), language: currentLanguage(), time_zone: deviceZone() })}>
      {askToken && <TextField label={t("link_or_token")} description={t("link_or_token_hint")} dir="ltr" autoComplete="off" key={form.key("token")} {...form.getInputProps("token")} />}
      <TextField label={t("name")} description={t("name_hint")} autoComplete="name" dir="auto" key={form.key("name")} {...form.getInputProps("name")} />
      <TextField label={t("login")} description={t("login_hint")} autoComplete="username" autoCapitalize="none" spellCheck={false} dir="ltr" key={form.key("login")} {...form.getInputProps("login")} />
      <PasswordField label={t("password")} description={t("password_hint")} autoComplete="new-password" revealLabel={t("show_password")} key={form.key("password")} {...form.getInputProps("password")} />
    </Form>
  );
}

/** Accepts the whole link as well as the token after its `#`. */
export function tokenFrom(text: string): string {
  return text.trim().split("#").pop() ?? "";
}
