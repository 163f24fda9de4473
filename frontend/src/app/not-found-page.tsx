import { Compass } from "lucide-react";
import { Link } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { EmptyState } from "@/shared/ui/empty-state";
import { PageHeading } from "@/shared/ui/page-heading";

const t = messages.notFound;

export function NotFoundPage() {
  return (
    <main id="content" tabIndex={-1} className="mx-auto max-w-[560px] px-4 py-16 outline-none">
      <title>{messages.app.title(t.title)}</title>
      <PageHeading className="sr-only">{t.title}</PageHeading>
      <EmptyState icon={Compass} title={t.title} lead={t.lead}>
        <Link to="/" className="font-semibold text-accent underline underline-offset-3">
          {t.action}
        </Link>
      </EmptyState>
    </main>
  );
}
