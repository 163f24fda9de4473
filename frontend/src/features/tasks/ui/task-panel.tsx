import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { DESKTOP, PHONE, useMediaQuery } from "@/shared/lib/use-media-query";
import { Sheet } from "@/shared/ui/sheet";
import type { OpenPanel } from "../model/url";
import { usePanel } from "../model/use-panel";
import { NewTask } from "./new-task";
import { TaskDetail } from "./task-detail";

interface TaskPanelProps {
  /** A new task's date where the page is about a day. */
  readonly defaultDue: string | null;
}

/** Beside the list on a desktop, over it on a tablet, a sheet on a phone. */
export function TaskPanel({ defaultDue }: TaskPanelProps) {
  const { panel, close: leave } = usePanel();
  const isDesktop = useMediaQuery(DESKTOP);
  if (!panel) return null;
  // A sheet gives the focus back by itself.
  const close = () => {
    leave();
    if (isDesktop) openerOf(panel)?.focus();
  };
  return (
    <PanelFrame panel={panel} close={close}>
      {panel.kind === "new" ? (
        <NewTask defaultDue={panel.due ?? defaultDue} onClose={close} />
      ) : (
        <TaskDetail key={panel.id} id={panel.id} doing={panel.doing} onClose={close} />
      )}
    </PanelFrame>
  );
}

interface PanelFrameProps {
  readonly panel: OpenPanel;
  readonly close: () => void;
  readonly children: ReactNode;
}

function PanelFrame({ panel, close, children }: PanelFrameProps) {
  const isDesktop = useMediaQuery(DESKTOP);
  const isPhone = useMediaQuery(PHONE);
  const label = panel.kind === "new" ? messages.detail.newTitle : messages.detail.label;
  const content = <FocusTarget panel={panel}>{children}</FocusTarget>;
  if (isDesktop) {
    return (
      <BesideList label={label} close={close}>
        {content}
      </BesideList>
    );
  }
  return (
    <Sheet
      label={label}
      place={isPhone ? "bottom" : "side"}
      onClose={close}
      initialFocus={false}
      finalFocus={() => openerOf(panel)}
    >
      {content}
    </Sheet>
  );
}

interface BesideListProps {
  readonly label: string;
  readonly close: () => void;
  readonly children: ReactNode;
}

function BesideList({ label, close, children }: BesideListProps) {
  return (
    <aside
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
      className="sticky top-0 h-dvh w-[416px] shrink-0 animate-rise overflow-y-auto border-l border-line"
    >
      {children}
    </aside>
  );
}

/** Focus follows whoever opened the panel by hand, and leaves a fresh page alone. */
function FocusTarget({
  panel,
  children,
}: {
  readonly panel: OpenPanel;
  readonly children: ReactNode;
}) {
  const target = useRef<HTMLDivElement>(null);
  const isFirstPage = useLocation().key === "default";
  const isViewing = panel.kind === "task" && panel.doing === "view";
  const id = panel.kind === "task" ? panel.id : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each opened task takes the focus anew
  useEffect(() => {
    if (isViewing && !isFirstPage) target.current?.focus({ preventScroll: true });
  }, [id]);
  return (
    <div ref={target} data-panel tabIndex={-1}>
      {children}
    </div>
  );
}

function openerOf(panel: OpenPanel): HTMLElement | null {
  const ids = panel.kind === "task" ? [panel.id] : [`new-${panel.due}`, "new"];
  const links = ids.map((id) => document.querySelector<HTMLElement>(`[data-task-link="${id}"]`));
  return links.find((link) => link !== null) ?? document.querySelector<HTMLElement>("h1");
}
