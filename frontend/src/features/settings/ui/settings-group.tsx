import type { ReactNode } from "react";

interface SettingsGroupProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

/** One thing that can be set, with a hairline from the next. */
export function SettingsGroup({ title, lead, children }: SettingsGroupProps) {
  return (
    <section className="border-t border-line py-6 first:border-0 first:pt-1">
      <h2 className="text-[15px] font-semibold">{title}</h2>
      {lead && <p className="mt-0.5 max-w-[60ch] text-[13.5px] text-ink-2">{lead}</p>}
      <div className="mt-4 grid max-w-[480px] grid-cols-1 gap-4">{children}</div>
    </section>
  );
}
