import type { ReactNode } from "react";
import type { CommandId } from "@/shared/actions/commands";

export interface MenuAction {
  readonly kind: "action";
  readonly label: string;
  readonly icon?: ReactNode;
  readonly isDanger?: boolean;
  /** Whose key does the same; shown beside it. */
  readonly command?: CommandId;
  readonly run: () => void;
}

/** One of several (`radio`, closes the menu) or any of several (`check`, leaves it open). */
export interface MenuChoice {
  readonly kind: "radio" | "check";
  readonly label: string;
  readonly icon?: ReactNode;
  readonly isOn: boolean;
  readonly run: () => void;
}

export interface MenuSection {
  readonly label?: string;
  readonly command?: CommandId;
  readonly items: readonly (MenuAction | MenuChoice)[];
}
