import type { ReactNode } from "react";

export interface MenuAction {
  readonly kind: "action";
  readonly label: string;
  readonly icon?: ReactNode;
  readonly isDanger?: boolean;
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
  readonly items: readonly (MenuAction | MenuChoice)[];
}
