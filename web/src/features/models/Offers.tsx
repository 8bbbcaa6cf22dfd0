import { useQuery, useQueryClient } from "@tanstack/react-query";
import { HardDrive, KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { DiscoveredModel } from "@/api/types";
import { Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import list from "@/ui/List.module.css";
import { Row } from "@/ui/List";
import { Section } from "@/ui/Page";
import { toastDone, toastError } from "@/ui/toast";
import { discoveredQuery } from "./queries";

/** What was found in the environment and on this machine, one press away; nothing where nothing was found. */
export function Offers() {
  const { t } = useTranslation("models");
  const cache = useQueryClient();
  const { data: offers = [] } = useQuery(discoveredQuery);
  const [busy, setBusy] = useState<DiscoveredModel | null>(null);
  if (offers.length === 0) return null;
  const adopt = async (offer: DiscoveredModel) => {
    setBusy(offer);
    try {
      const { provider, base_url, source } = offer;
      const connection = await call(client.POST("/models/discovered/adopt", { body: { provider, base_url, source } }));
      await cache.invalidateQueries({ queryKey: ["models"] });
      toastDone(t("connected_toast", { name: connection.name }));
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(null);
    }
  };
  return (
    <Section title={t("found")}>
      <ul className={list.list} aria-label={t("found")}>
        {offers.map((offer) => (
          <li key={`${offer.source}-${offer.provider}-${offer.base_url}`} className={list.row}>
            <Row
              icon={offer.source === "local" ? <HardDrive size={18} aria-hidden /> : <KeyRound size={18} aria-hidden />}
              title={offer.name}
              detail={<>
                <span>{offer.source === "local" ? <Num>{offer.base_url}</Num> : <>{t("from_environment")} <Num>{offer.variable}</Num></>}</span>
                {offer.models.length > 0 && <span>{t("model_count", { count: offer.models.length })}</span>}
              </>}
              actions={<Button variant="default" loading={busy === offer} disabled={busy !== null} onClick={() => void adopt(offer)}>{t("connect")}</Button>}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
