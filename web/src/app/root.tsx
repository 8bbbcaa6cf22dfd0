/** The root of all routes and the signed-in layout; features hang their routes under one of the two. */
import { Outlet, createRootRoute, createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { queryClient } from "@/api/query";
import { instanceQuery, meQuery } from "@/features/identity/queries";
import { Pending } from "@/ui/Pending";
import { RouteError } from "@/ui/RouteError";
import { NotFound } from "@/ui/NotFound";

export const rootRoute = createRootRoute({ component: Outlet, errorComponent: RouteError, notFoundComponent: NotFound });

/** Everything behind sign-in. Someone without a session is sent to sign in, or to the first run where nobody owns this place yet. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  beforeLoad: async ({ location }) => {
    if (await queryClient.ensureQueryData(meQuery)) return;
    const instance = await queryClient.ensureQueryData(instanceQuery);
    if (instance.state === "owner_needed") throw redirect({ to: "/welcome", replace: true });
    throw redirect({ to: "/sign-in", search: location.pathname === "/" ? {} : { next: location.pathname }, replace: true });
  },
  component: lazyRouteComponent(() => import("./Shell"), "Shell"),
  pendingComponent: Pending,
  errorComponent: RouteError,
});

/** An address that leads nowhere: said inside the signed-in frame, so that the menu is at hand. */
export const unknownRoute = createRoute({ getParentRoute: () => appRoute, path: "$", component: NotFound });
