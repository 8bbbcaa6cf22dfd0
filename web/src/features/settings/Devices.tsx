import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Globe, LogOut, Plus, SquareTerminal } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { Device } from "@/api/types";
import { LinkTerminal } from "@/features/identity/LinkTerminal";
import { Badge } from "@/ui/Badge";
import { Isolate, Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { List, Row } from "@/ui/List";
import { useMay } from "@/ui/Need";
import { Section } from "@/ui/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { toastDone } from "@/ui/toast";
import { revealed } from "@/ui/revealed";
import { devicesQuery } from "./queries";
import { SettingsPage } from "./SettingsPage";

/** Where one is signed in, in browsers and in terminals; any of it can be ended at once. */
export function Devices() {
  const { t } = useTranslation("settings");
  const cache = useQueryClient();
  const may = useMay();
  const [linking, setLinking] = useState(false);
  const [leaving, setLeaving] = useState<Device | "others" | null>(null);
  const signOut = async (what: Device | "others") => {
    if (what === "others") await call(client.POST("/devices/sign-out-others"));
    else await call(client.DELETE("/devices/{device_id}", { params: { path: { device_id: what.id } } }));
    await cache.invalidateQueries({ queryKey: ["devices"] });
    toastDone(t("devices.signed_out"));
  };
  const everywhere = may("devices:write") && <Button variant="default" icon={<LogOut size={16} aria-hidden className="flip" />} onClick={() => setLeaving("others")}>{t("devices.others")}</Button>;
  const link = may("devices:link") && <Button variant="default" icon={<Plus size={16} aria-hidden />} onClick={() => setLinking(true)}>{t("devices.link")}</Button>;
  return (
    <SettingsPage title={t("section.devices")} intro={t("devices.intro")} scope="devices:read" actions={everywhere}>
      <Section title={t("devices.browsers")}>
        <DeviceList kind="browser" onLeave={setLeaving} empty={<EmptyState title={t("devices.empty")} text={t("devices.empty_text")} />} />
      </Section>
      <Section title={t("devices.terminals")} intro={t("devices.terminals_intro")} actions={link}>
        <DeviceList kind="terminal" onLeave={setLeaving} empty={<EmptyState icon={SquareTerminal} title={t("devices.no_terminals")} text={t("devices.no_terminals_text")} />} />
      </Section>
      {linking && <LinkTerminal onClose={() => setLinking(false)} />}
      <ConfirmDialog
        opened={leaving !== null} onClose={() => setLeaving(null)} onConfirm={() => signOut(leaving!)}
        {...(leaving === "others"
          ? { title: t("devices.others_confirm"), confirm: t("devices.others"), text: t("devices.others_text") }
          : { title: t("devices.confirm"), confirm: t(leaving?.kind === "terminal" ? "devices.unlink" : "devices.sign_out"), text: <><Isolate>{revealed(leaving?.name ?? "")}</Isolate>{": "}{t("devices.confirm_text")}</> })}
      />
    </SettingsPage>
  );
}

function DeviceList({ kind, onLeave, empty }: { kind: Device["kind"]; onLeave: (device: Device) => void; empty: ReactNode }) {
  const { t } = useTranslation("settings");
  const query = useInfiniteQuery(devicesQuery(kind));
  const may = useMay();
  const terminal = kind === "terminal";
  const Icon = terminal ? SquareTerminal : Globe;
  return (
    <List query={query} label={t(terminal ? "devices.terminals" : "devices.browsers")} keyOf={(device) => device.id} rows={2} empty={empty}>
      {(device) => (
        <Row
          icon={<Icon size={18} aria-hidden />}
          title={<><Isolate>{revealed(device.name)}</Isolate> {device.current && <Badge tone="good">{t("devices.current")}</Badge>}</>}
          detail={<>
            <span>{t("devices.last_used")} <RelativeTime at={device.last_used_at} /></span>
            <span>{t(`devices.method_${device.method}`)}</span>
            {device.address && <Num>{device.address}</Num>}
          </>}
          actions={!device.current && may("devices:write") && (
            <Button variant="default" onClick={() => onLeave(device)} aria-label={t(terminal ? "devices.unlink_of" : "devices.sign_out_of", { name: revealed(device.name) })}>{t(terminal ? "devices.unlink" : "devices.sign_out")}</Button>
          )}
        />
      )}
    </List>
  );
}
