import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Suspense } from "react";
import { onSignedOut, queryClient } from "@/api/query";
import { ConfirmIdentity } from "@/features/identity/ConfirmIdentity";
import { ErrorBoundary } from "@/ui/ErrorBoundary";
import { Pending } from "@/ui/Pending";
import { leave } from "./leave";
import { router } from "./router";

onSignedOut(() => {
  if (!queryClient.getQueryData(["me"])) return;
  void leave(() => router.navigate({ to: "/sign-in", search: { next: window.location.pathname } }));
});

export function App() {
  return (
    <ErrorBoundary>
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={<Pending />}>
          <RouterProvider router={router} />
        </Suspense>
        <ConfirmIdentity />
      </QueryClientProvider>
    </ErrorBoundary>
  );
}
