import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/root";
import { RouteError } from "@/ui/RouteError";

const common = { getParentRoute: () => rootRoute, errorComponent: RouteError } as const;

export const identityRoutes = [
  createRoute({
    ...common, path: "/sign-in",
    validateSearch: (search: Record<string, unknown>): { next?: string } => {
      // Only a path of our own: never an address that leads elsewhere.
      const next = search.next;
      return typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {};
    },
    component: lazyRouteComponent(() => import("./SignIn"), "SignIn"),
  }),
  createRoute({ ...common, path: "/pair", component: lazyRouteComponent(() => import("./Pair"), "Pair") }),
  createRoute({ ...common, path: "/welcome", component: lazyRouteComponent(() => import("./Welcome"), "Welcome") }),
  createRoute({ ...common, path: "/join", component: lazyRouteComponent(() => import("./Join"), "Join") }),
] as const;
