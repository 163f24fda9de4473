import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router/dom";
import { queryClient } from "@/shared/api/query-client";
import { Announcer } from "@/shared/lib/announcer";
import { ToastHost } from "@/shared/ui/toast-host";
import { router } from "./router";
import { followSession } from "./session-bridge";

followSession(router, queryClient);

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <ToastHost />
      <Announcer />
    </QueryClientProvider>
  );
}
