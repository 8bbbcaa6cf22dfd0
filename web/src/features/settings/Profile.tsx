import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import { useMe } from "@/features/identity/queries";
import { Num } from "@/ui/Bidi";
import { Detail } from "@/ui/Detail";
import { PasswordField, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Section } from "@/ui/Page";
import { toastDone } from "@/ui/toast";
import { SettingsPage } from "./SettingsPage";

/** Who one is here: the name, and the password. */
export function Profile() {
  const { t } = useTranslation("settings");
  const me = useMe();
  return (
    <SettingsPage title={t("section.profile")} intro={t("profile.intro")}>
      <Section title={t("profile.account")}>
        <Detail items={[{ label: t("profile.login"), value: <Num>{me.login}</Num> }, { label: t("role.label"), value: t(`role.${me.role}`) }]} />
        <NameForm />
      </Section>
      <Section title={t("profile.password")} intro={t("profile.password_intro")}><PasswordForm /></Section>
    </SettingsPage>
  );
}

function NameForm() {
  const { t } = useTranslation("settings");
  const cache = useQueryClient();
  const me = useMe();
  const form = useForm({ mode: "uncontrolled", initialValues: { name: me.name }, validate: { name: (value) => (value.trim() ? null : t("required")) } });
  const save = async ({ name }: { name: string }) => {
    cache.setQueryData(["me"], await call(client.PATCH("/me", { body: { name: name.trim() } })));
    toastDone(t("saved"));
  };
  return (
    <Form form={form} submit={t("save")} onSubmit={save}>
      <TextField label={t("profile.name")} description={t("profile.name_hint")} autoComplete="name" dir="auto" maxLength={100} key={form.key("name")} {...form.getInputProps("name")} />
    </Form>
  );
}

function PasswordForm() {
  const { t } = useTranslation("settings");
  const me = useMe();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { current: "", new: "" },
    validate: { current: (value) => (value ? null : t("required")), new: (value) => (value ? null : t("required")) },
  });
  const save = async (values: { current: string; new: string }) => {
    await call(client.POST("/me/password", { body: values }));
    form.reset();
    toastDone(t("profile.password_changed"));
  };
  return (
    <Form form={form} submit={t("profile.change_password")} onSubmit={save}>
      {/* Password managers file the new password under this name. */}
      <input type="text" name="username" autoComplete="username" value={me.login} readOnly hidden />
      <PasswordField label={t("profile.current")} autoComplete="current-password" revealLabel={t("show_password")} key={form.key("current")} {...form.getInputProps("current")} />
      <PasswordField label={t("profile.new")} description={t("profile.new_hint")} autoComplete="new-password" revealLabel={t("show_password")} key={form.key("new")} {...form.getInputProps("new")} />
    </Form>
  );
}
