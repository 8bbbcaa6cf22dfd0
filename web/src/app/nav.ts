/** The main menu. A feature with a place in it adds a line; `label` is a key in locales/<language>/common.json. */
import { Folder, History, type LucideIcon, MessageCircle, Settings, ShieldCheck } from "lucide-react";

export interface NavItem { to: string; label: string; icon: LucideIcon; /** Shown only to people who hold it. */ scope?: string }

export const NAV: NavItem[] = [
  { to: "/", label: "nav.chat", icon: MessageCircle },
  { to: "/files", label: "nav.files", icon: Folder, scope: "files:read" },
  { to: "/activity", label: "nav.activity", icon: History, scope: "audit:read" },
  { to: "/permissions", label: "nav.permissions", icon: ShieldCheck, scope: "approvals:read" },
  { to: "/settings", label: "nav.settings", icon: Settings },
];
