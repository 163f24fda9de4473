import type { ReactNode } from "react";
import { messages } from "@/shared/i18n/messages";
import { Logo } from "@/shared/ui/logo";
import { PageHeading } from "@/shared/ui/page-heading";

interface AuthCardProps {
  readonly heading: string;
  readonly lead: string;
  readonly children: ReactNode;
}

export function AuthCard({ heading, lead, children }: AuthCardProps) {
  return (
    <main id="content" className="aura grid min-h-dvh place-items-center px-4 py-8">
      <div className="w-full max-w-[400px] rounded-xl border border-line bg-surface p-8 shadow-[var(--shadow)] phone:p-6">
        <p className="flex items-center gap-2.5 text-[15px] font-semibold">
          <Logo className="size-[18px]" />
          {messages.app.name}
        </p>
        <PageHeading className="mt-6">{heading}</PageHeading>
        <p className="mt-1 mb-6 text-ink-3 empty:mb-3">{lead}</p>
        {children}
      </div>
    </main>
  );
}
