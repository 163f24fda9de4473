/**
 * Everything that can be asked for by key, menu, button or palette, as data. What a
 * command does is said by the component that can do it, through `useCommand`. Titles
 * stand in `messages.commands` under the same name.
 *
 * A binding is one stroke ("e", "?", "Shift+J", "Mod+K", "Alt+ArrowUp"; Mod is ⌘ on a
 * Mac and Ctrl elsewhere) or several after one another ("g b"). Bare arrows scroll the
 * page, so they count only within an element that is marked `data-arrow-keys`.
 */
const definitions = {
  "task.add": { group: "general", keys: ["q", "c"] },
  "palette.open": { group: "general", keys: ["Mod+K"], isForTyping: true },
  "help.open": { group: "general", keys: ["?"] },
  "edit.undo": { group: "general", keys: ["Mod+Z"] },
  "account.signOut": { group: "general", keys: [] },
  "labels.manage": { group: "general", keys: [] },

  "go.today": { group: "go", keys: ["g t"] },
  "go.all": { group: "go", keys: ["g a"] },
  "go.board": { group: "go", keys: ["g b"] },
  "go.upcoming": { group: "go", keys: ["g u"] },
  "go.calendar": { group: "go", keys: ["g c"] },
  "go.search": { group: "go", keys: ["/"] },
  "go.progress": { group: "go", keys: ["g p"] },
  "go.notifications": { group: "go", keys: ["g n"] },
  "go.trash": { group: "go", keys: ["g x"] },
  "go.settings": { group: "go", keys: ["g s"] },

  "list.next": { group: "list", keys: ["j", "ArrowDown"], isRepeatable: true },
  "list.previous": { group: "list", keys: ["k", "ArrowUp"], isRepeatable: true },
  "list.open": { group: "list", keys: ["Enter"] },
  "list.select": { group: "list", keys: ["x"] },
  "list.extendNext": { group: "list", keys: ["Shift+J", "Shift+ArrowDown"], isRepeatable: true },
  "list.extendPrevious": { group: "list", keys: ["Shift+K", "Shift+ArrowUp"], isRepeatable: true },
  "list.selectAll": { group: "list", keys: ["Mod+A"] },
  "list.clear": { group: "list", keys: ["Escape"] },

  "task.complete": { group: "task", keys: ["e"] },
  "task.start": { group: "task", keys: ["s"] },
  "task.date": { group: "task", keys: ["d"] },
  "task.priority": { group: "task", keys: ["p"] },
  "task.labels": { group: "task", keys: ["l"] },
  "task.trash": { group: "task", keys: ["#"] },
  "task.moveUp": { group: "task", keys: ["Alt+ArrowUp"], isRepeatable: true },
  "task.moveDown": { group: "task", keys: ["Alt+ArrowDown"], isRepeatable: true },
  "task.moveLeft": { group: "task", keys: ["Alt+ArrowLeft"], isRepeatable: true },
  "task.moveRight": { group: "task", keys: ["Alt+ArrowRight"], isRepeatable: true },
} as const satisfies Record<string, CommandDefinition>;

export const GROUPS = ["general", "go", "list", "task"] as const;
export type CommandGroup = (typeof GROUPS)[number];

export interface CommandDefinition {
  readonly group: CommandGroup;
  readonly keys: readonly string[];
  /** Goes on while the key is held down. */
  readonly isRepeatable?: boolean;
  /** Counts in a text field too. Only for chords that no field has a use for. */
  readonly isForTyping?: boolean;
}

export type CommandId = keyof typeof definitions;

export const commands: Readonly<Record<CommandId, CommandDefinition>> = definitions;
export const commandIds = Object.keys(definitions) as CommandId[];
