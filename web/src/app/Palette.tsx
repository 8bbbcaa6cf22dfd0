import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Languages, type LucideIcon, MessageSquareText, Monitor, Moon, Search, SquarePen, Sun, Zap } from "lucide-react";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActionInfo } from "@/api/types";
import { actionsQuery, sessionsQuery } from "@/features/assistant/queries";
import { commandOf } from "@/features/assistant/commands";
import { useMe } from "@/features/identity/queries";
import { Dialog } from "@/ui/Dialog";
import { NAV } from "./nav";
import classes from "./Palette.module.css";
import { usePreferences } from "./preferences";

interface Entry { id: string; group: string; label: string; hint?: string; icon: LucideIcon; run: () => void }

/** Ctrl/Cmd-K: go anywhere, find a conversation, change theme or language, start a command. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t("palette.label")} bare placement="top">
      <PaletteBody onClose={onClose} />
    </Dialog>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState("");
  const [index, setIndex] = useState(0);
  const entries = useEntries(text);
  const active = Math.min(index, entries.length - 1);
  const run = (entry: Entry | undefined) => { if (entry) { onClose(); entry.run(); } };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setIndex((active + step + entries.length) % Math.max(entries.length, 1));
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) run(entries[active]);
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.palette}>
      <div className={classes.field}>
        <Search size={18} aria-hidden />
        <input
          data-autofocus value={text} dir="auto" placeholder={t("palette.placeholder")} aria-label={t("palette.placeholder")} role="combobox" aria-expanded aria-controls={`${id}-list`}
          aria-activedescendant={entries[active] ? `${id}-${active}` : undefined} onChange={(event) => { setText(event.currentTarget.value); setIndex(0); }} onKeyDown={move}
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t("palette.label")} className={classes.list}>
        {entries.map((entry, position) => (
          <div key={entry.id}>
            {entries[position - 1]?.group !== entry.group && <div className={classes.group} role="presentation">{entry.group}</div>}
            <div
              id={`${id}-${position}`} role="option" tabIndex={-1} aria-selected={position === active} className={classes.entry}
              ref={(node) => { if (position === active) node?.scrollIntoView({ block: "nearest" }); }}
              onPointerMove={() => setIndex(position)} onClick={() => run(entry)} onKeyDown={move}
            >
              <entry.icon size={16} aria-hidden />
              <span className="clip" dir="auto">{entry.label}</span>
              {entry.hint && <span className={classes.hint} dir="auto">{entry.hint}</span>}
            </div>
          </div>
        ))}
        {entries.length === 0 && <p className={classes.none}>{t("palette.nothing", { text })}</p>}
      </div>
    </div>
  );
}

function useEntries(text: string): Entry[] {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { apply } = usePreferences();
  const [search] = useDebouncedValue(text.trim(), 150);
  const { data: sessions } = useInfiniteQuery(sessionsQuery(search));
  const { data: actions } = useQuery(actionsQuery);
  return useMemo(() => {
    const other = i18n.language === "ar" ? "en" : "ar";
    const go = t("palette.go");
    const fixed: Entry[] = [
      { id: "new", group: go, label: t("new_chat"), icon: SquarePen, run: () => void navigate({ to: "/" }) },
      ...NAV.filter((item) => item.to !== "/" && (!item.scope || me.scopes.includes(item.scope))).map((item): Entry => ({ id: item.to, group: go, label: t(item.label), icon: item.icon, run: () => void navigate({ to: item.to }) })),
    ];
    const look: Entry[] = [
      { id: "light", group: t("palette.look"), label: t("theme.to_light"), icon: Sun, run: () => apply({ theme: "light" }) },
      { id: "dark", group: t("palette.look"), label: t("theme.to_dark"), icon: Moon, run: () => apply({ theme: "dark" }) },
      { id: "system", group: t("palette.look"), label: t("theme.to_system"), icon: Monitor, run: () => apply({ theme: "system" }) },
      { id: "language", group: t("palette.look"), label: other === "ar" ? "العربية" : "English", hint: t("language"), icon: Languages, run: () => apply({ language: other }) },
    ];
    const found = (sessions?.pages[0]?.items ?? []).slice(0, 8).map((session): Entry => ({
      id: session.id, group: t("palette.sessions"), label: session.title || t("untitled"), icon: MessageSquareText,
      run: () => void navigate({ to: "/chat/$sessionId", params: { sessionId: session.id } }),
    }));
    const commands = (actions ?? []).map((action: ActionInfo): Entry => ({
      id: action.name, group: t("palette.commands"), label: commandOf(action), hint: action.summary, icon: Zap,
      run: () => void navigate({ to: "/", search: { draft: `${commandOf(action)} ` } }),
    }));
    const wanted = text.trim().toLocaleLowerCase();
    const matches = (entry: Entry) => !wanted || `${entry.label} ${entry.hint ?? ""}`.toLocaleLowerCase().includes(wanted);
    return [...fixed.filter(matches), ...found, ...look.filter(matches), ...commands.filter(matches).slice(0, wanted ? 12 : 4)];
  }, [actions, apply, i18n.language, me.scopes, navigate, sessions, t, text]);
}
