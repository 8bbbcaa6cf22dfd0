import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { ArrowDown } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "@/api/types";
import { modelsQuery } from "@/features/models/queries";
import { Button, IconButton } from "@/ui/Button";
import { ErrorState } from "@/ui/ErrorState";
import { Notice } from "@/ui/Notice";
import { Pending } from "@/ui/Pending";
import { sentence } from "@/api/client";
import classes from "./Chat.module.css";
import { ChatStart } from "./ChatStart";
import { Composer } from "./Composer";
import { MessageView, PersonText } from "./MessageView";
import { textOf } from "./messages";
import { Money } from "./Money";
import { keepDraft } from "./unsent";
import { useChat } from "./useChat";

/** A conversation, or the start of a new one. */
export function ChatPage() {
  const { sessionId } = useParams({ strict: false });
  const { draft } = useSearch({ strict: false }) as { draft?: string };
  // A new conversation becomes a stored one in place; the chat stays the same component then.
  return <Chat key={draft ?? "chat"} sessionId={sessionId} draft={draft} />;
}

function Chat({ sessionId, draft }: { sessionId: string | undefined; draft: string | undefined }) {
  const { t } = useTranslation("assistant");
  const chat = useChat(sessionId);
  const { data: models } = useQuery(modelsQuery);
  const [edited, setEditing] = useState<Message | null>(null);
  const editing = edited?.session_id === sessionId ? edited : null;
  const [started, setStarted] = useState<{ in: string | undefined; text: string }>();
  const starter = started?.in === sessionId ? started?.text : undefined;
  const noModel = models?.length === 0;
  const title = chat.session?.title || (sessionId ? t("untitled") : t("common:new_chat"));
  useEffect(() => { document.title = `${title} · Gitu`; }, [title]);
  const standing = models !== undefined;
  useEffect(() => { if (standing) void import("@/ui/Markdown").catch(() => undefined); }, [standing]); // for the first answer
  useStopOnEscape(chat.running ? chat.stop : null);

  const { send } = chat;
  const submit = (text: string) => {
    const editOf = editing?.id;
    setEditing(null);
    // What was begun with a starter is sent: the next new conversation begins empty.
    if (starter) { setStarted(undefined); keepDraft(sessionId, ""); }
    void send(text, editOf);
  };
  const again = useLatest((message: Message) => {
    const at = chat.messages.findIndex(({ id }) => id === message.id);
    const question = chat.messages.slice(0, at).findLast(({ role }) => role === "person");
    if (question) void send(textOf(question), question.id);
  });
  const edit = useLatest((message: Message) => setEditing(message));

  const lost = chat.failed && chat.messages.length === 0;
  const empty = !chat.unsent && (!sessionId || (chat.pages.isSuccess && chat.messages.length === 0 && !chat.running));
  return (
    <div className={classes.chat}>
      {sessionId && (
        <header className={classes.header}>
          <h1 className="clip" dir="auto">{title}</h1>
          <Money amount={chat.session?.cost ?? null} label={t("cost_so_far")} />
        </header>
      )}
      {lost && <ErrorState error={chat.failed} onRetry={() => void chat.pages.refetch()} />}
      {empty && <ChatStart noModel={noModel} titled={Boolean(sessionId)} onAsk={submit} onStarter={(text) => setStarted({ in: sessionId, text })} />}
      {!lost && !empty && (
        <Transcript messages={chat.messages} loading={chat.pages.isPending && Boolean(sessionId)} older={chat.pages} running={Boolean(chat.running)} onEdit={edit} onAgain={again}>
          {chat.unsent && (
            <div className={classes.person}>
              <PersonText text={chat.unsent.text} pending={!chat.unsent.error} />
              {Boolean(chat.unsent.error) && (
                <Notice
                  tone="bad" title={t("not_sent")}
                  actions={<>
                    <Button onClick={() => chat.unsent && void send(chat.unsent.text, chat.unsent.editOf, chat.unsent.key)}>{t("common:retry")}</Button>
                    <Button variant="default" onClick={chat.dropUnsent}>{t("discard")}</Button>
                  </>}
                >
                  {sentence(chat.unsent.error)}
                </Notice>
              )}
            </div>
          )}
        </Transcript>
      )}
      <Composer
        key={`${sessionId ?? "new"} ${editing?.id ?? starter ?? ""}`} sessionId={sessionId} draft={starter ?? (sessionId ? undefined : draft)} editing={editing ? textOf(editing) : null} onCancelEdit={() => setEditing(null)}
        running={Boolean(chat.running)} onStop={() => void chat.stop()} onSend={submit} model={chat.model} onModel={(id) => void chat.chooseModel(id)} models={models ?? []}
        onEditLast={() => { const last = chat.messages.findLast(({ role }) => role === "person"); if (last) setEditing(last); }}
      />
    </div>
  );
}

/** A function that always sees the newest values but never changes itself, so that messages are not drawn again for it. */
function useLatest<T>(work: (value: T) => void): (value: T) => void {
  const latest = useRef(work);
  useLayoutEffect(() => { latest.current = work; });
  return useCallback((value: T) => latest.current(value), []);
}

function useStopOnEscape(stop: (() => Promise<void>) | null): void {
  const latest = useRef(stop);
  useLayoutEffect(() => { latest.current = stop; });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
      void latest.current?.();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

interface TranscriptProps {
  messages: Message[];
  loading: boolean;
  older: { hasNextPage: boolean; isFetchingNextPage: boolean; isFetchNextPageError: boolean; fetchNextPage: () => Promise<unknown> };
  running: boolean;
  onEdit: (message: Message) => void;
  onAgain: (message: Message) => void;
  children: ReactNode;
}

/** How close to the end still counts as “at the end”, in pixels. */
const NEAR = 80;

function Transcript({ messages, loading, older, running, onEdit, onAgain, children }: TranscriptProps) {
  const { t } = useTranslation("assistant");
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const stick = useRef(true);
  const fromEnd = useRef<number | null>(null);
  const [away, setAway] = useState(false);
  const toEnd = useCallback(() => { if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight; }, []);

  // Grows with what streams in, with colours that arrive late, with fonts: one observer follows them all.
  useEffect(() => {
    const observer = new ResizeObserver(() => { if (stick.current) toEnd(); });
    if (content.current) observer.observe(content.current);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [toEnd, loading]);

  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = older;
  useEffect(() => {
    if (!hasNextPage || isFetchingNextPage || isFetchNextPageError || !top.current) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting || !scroller.current) return;
      fromEnd.current = scroller.current.scrollHeight - scroller.current.scrollTop;
      void fetchNextPage();
    }, { root: scroller.current, rootMargin: "600px 0px 0px" });
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [fetchNextPage, hasNextPage, isFetchNextPageError, isFetchingNextPage]);

  // Older messages came in above: what one was reading stays where it was.
  const firstId = messages[0]?.id;
  useLayoutEffect(() => {
    if (fromEnd.current === null || !scroller.current || stick.current) return;
    scroller.current.scrollTop = scroller.current.scrollHeight - fromEnd.current;
    fromEnd.current = null;
  }, [firstId]);

  const lastPerson = useMemo(() => messages.findLast(({ role }) => role === "person")?.id, [messages]);
  useEffect(() => { stick.current = true; toEnd(); }, [lastPerson, toEnd]);

  const onScroll = () => {
    const node = scroller.current;
    if (!node) return;
    stick.current = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR;
    setAway(!stick.current);
  };
  const last = messages.at(-1);
  return (
    <div className={classes.frame}>
      <div ref={scroller} className={classes.scroll} onScroll={onScroll} tabIndex={0} role="log" aria-label={t("messages")} aria-live="off">
        <div ref={content} className={classes.transcript}>
          <div ref={top} />
          {loading && <Pending />}
          {isFetchingNextPage && <p className={classes.older}>{t("common:loading")}</p>}
          {isFetchNextPageError && <p className={classes.older}><Button variant="default" onClick={() => void fetchNextPage()}>{t("load_older")}</Button></p>}
          {messages.map((message) => <MessageView key={message.turn_id && message.role === "assistant" ? `answer-${message.turn_id}` : message.id} message={message} last={message === last && !running} onEdit={onEdit} onAgain={onAgain} />)}
          {children}
        </div>
      </div>
      {away && <IconButton label={t("to_end")} className={classes.toEnd} onClick={() => { stick.current = true; toEnd(); }}><ArrowDown size={18} aria-hidden /></IconButton>}
      <p className="sr-only" role="status">{running ? t("answering") : last?.role === "assistant" && last.id.startsWith("live-") ? t("answered") : ""}</p>
    </div>
  );
}
