import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "@/app/root";

const page = lazyRouteComponent(() => import("./ChatPage"), "ChatPage");

export const assistantRoutes = [
  createRoute({ getParentRoute: () => appRoute, path: "/", component: page, validateSearch: (search: Record<string, unknown>): { draft?: string } => (typeof search.draft === "string" ? { draft: search.draft.slice(0, 500) } : {}) }),
  createRoute({ getParentRoute: () => appRoute, path: "/chat/$sessionId", component: page }),
] as const;
