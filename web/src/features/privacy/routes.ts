import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/root";
import { RouteError } from "@/ui/RouteError";

const common = { getParentRoute: () => rootRoute, errorComponent: RouteError } as const;

/** What can be read without an account. */
export const privacyRoutes = [
  createRoute({ ...common, path: "/privacy", component: lazyRouteComponent(() => import("./NoticePage"), "NoticePage") }),
  createRoute({ ...common, path: "/erased", component: lazyRouteComponent(() => import("./Erased"), "Erased") }),
] as const;
