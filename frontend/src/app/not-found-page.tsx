import { Compass } from "lucide-react";
import { Link } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { EmptyState } from "@/shared/ui/empty-state";
import { PageHeading } from "@/shared/ui/page-heading";

const t = messages.errors;

export function NotFoundPage() {
  return (
    <main id="content" tabIndex={-1} className="mx-auto max-w-[560px] px-4 py-16 outline-none">
      <title>{messages.app.title(t.notFoundTitle)}</title>
      <PageHeading className="sr-only">{t.notFoundTitle}</PageHeading>
      <EmptyState icon={Compass} title={t.notFoundTitle} lead={t.notFoundLead}>
        <Link to="/" className="font-semibold text-accent underline underline-offset-3">
          {t.notFoundAction}
        </Link>
      </EmptyState>
    </main>
  );
}
