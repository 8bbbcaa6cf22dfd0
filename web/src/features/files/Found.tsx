import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { File, Folder, SearchX } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Num } from "@/ui/Bidi";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { TextField } from "@/ui/Field";
import { ListSkeleton, Row } from "@/ui/List";
import list from "@/ui/List.module.css";
import { Notice } from "@/ui/Notice";
import { PathText } from "./Diff";
import classes from "./files.module.css";
import { matchesQuery } from "./queries";
import type { FilesSearch } from "./routes";

export function SearchField({ value, onChange }: { value: string; onChange: (text: string | undefined) => void }) {
  const { t } = useTranslation("files");
  const [text, setText] = useState(value);
  const [wanted] = useDebouncedValue(text.trim(), 350);
  useEffect(() => {
    if (wanted !== value) onChange(wanted || undefined);
    // Only what was typed starts a search; a new address alone does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted]);
  return <TextField type="search" label={t("search")} dir="auto" maxLength={200} value={text} onChange={(event) => setText(event.currentTarget.value)} />;
}

/** What a search found: names, and lines of texts. */
export function Found({ search }: { search: FilesSearch }) {
  const { t } = useTranslation("files");
  const query = useQuery(matchesQuery(search));
  if (query.isPending) return <ListSkeleton />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { items, stopped } = query.data;
  return (
    <div className={classes.stack}>
      {stopped && <Notice tone="warn">{t(`stopped.${stopped}`)}</Notice>}
      {items.length === 0 ? <EmptyState icon={SearchX} title={t("nothing")} text={t("nothing_text")} /> : (
        <ul className={list.list} aria-label={t("matches")}>
          {items.map((match, index) => (
            <li key={index} className={list.row}>
              <Row
                icon={match.kind === "folder" ? <Folder size={18} aria-hidden /> : <File size={18} aria-hidden />}
                title={<Link to={match.kind === "folder" ? "/files" : "/files/open"} search={{ folder: search.folder, path: match.path }} className={classes.name}><PathText>{match.path}</PathText></Link>}
                detail={match.line !== null && <><Num>{match.line}</Num><span className={classes.found}>{match.text}</span></>}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
