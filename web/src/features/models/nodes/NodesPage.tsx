import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Pencil, Plus, Server, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client, sentence } from "@/api/client";
import type { InferenceNode, NodeCheck } from "@/api/types";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { Badge } from "@/ui/Badge";
import { Isolate, Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import button from "@/ui/Button.module.css";
import { CodeBlock } from "@/ui/CodeBlock";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { bytes, count, duration } from "@/ui/format";
import { List, Row } from "@/ui/List";
import { Menu, MenuItem } from "@/ui/Menu";
import { useMay } from "@/ui/Need";
import { Notice } from "@/ui/Notice";
import { Section } from "@/ui/Page";
import { ExactTime } from "@/ui/RelativeTime";
import { toastDone } from "@/ui/toast";
import { Graphs } from "./Graphs";
import { AddNode, ChangeNode } from "./NodeDialogs";
import { Ports } from "./Ports";
import classes from "./Nodes.module.css";
import { nodesQuery, readAgain } from "./queries";

const EVERY_MS = 3_000;
const TONES = { up: "good", loading: "warn", draining: "warn", unavailable: "bad", down: "bad", unknown: "plain" } as const;
const START = "pip install \"gitu[infer]\"\nopenssl rand -hex 32 > node.key && chmod 600 node.key\ngitu node --model ./model --host 0.0.0.0 --key-file node.key";

/** The machines that serve models, how they are, and the ports that have to be open. */
export function NodesPage() {
  const { t } = useTranslation("nodes");
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const add = may("models:share") && <Button icon={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t("add")}</Button>;
  return (
    <SettingsPage title={t("title")} intro={t("intro")} scope="models:read" actions={add}>
      {may("models:read") && <NodeList />}
      {may("models:share") && <Section title={t("ports")} intro={t("ports_intro")}><Ports /></Section>}
      {adding && <AddNode onClose={() => setAdding(false)} />}
    </SettingsPage>
  );
}

function NodeList() {
  const { t } = useTranslation("nodes");
  const cache = useQueryClient();
  const query = useInfiniteQuery({ ...nodesQuery, refetchInterval: EVERY_MS });
  const [changing, setChanging] = useState<InferenceNode | null>(null);
  const [leaving, setLeaving] = useState<InferenceNode | null>(null);
  const few = (query.data?.pages[0]?.items.length ?? 0) <= 2;
  const remove = async ({ name }: InferenceNode) => {
    await call(client.DELETE("/nodes/{name}", { params: { path: { name } } }));
    await readAgain(cache);
    toastDone(t("removed"));
  };
  const empty = (
    <>
      <EmptyState icon={Server} title={t("empty")} text={t("empty_text")} />
      <div className={classes.stack}><CodeBlock code={START} language="sh" label={t("on_other_machine")} /></div>
    </>
  );
  return (
    <>
      <List query={query} label={t("title")} keyOf={({ name }) => name} rows={2} empty={empty}>
        {(node) => <NodeRow node={node} graphs={few} onChange={() => setChanging(node)} onDelete={() => setLeaving(node)} />}
      </List>
      {changing && <ChangeNode node={changing} onClose={() => setChanging(null)} />}
      <ConfirmDialog
        opened={leaving !== null} onClose={() => setLeaving(null)} title={t("remove_confirm")} confirm={t("remove")}
        text={<><Isolate>{leaving?.name}</Isolate>{": "}{t("remove_text")}</>} onConfirm={() => remove(leaving!)}
      />
    </>
  );
}

interface NodeRowProps { node: InferenceNode; graphs: boolean; onChange: () => void; onDelete: () => void }

function NodeRow({ node, graphs, onChange, onDelete }: NodeRowProps) {
  const { t } = useTranslation("nodes");
  const may = useMay()("models:share");
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<NodeCheck | null>(null);
  const check = async () => {
    setBusy(true);
    try {
      setResult(await call(client.POST("/nodes/{name}/check", { params: { path: { name: node.name } } })));
    } catch (error) {
      setResult({ ok: false, state: "unknown", latency_ms: null, problem: sentence(error), models: [], device: null, version: null });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.node}>
      <div className={classes.line}>
        <Row
          icon={<Server size={18} aria-hidden />}
          title={<><Num>{node.name}</Num> <Badge tone={TONES[node.state]}>{t(`state.${node.state}`)}</Badge></>}
          detail={<>
            <Num>{node.address}</Num>
            <span>{t("since")} <ExactTime at={node.state_since} /></span>
            {node.has_key && <span>{t("key")} <Num>{node.key_hint}</Num></span>}
          </>}
          actions={may && <>
            <Button variant="default" loading={busy} onClick={() => void check()} aria-label={t("check_of", { name: node.name })}>{t("check")}</Button>
            <Menu label={t("menu_of", { name: node.name })} button={<Ellipsis size={18} aria-hidden />} buttonClass={button.icon} align="end">
              <MenuItem icon={<Pencil size={16} aria-hidden />} onClick={onChange}>{t("common:edit")}</MenuItem>
              <MenuItem icon={<Trash2 size={16} aria-hidden />} danger onClick={onDelete}>{t("remove")}</MenuItem>
            </Menu>
          </>}
        />
      </div>
      {node.reason && !result && <Notice tone="warn">{node.reason}</Notice>}
      {result && <Checked result={result} />}
      <Figures node={node} />
      <Graphs name={node.name} start={graphs} />
    </div>
  );
}

/** What one look found. */
export function Checked({ result }: { result: NodeCheck }) {
  const { t } = useTranslation("nodes");
  if (result.ok) return <Notice tone="good">{t("answers_in")} <Num>{duration(result.latency_ms ?? 0)}</Num> · <Num>{result.models.join(", ")}</Num></Notice>;
  return <Notice tone="bad">{result.problem ?? t(`state.${result.state}`)}</Notice>;
}

/** What is known of it now; what nobody knows is left out. */
function Figures({ node }: { node: InferenceNode }) {
  const { t } = useTranslation("nodes");
  const memory = node.gpus.reduce((sum, gpu) => sum + gpu.used_bytes, 0);
  const room = node.gpus.reduce((sum, gpu) => sum + gpu.total_bytes, 0);
  const figures: [string, string | null][] = [
    ["latency", node.latency_ms === null || node.state === "down" ? null : precise(node.latency_ms)],
    ["tokens", node.tokens_per_s === null ? null : count(node.tokens_per_s)],
    ["queue", node.queue_length === null ? null : `${count(node.queue_length)} / ${count(node.running ?? 0)}`],
    ["model", node.models.slice(0, 3).join(", ") || null],
    ["device", [node.device, node.compute_type].filter(Boolean).join(" · ") || node.backend],
    ["memory", room > 0 ? `${bytes(memory)} / ${bytes(room)}` : null],
    ["version", node.version],
  ];
  return (
    <dl className={classes.tiles}>
      {figures.map(([key, value]) => value !== null && <div key={key}><dt>{t(`figure.${key}`)}</dt><dd><Num>{value}</Num></dd></div>)}
    </dl>
  );
}

/** Neighbours answer in parts of a millisecond. */
export function precise(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : duration(milliseconds);
}
