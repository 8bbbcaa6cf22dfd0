/** All routes. A feature adds its line here and, if it has a place in the menu, one in `nav.ts`. */
import { createRouter } from "@tanstack/react-router";
import { assistantRoutes } from "@/features/assistant/routes";
import { filesRoutes } from "@/features/files/routes";
import { identityRoutes } from "@/features/identity/routes";
import { privacyRoutes } from "@/features/privacy/routes";
import { settingsRoutes } from "@/features/settings/routes";
import { trustRoutes } from "@/features/trust/routes";
import { Pending } from "@/ui/Pending";
import { appRoute, rootRoute, unknownRoute } from "./root";

const routeTree = rootRoute.addChildren([...identityRoutes, ...privacyRoutes, appRoute.addChildren([...assistantRoutes, ...filesRoutes, ...settingsRoutes, ...trustRoutes, unknownRoute])]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingComponent: Pending,
  defaultPendingMs: 200,
  // The screen is shown as soon as it is there, however briefly the sign of waiting was.
  defaultPendingMinMs: 0,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register { router: typeof router }
}
