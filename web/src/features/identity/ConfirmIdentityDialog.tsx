import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client, sentence } from "@/api/client";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ErrorState } from "@/ui/ErrorState";
import { PasswordField, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Notice } from "@/ui/Notice";
import { OpenIdButton } from "./OpenIdButton";
import classes from "./identity.module.css";
import { askPasskey, passkeysWork } from "./passkey";
import { confirmationQuery } from "./queries";

/** By passkey, password, code, or by signing in again with the provider: whatever this person has. */
export function ConfirmIdentityDialog({ onEnd }: { onEnd: (confirmed: boolean) => void }) {
  const { t } = useTranslation("identity");
  const { data: ways, error, refetch } = useQuery(confirmationQuery);
  if (!ways && !error) return null; // it opens with what to fill in, so that the cursor is there
  const byPasskey = ways?.passkey && passkeysWork();
  return (
    <Dialog opened onClose={() => onEnd(false)} title={t("confirm_title")}>
      <div className={classes.stack}>
        <p>{t("confirm_text")}</p>
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {byPasskey && <ByPasskey onDone={() => onEnd(true)} />}
        {ways && (ways.password || ways.code) && <ByPasswordOrCode password={ways.password} code={ways.code} first={!byPasskey} onEnd={onEnd} />}
        {ways?.openid && !ways.password && <OpenIdButton name={ways.openid} next={window.location.pathname} />}
        {ways && !byPasskey && !ways.password && !ways.code && !ways.openid && <Notice tone="warn">{t("confirm_by_signing_in")}</Notice>}
      </div>
    </Dialog>
  );
}

function ByPasskey({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("identity");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const confirm = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const { ticket, options } = await call(client.POST("/me/confirmation/passkey/options"));
      const credential = await askPasskey(options);
      if (!credential) return;
      await call(client.POST("/me/confirmation/passkey", { body: { ticket, credential } }));
      onDone();
    } catch (error) { setFailure(sentence(error)); } finally { setBusy(false); }
  };
  return (
    <>
      <Button block loading={busy} icon={<KeyRound size={16} aria-hidden />} onClick={() => void confirm()}>{t("confirm_by_passkey")}</Button>
      {failure && <Notice tone="bad">{failure}</Notice>}
    </>
  );
}

interface ByPasswordOrCodeProps { password: boolean; code: boolean; first: boolean; onEnd: (confirmed: boolean) => void }

function ByPasswordOrCode({ password, code, first, onEnd }: ByPasswordOrCodeProps) {
  const { t } = useTranslation("identity");
  const missing = t(password && code ? "one_of_both" : password ? "password_missing" : "code_missing");
  const form = useForm({ mode: "uncontrolled", initialValues: { password: "", code: "" }, validate: password ? { password: (value, values) => (value || values.code ? null : missing) } : { code: (value) => (value.trim() ? null : missing) } });
  const send = async (given: typeof form.values) => {
    await call(client.POST("/me/confirmation", { body: given.password ? { password: given.password } : { code: given.code.trim() } }));
    onEnd(true);
  };
  return (
    <Form form={form} submit={t("confirm_submit")} onSubmit={send} secondary={<Button variant="subtle" onClick={() => onEnd(false)}>{t("cancel")}</Button>}>
      {password && <PasswordField label={t("password")} autoComplete="current-password" revealLabel={t("show_password")} data-autofocus={first || undefined} key={form.key("password")} {...form.getInputProps("password")} />}
      {code && <TextField label={t(password ? "or_code" : "code")} description={t("code_hint")} dir="ltr" autoComplete="one-time-code" key={form.key("code")} {...form.getInputProps("code")} />}
    </Form>
  );
}
