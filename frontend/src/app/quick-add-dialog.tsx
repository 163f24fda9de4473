import { useRef } from "react";
import { QuickAdd } from "@/features/quick-add/quick-add";
import { createFromInput } from "@/features/tasks/model/commands";
import { createMany } from "@/features/tasks/model/create-many";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { Sheet } from "@/shared/ui/sheet";

export function QuickAddDialog({ onClose }: { readonly onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <Sheet label={messages.quickAdd.add} place="center" onClose={onClose}>
      <div className="p-5">
        <h2 className="text-base font-semibold">{messages.quickAdd.add}</h2>
        <QuickAdd field={field} defaultDue={null} onAdd={createFromInput} onAddMany={createMany} />
        <Button className="mt-4" onClick={onClose}>
          {messages.app.close}
        </Button>
      </div>
    </Sheet>
  );
}
