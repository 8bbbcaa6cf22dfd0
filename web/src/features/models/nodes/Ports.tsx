import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Port } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Num } from "@/ui/Bidi";
import { CodeBlock } from "@/ui/CodeBlock";
import { ErrorState } from "@/ui/ErrorState";
import { ListSkeleton } from "@/ui/List";
import classes from "./Nodes.module.css";
import { portsQuery } from "./queries";

const TOOLS = { ufw: "ufw", firewalld: "firewalld", nftables: "nftables", iptables: "iptables", windows: "Windows PowerShell" } as const;

const TONES = { open: "good", local: "good", closed: "warn", exposed: "bad", unknown: "plain" } as const;

/** The ports that have to be open, how they stand, and the firewall's commands to copy. */
export function Ports() {
  const { t } = useTranslation("nodes");
  const { data, isPending, error, refetch } = useQuery(portsQuery);
  if (isPending) return <ListSkeleton rows={2} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <ul className={classes.ports} aria-label={t("ports")}>{data.items.map((port) => <li key={`${port.what} ${port.node ?? ""}`}><OnePort port={port} /></li>)}</ul>;
}

function OnePort({ port }: { port: Port }) {
  const { t } = useTranslation("nodes");
  return (
    <>
      <strong>{t(`port.${port.what}`)} <Num>{port.port}</Num></strong> <Badge tone={TONES[port.state]}>{t(`port_state.${port.state}`)}</Badge>
      <p dir="auto">{port.text}</p>
      {port.commands.length > 0 && (
        <details>
          <summary>{port.node === null ? t("commands_here") : t("commands_there", { name: port.node })}</summary>
          <div className={classes.stack}>{port.commands.map(({ tool, commands }) => <CodeBlock key={tool} code={commands.join("\n")} language={tool === "windows" ? "powershell" : "sh"} label={TOOLS[tool]} />)}</div>
        </details>
      )}
    </>
  );
}
