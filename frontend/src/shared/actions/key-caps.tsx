import { Kbd } from "@/shared/ui/kbd";
import { type CommandId, commands } from "./commands";
import { isSingleKey, keyCaps } from "./keys";
import { useSingleKeys } from "./single-keys";

/** The first binding of a command that is in force, as key caps. */
export function KeyCaps({ of }: { readonly of: CommandId }) {
  const [hasSingleKeys] = useSingleKeys();
  const binding = commands[of].keys.find((keys) => hasSingleKeys || !isSingleKey(keys));
  if (!binding) return null;
  return (
    <span className="inline-flex gap-1">
      {keyCaps(binding).map((cap, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: strokes stand in a fixed order, and "g g" has one twice
        <Kbd key={index}>{cap}</Kbd>
      ))}
    </span>
  );
}
