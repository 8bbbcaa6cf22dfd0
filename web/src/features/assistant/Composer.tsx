import { useQuery } from "@tanstack/react-query";
import { ArrowUp, Square, X } from "lucide-react";
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Model } from "@/api/types";
import { IconButton } from "@/ui/Button";
import classes from "./Composer.module.css";
import { complete, stops } from "./commands";
import { ModelPicker } from "./ModelPicker";
import { actionsQuery } from "./queries";
import { stopEverything } from "./StopEverything";
import { draftOf, keepDraft } from "./unsent";

interface ComposerProps {
  sessionId: string | undefined;
  draft: string | undefined;
  /** The message being edited, instead of a draft. */
  editing: string | null;
  onCancelEdit: () => void;
  onEditLast: () => void;
  running: boolean;
  onStop: () => void;
  onSend: (text: string) => void;
  models: Model[];
  model: string | null;
  onModel: (id: string | null) => void;
}

const coarse = () => window.matchMedia("(pointer: coarse)").matches;

/** Where one writes: grows with the text, completes slash commands, Enter sends. */
export function Composer({ sessionId, draft, editing, onCancelEdit, onEditLast, running, onStop, onSend, models, model, onModel }: ComposerProps) {
  const { t } = useTranslation("assistant");
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => editing ?? draft ?? draftOf(sessionId));
  const [choice, setChoice] = useState(0);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const { data: actions = [] } = useQuery({ ...actionsQuery, enabled: text.startsWith("/") });
  const completions = closedFor === text ? [] : complete(text, actions);
  const open = completions.length > 0;
  const active = Math.min(choice, completions.length - 1);

  useEffect(() => { if (editing === null) keepDraft(sessionId, text); }, [editing, sessionId, text]);
  useEffect(() => { if (!coarse() || editing !== null) field.current?.focus(); }, [editing]);
  useLayoutEffect(() => {
    const node = field.current;
    if (!node || CSS.supports("field-sizing", "content")) return;
    node.style.height = "auto";
    node.style.height = `${node.scrollHeight}px`;
  }, [text]);

  const write = (next: string) => { setText(next); setChoice(0); setNote(null); };
  const send = () => {
    const trimmed = text.trim();
    // While an answer is under way only one command is taken: the one that ends it.
    if (!trimmed || (running && !stops(trimmed))) return;
    write("");
    if (running) { void stopEverything(); return; }
    onSend(trimmed);
  };
  const take = (index: number) => { const taken = completions[index]; if (taken) { write(taken.text); field.current?.focus(); } };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const handled = open ? completionKey(event.key) : plainKey(event);
    if (handled) event.preventDefault();
  };
  const completionKey = (key: string): boolean => {
    if (key === "ArrowDown" || key === "ArrowUp") setChoice((active + (key === "ArrowDown" ? 1 : -1) + completions.length) % completions.length);
    else if (key === "Tab") take(active);
    else if (key === "Escape") setClosedFor(text);
    else if (key === "Enter" && completions[active]?.text.trim() !== text.trim() && !text.endsWith(" ")) take(active);
    else if (key === "Enter") send();
    else return false;
    return true;
  };
  const plainKey = (event: KeyboardEvent): boolean => {
    if (event.key === "Enter" && !event.shiftKey && !coarse()) send();
    else if (event.key === "Escape" && editing !== null) onCancelEdit();
    else if (event.key === "ArrowUp" && !text && !running) onEditLast();
    else return false;
    return true;
  };
  const refuseFiles = (event: ClipboardEvent | DragEvent, data: DataTransfer) => {
    if (data.files.length === 0) return;
    event.preventDefault();
    setNote(t("no_attachments"));
  };

  return (
    <div className={classes.dock}>
      <form
        className={classes.composer} onSubmit={(event) => { event.preventDefault(); send(); }}
        onDragOver={(event) => event.preventDefault()} onDrop={(event) => refuseFiles(event, event.dataTransfer)}
      >
        {editing !== null && <div className={classes.banner}><span>{t("editing")}</span><IconButton label={t("cancel_edit")} small onClick={onCancelEdit}><X size={16} aria-hidden /></IconButton></div>}
        {note && <div className={classes.banner} role="alert"><span>{note}</span><IconButton label={t("common:close")} small onClick={() => setNote(null)}><X size={16} aria-hidden /></IconButton></div>}
        {open && (
          <div id={`${id}-list`} role="listbox" aria-label={t("commands")} className={classes.completions}>
            {completions.map((completion, index) => (
              <div
                key={completion.label} id={`${id}-${index}`} role="option" tabIndex={-1} aria-selected={index === active} className={classes.completion}
                onPointerDown={(event) => { event.preventDefault(); take(index); }}
              >
                <code>{completion.label}</code><span dir="auto" className="clip">{completion.hint}</span>
              </div>
            ))}
          </div>
        )}
        <textarea
          ref={field} rows={1} value={text} dir="auto" className={classes.field} placeholder={t("placeholder")} aria-label={t("placeholder")}
          aria-autocomplete="list" aria-controls={open ? `${id}-list` : undefined} aria-activedescendant={open ? `${id}-${active}` : undefined}
          enterKeyHint={coarse() ? "enter" : "send"} onChange={(event) => write(event.currentTarget.value)} onKeyDown={onKeyDown} onPaste={(event) => refuseFiles(event, event.clipboardData)}
        />
        <div className={classes.row}>
          <ModelPicker models={models} model={model} onModel={onModel} />
          <span className={classes.hint}>{t("slash_hint")}</span>
          {running
            ? <button type="button" className={classes.send} data-stop aria-label={t("stop")} title={t("stop")} onClick={onStop}><Square size={14} fill="currentColor" aria-hidden /></button>
            : <button type="submit" className={classes.send} aria-label={t("send")} title={t("send")} disabled={!text.trim()}><ArrowUp size={18} aria-hidden /></button>}
        </div>
      </form>
    </div>
  );
}
