import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client, sentence } from "@/api/client";
import type { ErasurePreview } from "@/api/types";
import { askPasskey, passkeysWork } from "@/features/identity/passkey";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ErrorState } from "@/ui/ErrorState";
import { PasswordField, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { ListSkeleton } from "@/ui/List";
import { Notice } from "@/ui/Notice";
import { Amounts } from "./Amounts";
import { erasureQuery } from "./queries";
import classes from "./privacy.module.css";

export interface Proof { password?: string; code?: string; passkey?: { ticket: string; credential: Record<string, unknown> } }
export type Send = (given: Proof & { confirm: string }) => Promise<unknown>;

/** What goes and what stays, then the name typed and a proof of who asks; `person` is somebody else, for admins. */
export function EraseDialog({ person, onClose, send }: { person?: string; onClose: () => void; send: Send }) {
  const { t, i18n } = useTranslation("privacy");
  const { data, error, refetch } = useQuery({ ...erasureQuery(person, i18n.language), staleTime: 0 });
  return (
    <Dialog opened onClose={onClose} title={t(person ? "erase_title_them" : "erase_title")}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <ListSkeleton rows={3} />}
      {data && (
        <div className={classes.stack}>
          {data.blocked ? <Notice tone="warn" title={t("blocked")}>{data.blocked}</Notice> : <Notice tone="warn">{t(person ? "erase_no_way_back_them" : "erase_no_way_back")}</Notice>}
          <Amounts going={data.going} staying={data.staying} />
          <p className={classes.soft}>{t("elsewhere")}</p>
          {!data.blocked && <Confirm seen={data} onClose={onClose} send={send} />}
        </div>
      )}
    </Dialog>
  );
}

function Confirm({ seen, onClose, send }: { seen: ErasurePreview; onClose: () => void; send: Send }) {
  const { t } = useTranslation("privacy");
  const has = (way: ErasurePreview["proofs"][number]) => seen.proofs.includes(way);
  const typed = (value: string) => value.trim() === seen.confirm;
  const form = useForm({
    mode: "controlled",
    initialValues: { confirm: "", password: "", code: "" },
    validate: {
      confirm: (value) => (typed(value) ? null : t("confirm_wrong")),
      password: (value, { code }) => (value || code || has("sign_in") || !has("password") ? null : t("proof_needed")),
      code: (value) => (value || has("password") || !has("code") ? null : t("proof_needed")),
    },
  });
  const submit = ({ confirm, password, code }: typeof form.values) =>
    send({ confirm: confirm.trim(), ...(password ? { password } : code ? { code: code.trim() } : {}) });
  return (
    <>
      <Form form={form} submit={t("erase_now")} secondary={<Button variant="subtle" onClick={onClose}>{t("cancel")}</Button>} onSubmit={submit}>
        <TextField label={t("confirm_label", { login: seen.confirm })} dir="ltr" autoComplete="off" autoCapitalize="none" spellCheck={false} {...form.getInputProps("confirm")} />
        {has("password") && <PasswordField label={t("password")} autoComplete="current-password" revealLabel={t("show_password")} {...form.getInputProps("password")} />}
        {has("code") && <TextField label={t(has("password") ? "code" : "code_only")} dir="ltr" autoComplete="one-time-code" {...form.getInputProps("code")} />}
        {has("sign_in") && <Notice>{t("sign_in_proof")}</Notice>}
      </Form>
      {has("passkey") && passkeysWork() && <ByPasskey disabled={!typed(form.values.confirm)} onProven={(passkey) => send({ confirm: seen.confirm, passkey })} />}
    </>
  );
}

function ByPasskey({ disabled, onProven }: { disabled: boolean; onProven: (passkey: NonNullable<Proof["passkey"]>) => Promise<unknown> }) {
  const { t } = useTranslation("privacy");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const ask = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const { ticket, options } = await call(client.POST("/auth/passkey/options"));
      const credential = await askPasskey(options);
      if (credential) await onProven({ ticket, credential });
    } catch (error) { setFailure(sentence(error)); } finally { setBusy(false); }
  };
  return (
    <div className={classes.stack}>
      <p className={classes.soft}>{t("passkey_intro")}</p>
      {failure && <Notice tone="bad">{failure}</Notice>}
      <div className={classes.buttons}><Button variant="danger" disabled={disabled} loading={busy} icon={<KeyRound size={16} aria-hidden />} onClick={() => void ask()}>{t("with_passkey")}</Button></div>
    </div>
  );
}
