/** The sections of the settings, in order; `label` is a key in locales/<language>/settings.json. */
import { Building2, ChartColumn, Cpu, Fingerprint, FolderCog, KeyRound, type LucideIcon, MonitorSmartphone, Server, Shield, SlidersHorizontal, User, Users, Wallet } from "lucide-react";

export interface SettingsSection { to: string; label: string; icon: LucideIcon; group: "you" | "assistant" | "gitu"; /** Shown only to people who hold it. */ scope?: string }

export const SECTIONS: SettingsSection[] = [
  { to: "/settings/profile", label: "section.profile", icon: User, group: "you" },
  { to: "/settings/preferences", label: "section.preferences", icon: SlidersHorizontal, group: "you" },
  { to: "/settings/sign-in", label: "section.sign_in", icon: Fingerprint, group: "you", scope: "factors:read" },
  { to: "/settings/devices", label: "section.devices", icon: MonitorSmartphone, group: "you", scope: "devices:read" },
  { to: "/settings/api-keys", label: "section.api_keys", icon: KeyRound, group: "you", scope: "keys:read" },
  { to: "/settings/privacy", label: "section.privacy", icon: Shield, group: "you", scope: "privacy:read" },
  { to: "/settings/models", label: "section.models", icon: Cpu, group: "assistant", scope: "models:read" },
  { to: "/settings/usage", label: "section.usage", icon: ChartColumn, group: "assistant", scope: "models:read" },
  { to: "/settings/budgets", label: "section.budgets", icon: Wallet, group: "assistant", scope: "models:read" },
  { to: "/settings/nodes", label: "section.nodes", icon: Server, group: "gitu", scope: "models:share" },
  { to: "/settings/people", label: "section.people", icon: Users, group: "gitu", scope: "users:read" },
  { to: "/settings/folders", label: "section.folders", icon: FolderCog, group: "gitu", scope: "files:admin" },
  { to: "/settings/instance", label: "section.instance", icon: Building2, group: "gitu", scope: "instance:write" },
];
