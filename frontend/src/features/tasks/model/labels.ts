import { removeLabel, renameLabel } from "../api";
import { catchUp } from "./sync";

/** On every task at once; the tasks follow from the server, as nothing else knows all of them. */
export async function renameEverywhere(name: string, next: string): Promise<void> {
  await renameLabel(name, next);
  await catchUp();
}

export async function removeEverywhere(name: string): Promise<void> {
  await removeLabel(name);
  await catchUp();
}

/** A label of the same name whatever its case, other than this one. */
export function namesake(names: Iterable<string>, name: string, next: string): string | undefined {
  const wanted = next.toLowerCase();
  return [...names].find((one) => one !== name && one.toLowerCase() === wanted);
}
