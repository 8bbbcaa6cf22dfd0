import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Archive, ArchiveRestore, MoreHorizontal, Pencil, Search, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client, sentence } from "@/api/client";
import { live } from "@/api/live";
import type { Session } from "@/api/types";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Menu, MenuItem, MenuLine } from "@/ui/Menu";
import { toastError } from "@/ui/toast";
import { revealed } from "@/ui/revealed";
import classes from "./SessionList.module.css";
import { sessionsQuery } from "./queries";

/** Past conversations, newest first, searchable; kept fresh by live events. */
export function SessionList() {
  const { t } = useTranslation("assistant");
  const cache = useQueryClient();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 200);
  const query = useInfiniteQuery(sessionsQuery(search));
  const sessions = query.data?.pages.flatMap((page) => page.items) ?? [];

  useEffect(() => {
    const refresh = () => void cache.invalidateQueries({ queryKey: ["sessions"] });
    const offEvent = live.onEvent((event) => { if (event.type.startsWith("session.")) refresh(); });
    const offReconnect = live.onReconnect(refresh);
    return () => { offEvent(); offReconnect(); };
  }, [cache]);

  return (
    <section className={classes.sessions} aria-label={t("sessions")}>
      <label className={classes.search}>
        <Search size={14} aria-hidden />
        <input type="search" value={text} onChange={(event) => setText(event.currentTarget.value)} placeholder={t("search_sessions")} aria-label={t("search_sessions")} dir="auto" />
      </label>
      <div className={classes.scroll}>
        {query.isError && sessions.length === 0 && (
          <p className={classes.note} role="alert">{sentence(query.error)} <button type="button" onClick={() => void query.refetch()}>{t("common:retry")}</button></p>
        )}
        {query.isSuccess && sessions.length === 0 && <p className={classes.note}>{search ? t("no_session_found", { search }) : t("no_sessions")}</p>}
        <ul className={classes.list}>
          {sessions.map((session) => <SessionRow key={session.id} session={session} />)}
        </ul>
        {query.hasNextPage && (
          <button type="button" className={classes.more} disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("common:load_more")}</button>
        )}
      </div>
    </section>
  );
}

function SessionRow({ session }: { session: Session }) {
  const { t } = useTranslation("assistant");
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { sessionId } = useParams({ strict: false });
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const title = revealed(session.title) || t("untitled");
  const params = { path: { session_id: session.id } };
  const refresh = () => Promise.all([cache.invalidateQueries({ queryKey: ["sessions"] }), cache.invalidateQueries({ queryKey: ["session", session.id] })]);
  const remove = async () => {
    await call(client.DELETE("/sessions/{session_id}", { params }));
    if (sessionId === session.id) await navigate({ to: "/" });
    await refresh();
  };
  const toggle = async () => {
    try {
      await call(session.state === "open" ? client.POST("/sessions/{session_id}/end", { params }) : client.POST("/sessions/{session_id}/resume", { params }));
      await refresh();
    } catch (error) { toastError(error); }
  };
  return (
    <li className={classes.row}>
      <Link to="/chat/$sessionId" params={{ sessionId: session.id }} className={classes.link} data-ended={session.state === "ended" || undefined}>
        {session.active_turn_id && <span className={classes.live} role="img" aria-label={t("answering")} />}
        <span className="clip" dir="auto">{title}</span>
      </Link>
      <Menu align="end" label={t("session_menu", { title })} button={<MoreHorizontal size={16} aria-hidden />} buttonClass={classes.menu}>
        <MenuItem icon={<Pencil size={15} aria-hidden />} onClick={() => setDialog("rename")}>{t("rename")}</MenuItem>
        <MenuItem icon={session.state === "open" ? <Archive size={15} aria-hidden /> : <ArchiveRestore size={15} aria-hidden />} onClick={() => void toggle()}>{t(session.state === "open" ? "end_session" : "resume_session")}</MenuItem>
        <MenuLine />
        <MenuItem danger icon={<Trash2 size={15} aria-hidden />} onClick={() => setDialog("delete")}>{t("common:delete")}</MenuItem>
      </Menu>
      <ConfirmDialog opened={dialog === "delete"} onClose={() => setDialog(null)} title={t("delete_title")} text={t("delete_text", { title })} confirm={t("common:delete")} onConfirm={remove} />
      {dialog === "rename" && <Rename session={session} onClose={() => setDialog(null)} onDone={refresh} />}
    </li>
  );
}

function Rename({ session, onClose, onDone }: { session: Session; onClose: () => void; onDone: () => Promise<unknown> }) {
  const { t } = useTranslation("assistant");
  const form = useForm({ initialValues: { title: session.title } });
  const save = async ({ title }: { title: string }) => {
    await call(client.PATCH("/sessions/{session_id}", { params: { path: { session_id: session.id } }, body: { title: title.trim() } }));
    await onDone();
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t("rename")}>
      <Form form={form} submit={t("common:save")} onSubmit={save}>
        <TextField label={t("title")} dir="auto" data-autofocus maxLength={200} {...form.getInputProps("title")} />
      </Form>
    </Dialog>
  );
}
