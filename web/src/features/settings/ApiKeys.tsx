import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { ApiKey } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Isolate, Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { isPast } from "@/ui/format";
import { List, Row } from "@/ui/List";
import { useMay } from "@/ui/Need";
import { ExactTime, RelativeTime } from "@/ui/RelativeTime";
import { revealed } from "@/ui/revealed";
import { CreateKey } from "./CreateKey";
import { keysQuery } from "./queries";
import { SettingsPage } from "./SettingsPage";

/** Keys with which programs act for a person, each with a part of what the person may do. */
export function ApiKeys() {
  const { t } = useTranslation("settings");
  useTranslation("trust"); // loaded with the page: the form's limits speak with the permissions' words
  const cache = useQueryClient();
  const query = useInfiniteQuery(keysQuery);
  const may = useMay();
  const [creating, setCreating] = useState(false);
  const [leaving, setLeaving] = useState<ApiKey | null>(null);
  const revoke = async (key: ApiKey) => {
    await call(client.DELETE("/api-keys/{key_id}", { params: { path: { key_id: key.id } } }));
    await cache.invalidateQueries({ queryKey: ["api-keys"] });
  };
  const create = may("keys:write") && <Button icon={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>{t("keys.create")}</Button>;
  return (
    <SettingsPage title={t("section.api_keys")} intro={t("keys.intro")} scope="keys:read" actions={create}>
      <List query={query} label={t("section.api_keys")} keyOf={(key) => key.id} empty={<EmptyState icon={KeyRound} title={t("keys.empty")} text={t("keys.empty_text")} />}>
        {(key) => (
          <Row
            icon={<KeyRound size={18} aria-hidden />}
            title={<><Isolate>{revealed(key.name)}</Isolate> {key.expires_at && isPast(key.expires_at) && <Badge tone="warn">{t("keys.expired")}</Badge>}</>}
            detail={<>
              <Num><code>{key.prefix}…</code></Num>
              <span>{t("keys.scopes", { count: key.scopes.length })}</span>
              <span>{key.unasked.length > 0 ? t("keys.changes_unasked", { count: key.unasked.length }) : key.reads ? t("keys.only_reads") : t("keys.asks_always")}</span>
              <span>{key.last_used_at ? <>{t("keys.last_used")} <RelativeTime at={key.last_used_at} /></> : t("keys.never_used")}</span>
              <span>{key.expires_at ? <>{t("keys.expires")} <ExactTime at={key.expires_at} /></> : t("keys.never_expires")}</span>
            </>}
            actions={may("keys:write") && <Button variant="default" onClick={() => setLeaving(key)} aria-label={t("keys.revoke_of", { name: revealed(key.name) })}>{t("keys.revoke")}</Button>}
          />
        )}
      </List>
      {creating && <CreateKey onClose={() => setCreating(false)} />}
      <ConfirmDialog
        opened={leaving !== null} onClose={() => setLeaving(null)} title={t("keys.confirm")} confirm={t("keys.revoke")}
        text={<><Isolate>{revealed(leaving?.name ?? "")}</Isolate>{": "}{t("keys.confirm_text")}</>} onConfirm={() => revoke(leaving!)}
      />
    </SettingsPage>
  );
}
