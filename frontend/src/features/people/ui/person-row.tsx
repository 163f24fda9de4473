import { Ellipsis } from "lucide-react";
import { Suspense, useRef, useState } from "react";
import type { Person } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatAgo } from "@/shared/lib/format-date";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { cx } from "@/shared/ui/class-names";
import type { Question } from "@/shared/ui/confirm-dialog";
import { MenuButton } from "@/shared/ui/menu-button";
import { actionsFor } from "../model/actions";

const t = messages.people;

const ConfirmDialog = lazyWithRetry(() =>
  import("@/shared/ui/confirm-dialog").then((module) => module.ConfirmDialog),
);

interface PersonRowProps {
  readonly person: Person;
  readonly isMe: boolean;
  readonly canChange: boolean;
}

export function PersonRow({ person, isMe, canChange }: PersonRowProps) {
  const { username, first_name, last_name, email, role, is_active, last_login } = person;
  const name = `${first_name} ${last_name}`.trim();
  return (
    <li className="flex min-h-14 items-center gap-3 border-b border-line py-2.5">
      <div className={cx("min-w-0 flex-1", !is_active && "text-ink-3")}>
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          <span className="wrap-anywhere">{name ? `${name} (${username})` : username}</span>
          {isMe && <Tag text={t.you} look="bg-soft text-accent" />}
          {!is_active && <Tag text={t.inactive} look="bg-sunken text-ink-2" />}
        </p>
        <p className="text-[12.5px] wrap-anywhere text-ink-3">
          {email} · {last_login ? t.lastSeen(formatAgo(last_login)) : t.neverSeen}
        </p>
      </div>
      <span className="text-[13px] text-ink-2">{t.roles[role]}</span>
      {canChange && <PersonMenu person={person} />}
    </li>
  );
}

function Tag({ text, look }: { readonly text: string; readonly look: string }) {
  return (
    <span className={cx("rounded-md px-2 py-0.5 text-[12px] font-semibold", look)}>{text}</span>
  );
}

function PersonMenu({ person }: { readonly person: Person }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const place = useRef<HTMLSpanElement>(null);
  const opener = {
    get current() {
      return place.current?.querySelector("button") ?? null;
    },
  };
  return (
    <span ref={place}>
      <MenuButton
        label={t.more(person.username)}
        sections={actionsFor(person, setQuestion)}
        className="grid size-8 touch:size-11 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink"
      >
        <Ellipsis className="size-4" aria-hidden="true" />
      </MenuButton>
      {question && (
        <Suspense fallback={null}>
          <ConfirmDialog question={question} opener={opener} onClose={() => setQuestion(null)} />
        </Suspense>
      )}
    </span>
  );
}
