import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { SecondFactorStarted } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { copyText, CopyField } from "@/ui/CopyField";
import { Detail } from "@/ui/Detail";
import { Dialog } from "@/ui/Dialog";
import { ErrorState } from "@/ui/ErrorState";
import { PasswordField, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { ListSkeleton } from "@/ui/List";
import { useMay } from "@/ui/Need";
import { Notice } from "@/ui/Notice";
import { ExactTime } from "@/ui/RelativeTime";
import { toastDone, toastError } from "@/ui/toast";
import classes from "./identity.module.css";
import { secondFactorQuery } from "./queries";

type Open = { codes: string[] } | { started: SecondFactorStarted } | "renew" | "disable" | null;

/** One-time codes: set up, fresh recovery codes, switch off. */
export function SecondFactor() {
  const { t } = useTranslation("identity");
  const cache = useQueryClient();
  const may = useMay()("factors:write");
  const { data, isPending, error, refetch } = useQuery(secondFactorQuery);
  const [open, setOpen] = useState<Open>(null);
  const [busy, setBusy] = useState(false);
  const close = () => { setOpen(null); void cache.invalidateQueries({ queryKey: ["second-factor"] }); };
  const begin = async () => {
    setBusy(true);
    try { setOpen({ started: await call(client.POST("/me/second-factor")) }); } catch (failure) { toastError(failure); } finally { setBusy(false); }
  };
  if (isPending) return <ListSkeleton rows={1} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.stack}>
      <Detail items={[
        { label: t("state"), value: <Badge tone={data.enabled ? "good" : "plain"}>{t(data.enabled ? "on" : "off")}</Badge> },
        ...(data.since ? [{ label: t("since"), value: <ExactTime at={data.since} /> }, { label: t("codes_left"), value: <Num>{String(data.recovery_codes_left)}</Num> }] : []),
      ]} />
      {data.enabled && data.recovery_codes_left < 3 && <Notice tone="warn">{t("codes_low")}</Notice>}
      {may && (
        <div className={classes.buttons}>
          {!data.enabled && <Button loading={busy} onClick={() => void begin()}>{t("set_up")}</Button>}
          {data.enabled && <Button variant="default" onClick={() => setOpen("renew")}>{t("new_codes")}</Button>}
          {data.enabled && <Button variant="default" onClick={() => setOpen("disable")}>{t("switch_off")}</Button>}
        </div>
      )}
      {open !== null && typeof open === "object" && "started" in open && <Confirm started={open.started} onClose={close} onDone={(codes) => setOpen({ codes })} />}
      {open !== null && typeof open === "object" && "codes" in open && <Codes codes={open.codes} onClose={close} />}
      {open === "renew" && <Prove title={t("new_codes")} text={t("new_codes_text")} onClose={close} send={async (proof) => setOpen({ codes: (await call(client.POST("/me/second-factor/recovery-codes", { body: proof }))).codes })} />}
      {open === "disable" && <Prove title={t("switch_off")} text={t("switch_off_text")} onClose={close} send={async (proof) => { await call(client.POST("/me/second-factor/disable", { body: proof })); toastDone(t("switched_off")); close(); }} />}
    </div>
  );
}

function Confirm({ started, onClose, onDone }: { started: SecondFactorStarted; onClose: () => void; onDone: (codes: string[]) => void }) {
  const { t } = useTranslation("identity");
  const form = useForm({ mode: "uncontrolled", initialValues: { code: "" }, validate: { code: (value) => (/^\d{6}$/.test(value.replaceAll(" ", "")) ? null : t("six_digits")) } });
  return (
    <Dialog opened onClose={onClose} title={t("set_up")}>
      <div className={classes.stack}>
        <p>{t("scan_text")}</p>
        <img className={classes.qr} src={started.qr} alt={t("scan_alt")} />
        <CopyField value={started.secret} label={t("secret")} />
        <Form form={form} submit={t("switch_on")} secondary={<Button variant="subtle" onClick={onClose}>{t("cancel")}</Button>}
          onSubmit={async ({ code }) => onDone((await call(client.POST("/me/second-factor/confirm", { body: { code: code.replaceAll(" ", "") } }))).codes)}>
          <TextField label={t("first_code")} description={t("first_code_hint")} dir="ltr" inputMode="numeric" autoComplete="one-time-code" key={form.key("code")} {...form.getInputProps("code")} />
        </Form>
      </div>
    </Dialog>
  );
}

function Codes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation("identity");
  const copy = async () => { if (await copyText(codes.join("\n"))) toastDone(t("codes_copied")); };
  return (
    <Dialog opened onClose={onClose} title={t("recovery_codes")}>
      <div className={classes.stack}>
        <Notice tone="warn">{t("codes_once")}</Notice>
        <ul className={classes.codes} dir="ltr" aria-label={t("recovery_codes")}>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
        <div className={classes.buttons}>
          <Button variant="default" onClick={() => void copy()}>{t("copy_all")}</Button>
          <Button onClick={onClose}>{t("codes_kept")}</Button>
        </div>
      </div>
    </Dialog>
  );
}

interface ProveProps { title: string; text: string; onClose: () => void; send: (proof: { password?: string; code?: string }) => Promise<unknown> }

/** Asks for the password, or a code where there is none at hand. */
function Prove({ title, text, onClose, send }: ProveProps) {
  const { t } = useTranslation("identity");
  const form = useForm({ mode: "uncontrolled", initialValues: { password: "", code: "" }, validate: { password: (value, values) => (value || values.code ? null : t("one_of_both")) } });
  return (
    <Dialog opened onClose={onClose} title={title}>
      <div className={classes.stack}>
        <p>{text}</p>
        <Form form={form} submit={title} secondary={<Button variant="subtle" onClick={onClose}>{t("cancel")}</Button>} onSubmit={({ password, code }) => send(password ? { password } : { code: code.trim() })}>
          <PasswordField label={t("password")} autoComplete="current-password" revealLabel={t("show_password")} key={form.key("password")} {...form.getInputProps("password")} />
          <TextField label={t("or_code")} description={t("code_hint")} dir="ltr" autoComplete="one-time-code" key={form.key("code")} {...form.getInputProps("code")} />
        </Form>
      </div>
    </Dialog>
  );
}
