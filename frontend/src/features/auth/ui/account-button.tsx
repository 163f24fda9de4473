import { LogOut, Settings, Users } from "lucide-react";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { runCommand } from "@/shared/actions/registry";
import type { User } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { signOut } from "@/shared/session/session";
import { MenuButton } from "@/shared/ui/menu-button";

const t = messages.nav;

interface AccountButtonProps {
  readonly user: User;
  readonly className: string;
  readonly children: ReactNode;
}

export function AccountButton({ user, className, children }: AccountButtonProps) {
  const navigate = useNavigate();
  const settings = {
    kind: "action",
    label: t.settings,
    icon: <Settings className="size-4" aria-hidden="true" />,
    run: () => void navigate("/settings/profile"),
  } as const;
  const people = {
    kind: "action",
    label: t.people,
    icon: <Users className="size-4" aria-hidden="true" />,
    run: () => void navigate("/people"),
  } as const;
  const leave = {
    kind: "action",
    label: t.signOut,
    icon: <LogOut className="size-4" aria-hidden="true" />,
    run: leaveAccount,
  } as const;
  return (
    <MenuButton
      label={t.accountOf(user.username)}
      align="start"
      sections={[
        {
          label: user.email || user.username,
          items: [settings, ...(user.role === "member" ? [] : [people]), leave],
        },
      ]}
      className={className}
    >
      {children}
    </MenuButton>
  );
}

/** What guards unsent changes comes after the first paint; before it there are none. */
export function leaveAccount(): void {
  if (!runCommand("account.signOut")) void signOut();
}

/** Two letters that stand for a person. */
export function initialsOf({ first_name, last_name, username }: User): string {
  const letters =
    first_name && last_name ? `${first_name[0]}${last_name[0]}` : username.slice(0, 2);
  return letters.toUpperCase();
}
