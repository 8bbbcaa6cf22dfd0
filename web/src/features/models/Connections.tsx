import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, HardDrive, Pencil, PlugZap, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client, sentence } from "@/api/client";
import type { Connection, ConnectionTest } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Isolate, Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import button from "@/ui/Button.module.css";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { duration } from "@/ui/format";
import { List, Row } from "@/ui/List";
import { Menu, MenuItem } from "@/ui/Menu";
import { useMay } from "@/ui/Need";
import { Notice } from "@/ui/Notice";
import { toastDone } from "@/ui/toast";
import { PROVIDERS } from "./ConnectModel";
import classes from "./Connections.module.css";
import { EditConnection } from "./EditConnection";
import { connectionsQuery } from "./queries";

/** One's own connections and the shared ones; what one manages can be tested, changed and deleted. */
export function Connections() {
  const { t } = useTranslation("models");
  const cache = useQueryClient();
  const query = useInfiniteQuery(connectionsQuery);
  const [editing, setEditing] = useState<Connection | null>(null);
  const [leaving, setLeaving] = useState<Connection | null>(null);
  const remove = async (connection: Connection) => {
    await call(client.DELETE("/models/connections/{connection_id}", { params: { path: { connection_id: connection.id } } }));
    await cache.invalidateQueries({ queryKey: ["models"] });
    toastDone(t("deleted"));
  };
  return (
    <>
      <List query={query} label={t("connections")} keyOf={(connection) => connection.id} rows={2} empty={<EmptyState icon={PlugZap} title={t("no_connection")} text={t("no_connection_text")} />}>
        {(connection) => <ConnectionRow connection={connection} onEdit={() => setEditing(connection)} onDelete={() => setLeaving(connection)} />}
      </List>
      {editing && <EditConnection connection={editing} onClose={() => setEditing(null)} />}
      <ConfirmDialog
        opened={leaving !== null} onClose={() => setLeaving(null)} title={t("delete_connection")} confirm={t("common:delete")}
        text={<><Isolate>{leaving?.name}</Isolate>{": "}{t("delete_connection_text")}</>} onConfirm={() => remove(leaving!)}
      />
    </>
  );
}

interface ConnectionRowProps { connection: Connection; onEdit: () => void; onDelete: () => void }
const TONES = { ok: "good", failing: "bad", untested: "plain" } as const;

function ConnectionRow({ connection, onEdit, onDelete }: ConnectionRowProps) {
  const { t } = useTranslation("models");
  const cache = useQueryClient();
  const may = useMay();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<ConnectionTest | null>(null);
  const managed = may("models:connect") && (!connection.shared || may("models:share"));
  const test = async () => {
    setBusy(true);
    try {
      setResult(await call(client.POST("/models/connections/{connection_id}/test", { params: { path: { connection_id: connection.id } } })));
      await cache.invalidateQueries({ queryKey: ["models"] });
    } catch (error) {
      setResult({ ok: false, models: [], latency_ms: 0, error: { code: "", detail: sentence(error) } });
    } finally {
      setBusy(false);
    }
  };
  const provider = PROVIDERS.find(({ value }) => value === connection.provider);
  const own = connection.provider === "openai_compatible";
  const trouble = result?.error?.detail ?? (connection.status === "failing" && !result ? connection.last_error : null);
  return (
    <div className={classes.connection}>
      <div className={classes.line}>
        <Row
          icon={own ? <HardDrive size={18} aria-hidden /> : <PlugZap size={18} aria-hidden />}
          title={<><Isolate>{connection.name}</Isolate> <Badge tone={TONES[connection.status]}>{t(`status.${connection.status}`)}</Badge> <Badge>{connection.shared ? t("shared") : t("personal")}</Badge></>}
          detail={<>
            {own ? <Num>{connection.base_url}</Num> : <span>{provider?.label}</span>}
            {connection.has_key && <span>{t("key")} <Num>{connection.key_hint}</Num></span>}
            <span>{t("model_count", { count: connection.models.length })}</span>
          </>}
          actions={managed && <>
            <Button variant="default" loading={busy} onClick={() => void test()} aria-label={t("test_of", { name: connection.name })}>{t("test")}</Button>
            <Menu label={t("menu_of", { name: connection.name })} button={<Ellipsis size={18} aria-hidden />} buttonClass={button.icon} align="end">
              <MenuItem icon={<Pencil size={16} aria-hidden />} onClick={onEdit}>{t("common:edit")}</MenuItem>
              <MenuItem icon={<Trash2 size={16} aria-hidden />} danger onClick={onDelete}>{t("common:delete")}</MenuItem>
            </Menu>
          </>}
        />
      </div>
      {result?.ok && <Notice tone="good">{t("answers_in")} <Num>{duration(result.latency_ms)}</Num> · {t("model_count", { count: result.models.length })}</Notice>}
      {trouble && <Notice tone="bad">{trouble}</Notice>}
    </div>
  );
}
