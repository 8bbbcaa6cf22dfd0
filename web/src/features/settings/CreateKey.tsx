import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LimitField } from "@/features/trust/RememberFields";
import { atFields } from "@/features/trust/atFields";
import { type Draft, KINDS, NOTHING, limitsOf } from "@/features/trust/limits";
import { call, client } from "@/api/client";
import type { Scope } from "@/api/types";
import { Button } from "@/ui/Button";
import { Check, SelectField } from "@/ui/Choice";
import { CopyField } from "@/ui/CopyField";
import { Dialog } from "@/ui/Dialog";
import { ErrorState } from "@/ui/ErrorState";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { ListSkeleton } from "@/ui/List";
import { Notice } from "@/ui/Notice";
import { scopesQuery } from "./queries";
import classes from "./settings.module.css";

const DAYS = ["30", "90", "365", "never"];

const GATEWAY = "models:use";

/** A whole number of requests; null for none given, undefined for what is no such number. */
function perMinute(written: string): number | null | undefined {
  const text = written.trim().replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  if (!text) return null;
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}

/** An expiry so many days from now, or none. */
function expiry(choice: string): string | null {
  return choice === "never" ? null : new Date(Date.now() + Number(choice) * 86_400_000).toISOString();
}

/** Asks for a new key's name, permissions and life; then shows the secret, this once. */
export function CreateKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("settings");
  const cache = useQueryClient();
  const scopes = useQuery(scopesQuery);
  const [secret, setSecret] = useState<string | null>(null);
  const form = useForm({
    initialValues: { name: "", scopes: [] as string[], expires_at: "90", per_minute: "", reads: true, unasked: [] as string[], ...NOTHING, paths: "*" },
    validate: { name: (value) => (value.trim() ? null : t("required")), scopes: (value) => (value.length > 0 ? null : t("keys.scopes_missing")), per_minute: (value) => (perMinute(value) === undefined ? t("keys.per_minute_wrong") : null) },
  });
  const create = async ({ name, scopes: chosen, expires_at, per_minute, reads, unasked, ...draft }: typeof form.values) => {
    const body = { name: name.trim(), scopes: chosen, expires_at: expiry(expires_at), requests_per_minute: chosen.includes(GATEWAY) ? perMinute(per_minute) ?? null : null, reads, unasked: unasked.filter((scope) => chosen.includes(scope)), limits: limitsOf(draft) };
    let created;
    try { created = await call(client.POST("/api-keys", { body })); } catch (error) { throw atFields(error); }
    setSecret(created.secret);
    await cache.invalidateQueries({ queryKey: ["api-keys"] });
  };
  if (secret) {
    return (
      <Dialog opened onClose={onClose} title={t("keys.created")}>
        <div className={classes.stack}>
          <Notice tone="warn">{t("keys.shown_once")}</Notice>
          <CopyField value={secret} label={t("keys.secret")} />
          <div><Button onClick={onClose}>{t("keys.copied_it")}</Button></div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog opened onClose={onClose} title={t("keys.create")}>
      <Form form={form} submit={t("keys.create")} onSubmit={create} secondary={<Button variant="subtle" onClick={onClose}>{t("cancel")}</Button>}>
        <TextField label={t("keys.name")} description={t("keys.name_hint")} dir="auto" maxLength={100} data-autofocus {...form.getInputProps("name")} />
        <SelectField label={t("keys.expiry")} options={DAYS.map((value) => ({ value, label: value === "never" ? t("keys.never") : t("keys.days", { count: Number(value) }) }))} value={form.values.expires_at} onChange={(value) => form.setFieldValue("expires_at", value)} />
        {scopes.isPending && <ListSkeleton rows={3} />}
        {scopes.isError && <ErrorState error={scopes.error} onRetry={() => void scopes.refetch()} />}
        {scopes.data && <Scopes scopes={scopes.data} chosen={form.values.scopes} error={form.errors.scopes as string | undefined} onChange={(chosen) => form.setFieldValue("scopes", chosen)} />}
        {form.values.scopes.includes(GATEWAY) && <TextField label={t("keys.per_minute")} description={t("keys.per_minute_hint")} dir="ltr" inputMode="numeric" placeholder="60" {...form.getInputProps("per_minute")} />}
        {scopes.data && form.values.scopes.length > 0 && <Unasked scopes={scopes.data.filter(({ scope }) => form.values.scopes.includes(scope))} values={form.values} errors={form.errors} onChange={(changes) => form.setValues(changes)} />}
      </Form>
    </Dialog>
  );
}

/** Permissions by feature: what comes before the colon of a scope. */
function Scopes({ scopes, chosen, error, onChange }: { scopes: Scope[]; chosen: string[]; error?: string; onChange: (chosen: string[]) => void }) {
  const { t } = useTranslation("settings");
  const features = [...new Set(scopes.map(({ scope }) => scope.split(":")[0]!))];
  const toggle = (scope: string, on: boolean) => onChange(on ? [...chosen, scope] : chosen.filter((other) => other !== scope));
  return (
    <fieldset className={classes.scopes} aria-describedby={error ? "scopes-error" : undefined}>
      <legend>{t("keys.may")}</legend>
      {features.map((feature) => (
        <fieldset key={feature}>
          <legend>{t(`feature.${feature}`, { defaultValue: feature })}</legend>
          {scopes.filter(({ scope }) => scope.startsWith(`${feature}:`)).map(({ scope, title }) => (
            <Check key={scope} label={title} checked={chosen.includes(scope)} onChange={(on) => toggle(scope, on)} />
          ))}
        </fieldset>
      ))}
      {error && <p id="scopes-error" className={classes.error} role="alert">{error}</p>}
    </fieldset>
  );
}

interface Freedom extends Draft { reads: boolean; unasked: string[] }
interface UnaskedProps { scopes: Scope[]; values: Freedom; errors: Record<string, unknown>; onChange: (changes: Partial<Freedom>) => void }

/** Of what the key may ask for: what it does at once, how far, and that it asks before everything else. */
function Unasked({ scopes, values, errors, onChange }: UnaskedProps) {
  const { t } = useTranslation(["settings", "trust"]);
  const changing = scopes.filter(({ reads, unasked }) => unasked && !reads);
  const toggle = (scope: string, on: boolean) => onChange({ unasked: on ? [...values.unasked, scope] : values.unasked.filter((other) => other !== scope) });
  const beyond = values.reads || values.unasked.length > 0;
  return (
    <fieldset className={classes.scopes}>
      <legend>{t("keys.unasked")}</legend>
      <Check label={t("keys.reads")} description={t("keys.reads_hint")} checked={values.reads} onChange={(reads) => onChange({ reads })} />
      {changing.map(({ scope, title }) => <Check key={scope} label={title} checked={values.unasked.includes(scope)} onChange={(on) => toggle(scope, on)} />)}
      <p className={classes.rest}>{t("keys.asks_rest")}</p>
      {beyond && (
        <details className={classes.limits}>
          <summary>{t("trust:grants.limits")}</summary>
          <p className={classes.rest}>{t("trust:grants.limits_hint")}</p>
          {KINDS.map((kind) => <LimitField key={kind} kind={kind} value={values[kind]} error={errors[kind] as string | undefined} onChange={(text) => onChange({ [kind]: text })} />)}
        </details>
      )}
    </fieldset>
  );
}
