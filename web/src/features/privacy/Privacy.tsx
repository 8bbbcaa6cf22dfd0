import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import { live } from "@/api/live";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { List, Row } from "@/ui/List";
import { useMay } from "@/ui/Need";
import { Section } from "@/ui/Page";
import { ExactTime } from "@/ui/RelativeTime";
import { EraseDialog, type Send } from "./EraseDialog";
import { Exports } from "./Exports";
import { NoticeText } from "./Notice";
import { erasuresQuery } from "./queries";

/** What is held on one: take it along, have it erased, read what it is. */
export function Privacy() {
  const { t } = useTranslation("privacy");
  const may = useMay();
  const [erasing, setErasing] = useState(false);
  const erase: Send = async (given) => {
    const { receipt } = await call(client.POST("/privacy/erasure", { body: given }));
    live.stop();
    // A page of its own, so that nothing that was seen stays in memory; the receipt in the fragment reaches no server.
    window.location.replace(`/erased#${receipt}`);
  };
  const look = may("privacy:erase") && <Button variant="danger" onClick={() => setErasing(true)}>{t("erase_look")}</Button>;
  return (
    <SettingsPage title={t("title")} intro={t("intro")} scope="privacy:read">
      <Section title={t("export")} intro={t("export_intro")}><Exports /></Section>
      <Section title={t("erase")} intro={t("erase_intro")}>{look}</Section>
      <Section title={t("notice")} intro={t("notice_intro")}><NoticeText /></Section>
      {may("privacy:admin") && <Section title={t("reports")} intro={t("reports_intro")}><Reports /></Section>}
      {erasing && <EraseDialog onClose={() => setErasing(false)} send={erase} />}
    </SettingsPage>
  );
}

function Reports() {
  const { t } = useTranslation("privacy");
  const query = useInfiniteQuery(erasuresQuery);
  return (
    <List query={query} label={t("reports")} keyOf={({ id }) => id} rows={2} empty={<EmptyState icon={ScrollText} title={t("reports_none")} text={t("reports_none_text")} />}>
      {({ state, by, started_at, going, staying }) => {
        const count = (parts: { rows: number }[]) => t("rows", { count: parts.reduce((sum, { rows }) => sum + rows, 0) });
        return (
          <Row
            title={<ExactTime at={started_at} />}
            detail={<><span>{t(`by_${by}`)}</span><span>{t("goes")}: {count(going)}</span><span>{t("stays")}: {count(staying)}</span></>}
            aside={<Badge tone={state === "done" ? "good" : "plain"}>{t(`state_${state}`)}</Badge>}
          />
        );
      }}
    </List>
  );
}
