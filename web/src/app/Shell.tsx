import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { ChevronsUpDown, Languages, LogOut, Menu as MenuIcon, Monitor, Moon, Search, SquarePen, Sun } from "lucide-react";
import { Suspense, lazy, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import { type DomainEvent, live } from "@/api/live";
import type { Me, ThemeChoice } from "@/api/types";
import { useMe } from "@/features/identity/queries";
import { SessionList } from "@/features/assistant/SessionList";
import { StopEverything, stopEverything } from "@/features/assistant/StopEverything";
import { Waiting } from "@/features/trust/Waiting";
import { countOf, useWaiting } from "@/features/trust/waiting";
import { IconButton } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Logo } from "@/ui/Logo";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/Menu";
import { Pending } from "@/ui/Pending";
import { Toasts } from "@/ui/Toasts";
import { OfflineBanner } from "./OfflineBanner";
import { leave } from "./leave";
import { NAV } from "./nav";
import { usePreferences } from "./preferences";
import classes from "./Shell.module.css";

const Palette = lazy(() => import("./Palette").then((module) => ({ default: module.Palette })));

/** The signed-in frame: menu and sessions at the start edge (a drawer on phones), the screen beside it. */
export function Shell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [drawer, { open, close }] = useDisclosure(false);
  const [palette, setPalette] = useState<"never" | "open" | "closed">("never");
  const path = useRouterState({ select: (state) => state.location.pathname });
  useFollowAccount();
  useLive();
  useEffect(close, [path, close]);
  useHotkeys([
    ["mod+K", () => setPalette("open")],
    ["mod+shift+O", () => void navigate({ to: "/" })],
    ["mod+.", () => void stopEverything()],
  ], []);
  const openPalette = () => { close(); setPalette("open"); };

  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>{t("skip_to_content")}</a>
      <aside className={classes.sidebar}><Sidebar onSearch={openPalette} /></aside>
      <div className={classes.main}>
        <header className={classes.topbar}>
          <span className={classes.menuButton}><IconButton label={t("menu")} onClick={open}><MenuIcon size={20} aria-hidden /></IconButton><WaitingDot /></span>
          <Link to="/" className={classes.brand} aria-label="Gitu"><Logo size={22} /></Link>
          <StopEverything small />
          <IconButton label={t("search")} onClick={openPalette}><Search size={20} aria-hidden /></IconButton>
        </header>
        <OfflineBanner />
        <Waiting />
        <main id="content" tabIndex={-1} className={classes.content}><Suspense fallback={<Pending />}><Outlet /></Suspense></main>
      </div>
      <Dialog opened={drawer} onClose={close} title={t("menu")} bare placement="start"><Sidebar onSearch={openPalette} /></Dialog>
      {palette !== "never" && (
        <Suspense fallback={null}><Palette opened={palette === "open"} onClose={() => setPalette("closed")} /></Suspense>
      )}
      <Toasts />
    </div>
  );
}

/** On a new device the account's language and theme win over what the browser guessed. */
function useFollowAccount() {
  const { language, theme } = useMe().preferences;
  const { apply } = usePreferences();
  useEffect(() => apply({ language, theme }, { save: false }), [apply, language, theme]);
}

/** A budget's alert; should its words not come, the screen of the budgets tells the same. */
async function tellOfBudget(event: DomainEvent, me: Me | undefined) {
  if (!me) return;
  const { tellThreshold } = await import("@/features/models/budgets/alert");
  await tellThreshold(event, me).catch(() => undefined);
}

/** A node went, or is back. */
async function tellOfNode(event: DomainEvent) {
  const { tellNode } = await import("@/features/models/nodes/alert");
  await tellNode(event).catch(() => undefined);
}

/** Live events while signed in; a revoked device goes to sign-in at once. */
function useLive() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    live.start(() => void leave(() => navigate({ to: "/sign-in" })));
    const off = live.onEvent((event) => {
      const { type } = event;
      if (type === "preferences.changed") void cache.invalidateQueries({ queryKey: ["me"] });
      if (type.startsWith("file.")) void cache.invalidateQueries({ queryKey: ["files"] });
      if (type.startsWith("device.")) void cache.invalidateQueries({ queryKey: ["devices"] });
      if (type === "factors.changed") for (const key of ["second-factor", "passkeys", "openid-links"]) void cache.invalidateQueries({ queryKey: [key] });
      if (type.startsWith("budget.")) void cache.invalidateQueries({ queryKey: ["models", "budgets"] });
      if (type === "budget.threshold") void tellOfBudget(event, cache.getQueryData<Me>(["me"]));
      if (type.startsWith("node.")) void cache.invalidateQueries({ queryKey: ["nodes"] });
      if (type === "node.down" || type === "node.back") void tellOfNode(event);
      if (type.startsWith("connection.")) void cache.invalidateQueries({ queryKey: ["models"] });
      if (type.startsWith("approval.")) void cache.invalidateQueries({ queryKey: ["approvals"] });
      if (type.startsWith("privacy.")) void cache.invalidateQueries({ queryKey: ["privacy"] });
      if (type === "grant.changed") void cache.invalidateQueries({ queryKey: ["grants"] });
    });
    const offReconnect = live.onReconnect(() => { for (const key of ["approvals", "grants"]) void cache.invalidateQueries({ queryKey: [key] }); });
    return () => { off(); offReconnect(); live.stop(); };
  }, [cache, navigate]);
}

function Sidebar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const mac = /mac|iphone|ipad/i.test(navigator.userAgent);
  return (
    <div className={classes.side}>
      <div className={classes.sideTop}>
        <Link to="/" className={classes.brand}><Logo size={22} /><span>Gitu</span></Link>
      </div>
      <div className={classes.quick}>
        <Link to="/" className={classes.newChat}><SquarePen size={16} aria-hidden />{t("new_chat")}</Link>
        <button type="button" className={classes.searchButton} onClick={onSearch}>
          <Search size={16} aria-hidden /><span>{t("search")}</span><kbd>{mac ? "⌘K" : "Ctrl K"}</kbd>
        </button>
      </div>
      {NAV.length > 1 && (
        <nav className={classes.nav} aria-label={t("main_menu")}>
          {NAV.filter((item) => !item.scope || me.scopes.includes(item.scope)).map(({ to, label, icon: Icon }) => (
            <Link key={to} to={to} activeOptions={{ exact: to === "/" }} className={classes.navLink}><Icon size={16} aria-hidden /><span className={classes.navLabel}>{t(label)}</span>{to === "/permissions" && <WaitingCount />}</Link>
          ))}
        </nav>
      )}
      <StopEverything />
      <SessionList />
      <AccountMenu />
    </div>
  );
}

/** How many requests wait for the person's word. */
function WaitingCount() {
  const { t } = useTranslation();
  const waiting = useWaiting();
  if (waiting.requests.length === 0) return null;
  return <span className={classes.count}><span aria-hidden>{countOf(waiting)}</span><span className="sr-only">{t("waiting.count", { count: waiting.requests.length })}</span></span>;
}

/** On phones the count is behind the menu: a mark says that it is there. */
function WaitingDot() {
  const { t } = useTranslation();
  const waiting = useWaiting();
  if (waiting.requests.length === 0) return null;
  return <span className={classes.dot}><span className="sr-only">{t("waiting.count", { count: waiting.requests.length })}</span></span>;
}

const THEMES: { value: ThemeChoice; icon: typeof Sun }[] = [{ value: "system", icon: Monitor }, { value: "light", icon: Sun }, { value: "dark", icon: Moon }];

function AccountMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const { theme, apply } = usePreferences();
  const signOut = async () => {
    await call(client.POST("/auth/sign-out")).catch(() => undefined);
    await leave(() => navigate({ to: "/sign-in" }));
  };
  return (
    <Menu
      side="above" label={t("account_menu", { name: me.name })} buttonClass={classes.account}
      button={<><span className={classes.avatar} aria-hidden data-letter={[...me.name][0]?.toUpperCase()} /><span className="clip" dir="auto">{me.name}</span><ChevronsUpDown size={14} aria-hidden /></>}
    >
      <MenuLabel>{t("theme.label")}</MenuLabel>
      {THEMES.map(({ value, icon: Icon }) => (
        <MenuItem key={value} icon={<Icon size={16} aria-hidden />} checked={theme === value} onClick={() => apply({ theme: value })}>{t(`theme.${value}`)}</MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={<Languages size={16} aria-hidden />} lang={i18n.language === "ar" ? "en" : "ar"} onClick={() => apply({ language: i18n.language === "ar" ? "en" : "ar" })}>{i18n.language === "ar" ? "English" : "العربية"}</MenuItem>
      <MenuLine />
      <MenuItem icon={<LogOut size={16} aria-hidden className="flip" />} onClick={() => void signOut()}>{t("sign_out")}</MenuItem>
    </Menu>
  );
}
