import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { appRoute } from "@/app/root";
import { RouteError } from "@/ui/RouteError";
import { WIDE } from "./wide";

const settingsRoute = createRoute({ getParentRoute: () => appRoute, path: "/settings", component: lazyRouteComponent(() => import("./SettingsLayout"), "SettingsLayout"), errorComponent: RouteError });
const common = { getParentRoute: () => settingsRoute, errorComponent: RouteError } as const;

export const settingsRoutes = [
  settingsRoute.addChildren([
    createRoute({
      ...common, path: "/",
      beforeLoad: () => { if (window.matchMedia(WIDE).matches) throw redirect({ to: "/settings/profile", replace: true }); },
      component: lazyRouteComponent(() => import("./SettingsLayout"), "SettingsIndex"),
    }),
    createRoute({ ...common, path: "/profile", component: lazyRouteComponent(() => import("./Profile"), "Profile") }),
    createRoute({ ...common, path: "/preferences", component: lazyRouteComponent(() => import("./Preferences"), "Preferences") }),
    createRoute({ ...common, path: "/sign-in", component: lazyRouteComponent(() => import("@/features/identity/WaysIn"), "WaysIn") }),
    createRoute({ ...common, path: "/devices", component: lazyRouteComponent(() => import("./Devices"), "Devices") }),
    createRoute({ ...common, path: "/api-keys", component: lazyRouteComponent(() => import("./ApiKeys"), "ApiKeys") }),
    createRoute({ ...common, path: "/privacy", component: lazyRouteComponent(() => import("@/features/privacy/Privacy"), "Privacy") }),
    createRoute({ ...common, path: "/people", component: lazyRouteComponent(() => import("./People"), "People") }),
    createRoute({ ...common, path: "/folders", component: lazyRouteComponent(() => import("@/features/files/Folders"), "Folders") }),
    createRoute({ ...common, path: "/instance", component: lazyRouteComponent(() => import("./Instance"), "Instance") }),
    createRoute({ ...common, path: "/models", component: lazyRouteComponent(() => import("@/features/models/Models"), "Models") }),
    createRoute({ ...common, path: "/models/add", component: lazyRouteComponent(() => import("@/features/models/AddConnection"), "AddConnection") }),
    createRoute({ ...common, path: "/usage", component: lazyRouteComponent(() => import("@/features/models/UsagePage"), "UsagePage") }),
    createRoute({ ...common, path: "/budgets", component: lazyRouteComponent(() => import("@/features/models/budgets/Budgets"), "Budgets") }),
    createRoute({ ...common, path: "/nodes", component: lazyRouteComponent(() => import("@/features/models/nodes/NodesPage"), "NodesPage") }),
  ]),
] as const;
