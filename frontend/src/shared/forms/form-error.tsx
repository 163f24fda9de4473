interface FormErrorProps {
  readonly text: string | undefined;
}

/** Always in the page, so that a screen reader hears the text arrive. */
export function FormError({ text }: FormErrorProps) {
  return (
    <p role="alert" className="text-[13px] text-late empty:hidden">
      {text}
    </p>
  );
}
