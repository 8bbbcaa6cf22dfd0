import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { Detail } from "@/ui/Detail";
import { duration, money } from "@/ui/format";
import { ExactTime, RelativeTime } from "@/ui/RelativeTime";
import { revealed } from "@/ui/revealed";
import classes from "./trust.module.css";

const TONES = { ok: "good", denied: "bad", held: "warn", failed: "bad" } as const;

/** One line of the log; unfolds to all that is kept of it. */
export function Entry({ entry, onOnly }: { entry: AuditEntry; onOnly: (action: string) => void }) {
  const { t } = useTranslation("trust");
  const id = useId();
  const [open, setOpen] = useState(false);
  const door = t(`door.${entry.door}`, { defaultValue: entry.door });
  const actor = entry.actor_name !== null ? revealed(entry.actor_name) : t(`actor.${entry.actor_kind}`, { defaultValue: entry.actor_kind });
  return (
    <div className={classes.entry}>
      <button type="button" className={classes.summary} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <span className={classes.what}>
          <span className={classes.title} dir="auto">{revealed(entry.title)}</span>
          <span className={classes.who}><bdi>{actor}</bdi><span>{door}</span><RelativeTime at={entry.at} /></span>
        </span>
        <Badge tone={TONES[entry.outcome]}>{t(`outcome.${entry.outcome}`)}</Badge>
        <ChevronDown size={16} aria-hidden className={classes.chevron} />
      </button>
      {open && (
        <div id={id} className={classes.unfolded}>
          <Detail
            items={[
              { label: t("detail.action"), value: <code>{revealed(entry.action)}</code> },
              { label: t("detail.at"), value: <ExactTime at={entry.at} seconds /> },
              { label: t("detail.actor"), value: <><bdi>{actor}</bdi> · {t(`actor.${entry.actor_kind}`, { defaultValue: entry.actor_kind })}</> },
              { label: t("detail.door"), value: door },
              ...(entry.risk === null ? [] : [{ label: t("detail.risk"), value: t(`risk.${entry.risk}`) }]),
              { label: t("detail.duration"), value: <Num>{duration(entry.duration_ms)}</Num> },
              ...(entry.cost === null ? [] : [{ label: t("detail.cost"), value: <Num>{money(entry.cost)}</Num> }]),
              ...(entry.error_code === null ? [] : [{ label: t("detail.error"), value: <code>{entry.error_code}</code> }]),
              { label: t("detail.digest"), value: <code className={classes.digest}>{entry.input_digest}</code> },
              { label: t("detail.seal"), value: entry.seq === null || entry.hash === null ? t("detail.unsealed") : <>{t("detail.sealed")} <Num>#{entry.seq}</Num> <code className={classes.digest}>{entry.hash}</code></> },
            ]}
          />
          <div><Button variant="default" onClick={() => onOnly(entry.action)}>{t("activity.only_these")}</Button></div>
        </div>
      )}
    </div>
  );
}
