let source: () => readonly string[] = () => [];

/** Whoever keeps the tasks says which labels there are, the most used first. */
export function provideLabels(names: () => readonly string[]): () => void {
  source = names;
  return () => {
    source = () => [];
  };
}

export function knownLabels(): readonly string[] {
  return source();
}

/** A label keeps the spelling it has, however its name was typed. */
export function asKnown(name: string): string {
  const folded = name.toLowerCase();
  return knownLabels().find((one) => one.toLowerCase() === folded) ?? name;
}
