import { useEffect } from "react";
import { useNavigate } from "react-router";
import { registerCommand } from "@/shared/actions/registry";
import { navItems } from "./nav-items";

/** Each page of the navigation is a command, too. */
export function useGoCommands(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const stops = navItems.map(({ command, to }) =>
      registerCommand(command, { run: () => void navigate(to) }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [navigate]);
}
