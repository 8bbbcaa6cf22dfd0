import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Isolate, Num } from "@/ui/Bidi";
import { Detail } from "@/ui/Detail";
import { ErrorState } from "@/ui/ErrorState";
import { ListSkeleton } from "@/ui/List";
import { noticeQuery } from "./queries";
import classes from "./privacy.module.css";

/** What is held, why, how long, and who gets it. */
export function NoticeText({ heading: Heading = "h3" }: { heading?: "h2" | "h3" }) {
  const { t, i18n } = useTranslation("privacy");
  const { data, error, refetch } = useQuery(noticeQuery(i18n.language));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <ListSkeleton rows={4} />;
  return (
    <div className={classes.stack}>
      <ul className={classes.kinds}>
        {data.kinds.map(({ kind, title, what, why, kept, stays }) => (
          <li key={kind}>
            <Heading>{title}</Heading>
            <Detail items={[
              { label: t("notice_what"), value: what },
              { label: t("notice_why"), value: why },
              { label: t("notice_kept"), value: kept },
              ...(stays ? [{ label: t("notice_stays"), value: stays }] : []),
            ]} />
          </li>
        ))}
      </ul>
      <Heading>{t("receivers")}</Heading>
      <p>{t("receivers_intro")}</p>
      {data.receivers === null && <p className={classes.soft}>{t("receivers_unknown")}</p>}
      {data.receivers?.length === 0 && <p>{t("receivers_none")}</p>}
      {data.receivers !== null && data.receivers.length > 0 && (
        <ul className={classes.amounts} aria-label={t("receivers")}>
          {data.receivers.map(({ name, host, local }, place) => (
            <li key={place}><Isolate>{name}</Isolate><span>{local ? t("receiver_local") : <Num>{host}</Num>}</span></li>
          ))}
        </ul>
      )}
    </div>
  );
}
