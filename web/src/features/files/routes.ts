import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "@/app/root";
import { RouteError } from "@/ui/RouteError";

/** Where one is: an allowed folder (none: the workspace) and a path in it; `query` looks for names and texts. */
export interface FilesSearch { folder?: string; path?: string; query?: string }
const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value.slice(0, 4000) : undefined);
const validateSearch = (search: Record<string, unknown>): FilesSearch => ({ folder: text(search.folder), path: text(search.path), query: text(search.query)?.slice(0, 200) });
const common = { getParentRoute: () => appRoute, errorComponent: RouteError, validateSearch } as const;

export const filesRoutes = [
  createRoute({ ...common, path: "/files", component: lazyRouteComponent(() => import("./Browser"), "Browser") }),
  createRoute({ ...common, path: "/files/open", component: lazyRouteComponent(() => import("./OpenFile"), "OpenFile") }),
  createRoute({ ...common, path: "/files/changes", component: lazyRouteComponent(() => import("./Changes"), "Changes") }),
] as const;
