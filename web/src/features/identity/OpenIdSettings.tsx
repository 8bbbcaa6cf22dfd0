import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { OpenIdProvider } from "@/api/types";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { CopyField } from "@/ui/CopyField";
import { ErrorState } from "@/ui/ErrorState";
import { PasswordField, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { ListSkeleton } from "@/ui/List";
import { Notice } from "@/ui/Notice";
import { Section } from "@/ui/Page";
import { toastDone } from "@/ui/toast";
import classes from "./identity.module.css";
import { openIdProviderQuery } from "./queries";

/** Which OpenID provider people can sign in with. */
export function OpenIdSettings() {
  const { t } = useTranslation("identity");
  const { data, isPending, error, refetch } = useQuery(openIdProviderQuery);
  const provider = data?.items[0];
  return (
    <Section title={t("openid")} intro={t("openid_settings_intro")}>
      {isPending && <ListSkeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && (
        <div className={classes.stack}>
          <div><p className={classes.soft}>{t("openid_redirect")}</p><CopyField value={data.redirect_uri} label={t("openid_redirect")} /></div>
          {provider?.fixed && <Notice>{t("openid_fixed")}</Notice>}
          {!provider?.fixed && <ProviderForm key={provider?.issuer} provider={provider} />}
        </div>
      )}
    </Section>
  );
}

function ProviderForm({ provider }: { provider?: OpenIdProvider }) {
  const { t } = useTranslation("identity");
  const cache = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const required = (value: string) => (value.trim() ? null : t("required"));
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: provider?.name ?? "", issuer: provider?.issuer ?? "", client_id: provider?.client_id ?? "", client_secret: "" },
    validate: { name: required, issuer: required, client_id: required },
  });
  const reload = () => Promise.all(["openid-provider", "instance"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
  const save = async ({ client_secret, ...rest }: typeof form.values) => {
    await call(client.PUT("/instance/openid", { body: { ...rest, client_secret: client_secret || null } }));
    await reload();
    toastDone(t("openid_saved"));
  };
  const remove = async () => {
    await call(client.DELETE("/instance/openid"));
    await reload();
  };
  return (
    <>
      <Form form={form} submit={t("openid_save")} onSubmit={save} secondary={provider && <Button variant="subtle" onClick={() => setRemoving(true)}>{t("remove")}</Button>}>
        <TextField label={t("openid_name")} description={t("openid_name_hint")} dir="auto" maxLength={100} key={form.key("name")} {...form.getInputProps("name")} />
        <TextField label={t("openid_issuer")} description={t("openid_issuer_hint")} dir="ltr" inputMode="url" spellCheck={false} key={form.key("issuer")} {...form.getInputProps("issuer")} />
        <TextField label={t("openid_client")} dir="ltr" autoComplete="off" spellCheck={false} key={form.key("client_id")} {...form.getInputProps("client_id")} />
        <PasswordField label={t("openid_secret")} description={t(provider?.has_secret ? "openid_secret_kept" : "openid_secret_hint")} autoComplete="off" revealLabel={t("show_secret")} key={form.key("client_secret")} {...form.getInputProps("client_secret")} />
      </Form>
      <ConfirmDialog opened={removing} onClose={() => setRemoving(false)} title={t("openid_remove_confirm")} text={t("openid_remove_text")} confirm={t("remove")} onConfirm={remove} />
    </>
  );
}
