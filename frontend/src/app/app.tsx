import { RouterProvider } from "react-router/dom";
import { Announcer } from "@/shared/lib/announcer";
import { ToastHost } from "@/shared/ui/toast-host";
import { followLinks } from "./follow-links";
import { router } from "./router";
import { followSession } from "./session-bridge";

followSession(router);
followLinks(router);

export function App() {
  return (
    <>
      <RouterProvider router={router} />
      <ToastHost />
      <Announcer />
    </>
  );
}
