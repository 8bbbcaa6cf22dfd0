import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/features/identity/queries";
import { Button } from "@/ui/Button";
import { Check, SelectField } from "@/ui/Choice";
import { EmptyState } from "@/ui/EmptyState";
import { TextField } from "@/ui/Field";
import { List } from "@/ui/List";
import { Need } from "@/ui/Need";
import { Page } from "@/ui/Page";
import { Entry } from "./Entry";
import { auditQuery } from "./queries";
import type { ActivitySearch } from "./routes";
import classes from "./trust.module.css";

const OUTCOMES = ["ok", "denied", "held", "failed"] as const;

/** The audit log: everything done or refused here, newest first. */
export function Activity() {
  const { t } = useTranslation("trust");
  const me = useMe();
  const everyone = me.role === "owner" || me.role === "admin";
  return (
    <Page title={t("activity.title")} intro={everyone ? t("activity.intro_all") : t("activity.intro_own")}>
      <Need scope="audit:read"><Log /></Need>
    </Page>
  );
}

function Log() {
  const { t } = useTranslation("trust");
  const navigate = useNavigate();
  const search = useSearch({ from: "/app/activity" });
  const query = useInfiniteQuery(auditQuery(search));
  const change = (changes: ActivitySearch) => void navigate({ to: "/activity", search: { ...search, ...changes }, replace: true });
  const filtered = Boolean(search.query ?? search.outcome ?? search.action);
  const clear = <Button variant="default" onClick={() => void navigate({ to: "/activity", search: { reads: true }, replace: true })}>{t("activity.clear")}</Button>;
  return (
    <>
      <search className={classes.filters}>
        <SearchField key={filtered ? "some" : "none"} value={search.query ?? ""} onChange={(text) => change({ query: text || undefined })} />
        <SelectField
          label={t("activity.outcome")} value={search.outcome ?? ""} options={[{ value: "", label: t("activity.any_outcome") }, ...OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))]}
          onChange={(value) => change({ outcome: OUTCOMES.find((outcome) => outcome === value) })}
        />
        <div className={classes.kind}><Check label={t("activity.changes_only")} checked={!search.reads} onChange={(only) => change({ reads: only ? undefined : true })} /></div>
        {search.action && <div className={classes.only}><span>{t("activity.only")} <code>{search.action}</code></span><Button variant="subtle" onClick={() => change({ action: undefined })}>{t("activity.all_actions")}</Button></div>}
      </search>
      <List
        query={query} label={t("activity.title")} keyOf={({ id }) => id} rows={8}
        empty={filtered
          ? <EmptyState icon={History} title={t("activity.nothing")} text={search.reads ? t("activity.nothing_text") : t("activity.nothing_changed_text")} action={clear} />
          : <EmptyState icon={History} title={t("activity.empty")} text={t("activity.empty_text")} />}
      >
        {(entry) => <Entry entry={entry} onOnly={(action) => change({ action, query: undefined })} />}
      </List>
    </>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation("trust");
  const [text, setText] = useState(value);
  const [wanted] = useDebouncedValue(text.trim(), 300);
  useEffect(() => {
    if (wanted !== value) onChange(wanted);
    // Only what was typed starts a search; a new address alone does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted]);
  return <TextField type="search" label={t("activity.search")} dir="auto" value={text} onChange={(event) => setText(event.currentTarget.value)} />;
}
