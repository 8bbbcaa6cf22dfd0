import { useForm } from "@mantine/form";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { ActionInfo, Scope } from "@/api/types";
import { actionsQuery } from "@/features/assistant/queries";
import { keysQuery, scopesQuery } from "@/features/settings/queries";
import { Button } from "@/ui/Button";
import { Check, type Option, SelectField } from "@/ui/Choice";
import { Dialog } from "@/ui/Dialog";
import { ErrorState } from "@/ui/ErrorState";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { ListSkeleton } from "@/ui/List";
import { revealed } from "@/ui/revealed";
import { LimitField } from "./RememberFields";
import { atFields } from "./atFields";
import { KINDS, NOTHING, limitsOf } from "./limits";
import classes from "./Request.module.css";

const ENDS = ["1", "7", "30", "365", "never"] as const;

function endOf(days: string): string | null { return days === "never" ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString(); }

/** Makes a permission by hand: for whom, what, how far, until when, and why. */
export function CreateGrant({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("trust");
  const cache = useQueryClient();
  const keys = useInfiniteQuery(keysQuery);
  const scopes = useQuery(scopesQuery);
  const actions = useQuery(actionsQuery);
  const form = useForm({
    initialValues: { delegate: "agent", covers: "", expires_at: "30", reason: "", after_outside: false, ...NOTHING },
    validate: { covers: (value) => (value ? null : t("grants.covers_missing")), currency: (value, { most }) => (most.trim() && !/^[A-Za-z]{3}$/.test(value.trim()) ? t("grants.currency_missing") : null) },
  });
  const create = async ({ delegate, covers, expires_at, reason, after_outside, ...draft }: typeof form.values) => {
    try {
      await call(client.POST("/grants", { body: { delegate, covers, limits: limitsOf(draft), after_outside, expires_at: endOf(expires_at), reason } }));
    } catch (error) { throw atFields(error); }
    await cache.invalidateQueries({ queryKey: ["grants"] });
    onClose();
  };
  const failed = scopes.error ?? actions.error;
  const programs = keys.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Dialog opened onClose={onClose} title={t("grants.add")}>
      <Form form={form} submit={t("grants.add")} onSubmit={create} secondary={<Button variant="subtle" onClick={onClose}>{t("common:cancel")}</Button>}>
        {failed && <ErrorState error={failed} onRetry={() => { void scopes.refetch(); void actions.refetch(); }} />}
        {!failed && (scopes.isPending || actions.isPending) && <ListSkeleton rows={2} />}
        {scopes.data && actions.data && (
          <>
            <SelectField label={t("grants.for")} value={form.values.delegate} options={[{ value: "agent", label: t("actor.agent") }, ...programs.map(({ id, name }) => ({ value: `api_key:${id}`, label: revealed(name), group: t("grants.programs") }))]} onChange={(value) => form.setFieldValue("delegate", value)} />
            <SelectField label={t("grants.what")} description={t("grants.what_hint")} value={form.values.covers} error={form.errors.covers} options={covered(scopes.data, actions.data, t("grants.choose"), t("grants.reading"), t("grants.scopes"), t("grants.actions"))} onChange={(value) => form.setFieldValue("covers", value)} />
            <details className={classes.input}>
              <summary>{t("grants.limits")}</summary>
              <div className={classes.bounds}>
                <p className={classes.decided}>{t("grants.limits_hint")}</p>
                {KINDS.map((kind) => <LimitField key={kind} kind={kind} value={form.values[kind]} error={form.errors[kind] as string | undefined} onChange={(text) => form.setFieldValue(kind, text)} />)}
                <TextField label={t("limits.most")} inputMode="decimal" dir="ltr" placeholder="100.00" {...form.getInputProps("most")} />
                <TextField label={t("grants.currency")} dir="ltr" placeholder="SAR" maxLength={3} {...form.getInputProps("currency")} />
              </div>
            </details>
            <SelectField label={t("grants.expires")} value={form.values.expires_at} options={ENDS.map((value) => ({ value, label: value === "never" ? t("grants.never") : t("grants.days", { count: Number(value) }) }))} onChange={(value) => form.setFieldValue("expires_at", value)} />
            <TextField label={t("grants.reason")} dir="auto" maxLength={500} {...form.getInputProps("reason")} />
            <Check label={t("card.after_outside")} description={t("card.after_outside_text")} checked={form.values.after_outside} onChange={(on) => form.setFieldValue("after_outside", on)} />
          </>
        )}
      </Form>
    </Dialog>
  );
}

/** Everything kept here, a permission, or one action by its name. */
function covered(scopes: Scope[], actions: ActionInfo[], choose: string, reading: string, ofScopes: string, ofActions: string): Option[] {
  return [
    { value: "", label: choose, disabled: true }, { value: "read", label: reading },
    ...scopes.map(({ scope, title }) => ({ value: scope, label: title, group: ofScopes })),
    ...actions.filter(({ doors }) => doors.includes("agent")).map(({ name, summary }) => ({ value: name, label: summary, group: ofActions })),
  ];
}
