import { hasCode } from "@/shared/api/errors";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { Person } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import type { Question } from "@/shared/ui/confirm-dialog";
import type { MenuSection } from "@/shared/ui/menu-types";
import { changePerson, signOutPerson } from "../api";
import { ROLES } from "./use-people-filter";

const t = messages.people;

/** What an admin can do to somebody. Each asks first and says what will follow. */
export function actionsFor(person: Person, ask: (question: Question) => void): MenuSection[] {
  const { is_active } = person;
  const roles = ROLES.map((role) => ({
    kind: "radio" as const,
    label: t.roles[role],
    isOn: role === person.role,
    run: () => role !== person.role && ask(roleQuestion(person, role)),
  }));
  return [
    { label: t.role, items: roles },
    {
      items: [
        { kind: "action", label: t.signOut, run: () => ask(signOutQuestion(person)) },
        {
          kind: "action",
          label: is_active ? t.deactivate : t.activate,
          isDanger: is_active,
          run: () => ask(activeQuestion(person)),
        },
      ],
    },
  ];
}

function roleQuestion({ id, username }: Person, role: Person["role"]): Question {
  return {
    title: t.roleTitle(username, t.roles[role]),
    lead: t.roleLead[role],
    action: t.changeRole,
    run: () => changePerson(id, { role }).then(refresh),
    doneText: t.roleChanged(username, t.roles[role]),
    explain,
  };
}

function activeQuestion({ id, username, is_active }: Person): Question {
  return {
    title: is_active ? t.deactivateTitle(username) : t.activateTitle(username),
    lead: is_active ? t.deactivateLead : t.activateLead,
    action: is_active ? t.deactivate : t.activate,
    run: () => changePerson(id, { is_active: !is_active }).then(refresh),
    doneText: is_active ? t.deactivated(username) : t.activated(username),
    explain,
  };
}

function signOutQuestion({ id, username }: Person): Question {
  return {
    title: t.signOutTitle(username),
    lead: t.signOutLead,
    action: t.signOut,
    run: () => signOutPerson(id),
    doneText: t.signedOut(username),
    explain,
  };
}

function explain(error: unknown): string | null {
  if (hasCode(error, "last_admin")) return t.lastAdmin;
  if (hasCode(error, "not_found")) return t.gone;
  return null;
}

function refresh(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: queryKeys.people });
}
