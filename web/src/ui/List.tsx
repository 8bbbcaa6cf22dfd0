import { type InfiniteData, type UseInfiniteQueryResult } from "@tanstack/react-query";
import type { Key, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "@/api/types";
import { Button } from "./Button";
import { ErrorState } from "./ErrorState";
import classes from "./List.module.css";

interface ListProps<T> {
  /** `useInfiniteQuery(pagedQuery(...))` */
  query: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  /** What the list holds, for screen readers. */
  label: string;
  keyOf: (item: T) => Key;
  /** The inside of one row; usually `<Row …/>`. */
  children: (item: T) => ReactNode;
  /** Shown when there is nothing: an `<EmptyState>` that teaches how the first one comes. */
  empty: ReactNode;
  rows?: number;
}

/** A list that loads page by page, with its waiting, empty and failed states. */
export function List<T>({ query, label, keyOf, children, empty, rows = 4 }: ListProps<T>) {
  const { t } = useTranslation();
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) return <ListSkeleton rows={rows} />;
  if (query.isError && items.length === 0) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0) return empty;
  return (
    <div>
      <ul className={classes.list} aria-label={label} aria-busy={query.isFetching}>
        {items.map((item) => <li key={keyOf(item)} className={classes.row}>{children(item)}</li>)}
      </ul>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.fetchNextPage()} />}
      {query.hasNextPage && !query.isError && (
        <div className={classes.more}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("load_more")}</Button>
        </div>
      )}
    </div>
  );
}

interface RowProps { icon?: ReactNode; title: ReactNode; detail?: ReactNode; aside?: ReactNode; actions?: ReactNode }

/** The usual row: a title, a line of detail, something at the end. Long text wraps inside it, never past it.
    Rows line up with the page; a name in the title of unknown direction goes into `<Isolate>` (a plain string is by itself). */
export function Row({ icon, title, detail, aside, actions }: RowProps) {
  return (
    <>
      {icon && <span className={classes.icon}>{icon}</span>}
      <div className={classes.body}>
        <div className={classes.title}>{typeof title === "string" ? <bdi>{title}</bdi> : title}</div>
        {detail && <div className={classes.detail}>{detail}</div>}
      </div>
      {aside && <div className={classes.aside}>{aside}</div>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </>
  );
}

export function ListSkeleton({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.list} role="status" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={classes.row}>
          <div className={classes.body}><div className={classes.bone} /><div className={classes.bone} /></div>
        </div>
      ))}
    </div>
  );
}
