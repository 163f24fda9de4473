import { Link, useLocation } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { AuthCard } from "./auth-card";
import { RegisterForm } from "./register-form";

const t = messages.auth;

export function RegisterPage() {
  const { search } = useLocation();
  return (
    <AuthCard heading={t.registerHeading} lead={t.registerLead}>
      <title>{messages.app.title(t.registerTitle)}</title>
      <RegisterForm />
      <p className="mt-5 text-center text-[13px] text-ink-3">
        {t.haveAccount}{" "}
        <Link
          to={{ pathname: "/login", search }}
          className="font-semibold text-accent hover:underline"
        >
          {t.signIn}
        </Link>
      </p>
    </AuthCard>
  );
}
