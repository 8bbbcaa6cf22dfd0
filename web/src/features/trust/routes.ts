import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "@/app/root";
import { RouteError } from "@/ui/RouteError";

const OUTCOMES = ["ok", "denied", "held", "failed"] as const;
/** What the log is narrowed to; reads stay out unless they are asked for, being many and changing nothing. */
export interface ActivitySearch { query?: string; outcome?: (typeof OUTCOMES)[number]; action?: string; reads?: true }
const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value.slice(0, 100) : undefined);

export const trustRoutes = [
  createRoute({
    getParentRoute: () => appRoute, path: "/activity", errorComponent: RouteError,
    // What is looked for stands in the address, so that it can be kept and shared.
    validateSearch: (search: Record<string, unknown>): ActivitySearch => ({ query: text(search.query), outcome: OUTCOMES.find((outcome) => outcome === search.outcome), action: text(search.action), reads: search.reads === true || undefined }),
    component: lazyRouteComponent(() => import("./Activity"), "Activity"),
  }),
  createRoute({ getParentRoute: () => appRoute, path: "/permissions", errorComponent: RouteError, component: lazyRouteComponent(() => import("./Permissions"), "Permissions") }),
] as const;
