import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { Budget, BudgetCreate } from "@/api/types";
import { useMe } from "@/features/identity/queries";
import { Button } from "@/ui/Button";
import { Check, type Option, SelectField } from "@/ui/Choice";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { useMay } from "@/ui/Need";
import { Notice } from "@/ui/Notice";
import { revealed } from "@/ui/revealed";
import { toastDone } from "@/ui/toast";
import { amountOf } from "./amount";
import { conversationNamesQuery, featuresQuery, keyNamesQuery, peopleQuery } from "./queries";

/** What a budget counts, as it is chosen here: `other` is the person budget of somebody else. */
type Counted = Budget["kind"] | "other";
const OWN: Counted[] = ["person", "feature", "session", "key"];
const OF_ADMINS: Counted[] = ["instance", "everyone", "other"];
const NEEDS_SUBJECT = new Set<Counted>(["feature", "session", "key", "other"]);
const PERIODS: Budget["period"][] = ["day", "month", "total"];

/** Sets a budget: what it counts, how often it begins anew, how much, and what happens beyond it. */
export function AddBudget({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("budgets");
  const cache = useQueryClient();
  const may = useMay();
  const admin = may("models:budget_all");
  const form = useForm({
    initialValues: { kind: "person" as Counted, subject: "", period: "month" as Budget["period"], limit: "", hard: true },
    validate: {
      subject: (value, { kind }) => (NEEDS_SUBJECT.has(kind) && !value ? t("subject_missing") : null),
      limit: (value) => (amountOf(value) === null ? t("amount_invalid") : null),
    },
  });
  const { kind, subject, period, hard } = form.values;
  const save = async (values: typeof form.values) => {
    const other = values.kind === "other";
    const body: BudgetCreate = {
      kind: values.kind === "other" ? "person" : values.kind, period: values.period, limit: amountOf(values.limit)!, hard: values.hard,
      ...(other ? { person_id: values.subject } : { subject: values.subject }),
    };
    await call(client.POST("/models/budgets", { body }));
    await cache.invalidateQueries({ queryKey: ["models", "budgets"] });
    toastDone(t("common:saved"));
    onClose();
  };
  const kinds = [...OWN.filter((one) => one !== "key" || may("keys:read")), ...(admin ? OF_ADMINS.filter((one) => one !== "other" || may("users:read")) : [])];
  const options = kinds.map((value) => ({ value, label: t(`kind.${value}`), ...(admin && { group: t(OF_ADMINS.includes(value) ? "group_all" : "group_own") }) }));
  return (
    <Dialog opened onClose={onClose} title={t("add")}>
      <Form form={form} submit={t("set")} onSubmit={save} secondary={<Button variant="subtle" onClick={onClose}>{t("common:cancel")}</Button>}>
        <SelectField
          label={t("counts")} description={t(kind === "feature" && admin ? "kind_hint.feature_all" : `kind_hint.${kind}`)} options={options} value={kind} data-autofocus
          onChange={(value) => { form.setValues({ kind: value as Counted, subject: "" }); form.clearFieldError("subject"); }}
        />
        {NEEDS_SUBJECT.has(kind) && <Subject key={kind} kind={kind} value={subject} error={form.errors.subject as string | undefined} onChange={(value) => { form.setFieldValue("subject", value); form.clearFieldError("subject"); }} />}
        <SelectField label={t("period")} options={PERIODS.map((value) => ({ value, label: t(`period_choice.${value}`) }))} value={period} onChange={(value) => form.setFieldValue("period", value as Budget["period"])} />
        <Amount {...form.getInputProps("limit")} />
        <Hard hard={hard} onChange={(value) => form.setFieldValue("hard", value)} />
      </Form>
    </Dialog>
  );
}

/** Raises or lowers a budget, or changes what happens beyond it; what was spent stays. */
export function ChangeBudget({ budget, name, onClose }: { budget: Budget; name: string; onClose: () => void }) {
  const { t } = useTranslation("budgets");
  const cache = useQueryClient();
  const form = useForm({
    initialValues: { limit: budget.limit, hard: budget.hard },
    validate: { limit: (value) => (amountOf(value) === null ? t("amount_invalid") : null) },
  });
  const save = async ({ limit, hard }: typeof form.values) => {
    await call(client.PATCH("/models/budgets/{budget_id}", { params: { path: { budget_id: budget.id } }, body: { limit: amountOf(limit), hard } }));
    await cache.invalidateQueries({ queryKey: ["models", "budgets"] });
    toastDone(t("common:saved"));
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={name}>
      <Form form={form} submit={t("common:save")} onSubmit={save} secondary={<Button variant="subtle" onClick={onClose}>{t("common:cancel")}</Button>}>
        <Amount {...form.getInputProps("limit")} data-autofocus />
        <Hard hard={form.values.hard} onChange={(value) => form.setFieldValue("hard", value)} />
      </Form>
    </Dialog>
  );
}

function Amount(props: object) {
  const { t } = useTranslation("budgets");
  return <TextField {...props} label={t("amount")} description={t("amount_hint")} placeholder="10.00" dir="ltr" inputMode="decimal" autoComplete="off" maxLength={20} />;
}

function Hard({ hard, onChange }: { hard: boolean; onChange: (hard: boolean) => void }) {
  const { t } = useTranslation("budgets");
  return <Check label={t("refuse")} description={t(hard ? "hard_hint" : "soft_hint")} checked={hard} onChange={onChange} />;
}

interface SubjectProps { kind: Counted; value: string; error: string | undefined; onChange: (value: string) => void }

/** Which feature, conversation, key or person; chosen from those there are. */
function Subject(props: SubjectProps) {
  if (props.kind === "feature") return <Feature {...props} />;
  if (props.kind === "session") return <Conversation {...props} />;
  return props.kind === "key" ? <Key {...props} /> : <Person {...props} />;
}

function Feature(props: SubjectProps) {
  const { t } = useTranslation(["budgets", "models"]);
  const { data, error } = useQuery(featuresQuery);
  return <Offered {...props} label={t("kind.feature")} failure={error} offered={data?.map((value) => ({ value, label: t(`models:feature.${value}`, { defaultValue: value }) }))} />;
}

function Conversation(props: SubjectProps) {
  const { t } = useTranslation(["budgets", "common"]);
  const { data, error } = useQuery(conversationNamesQuery);
  return <Offered {...props} label={t("kind.session")} failure={error} none={t("no_conversation")} offered={data?.map(({ id, title }) => ({ value: id, label: revealed(title || t("common:untitled")) }))} />;
}

function Key(props: SubjectProps) {
  const { t } = useTranslation("budgets");
  const { data, error } = useQuery(keyNamesQuery);
  return <Offered {...props} label={t("kind.key")} failure={error} none={t("no_key")} offered={data?.map(({ id, name, prefix }) => ({ value: id, label: `${revealed(name)} (${prefix}…)` }))} />;
}

function Person(props: SubjectProps) {
  const { t } = useTranslation("budgets");
  const me = useMe();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const { data, error } = useQuery({ ...peopleQuery(search), placeholderData: (before) => before });
  return (
    <>
      {(text || data?.next_cursor) && <TextField type="search" label={t("search_people")} dir="auto" value={text} onChange={(event) => { setText(event.currentTarget.value); props.onChange(""); }} />}
      <Offered {...props} label={t("kind.other")} failure={error} none={t("nobody")} offered={data?.items.filter(({ id }) => id !== me.id).map(({ id, name, login }) => ({ value: id, label: `${revealed(name)} (${login})` }))} />
    </>
  );
}

interface OfferedProps extends SubjectProps { label: string; offered: Option[] | undefined; failure: Error | null; /** Said where there is none to choose. */ none?: string }

function Offered({ label, offered, failure, none, value, error, onChange }: OfferedProps) {
  const { t } = useTranslation("budgets");
  if (failure) return <Notice tone="bad">{failure.message}</Notice>;
  const empty = offered?.length === 0;
  return <SelectField label={label} value={value} disabled={!offered || empty} description={empty ? none : undefined} error={error} options={[{ value: "", label: t(offered ? "choose" : "common:loading") }, ...(offered ?? [])]} onChange={onChange} />;
}
