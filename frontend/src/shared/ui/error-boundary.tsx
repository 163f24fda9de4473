import { Component, type ReactNode } from "react";

interface ErrorBoundaryProps {
  readonly fallback: (reset: () => void, error: unknown) => ReactNode;
  /** A new value tries again: another task may well be fine. */
  readonly resetKey: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly hasFailed: boolean;
  readonly error: unknown;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { hasFailed: false, error: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { hasFailed: true, error };
  }

  override componentDidUpdate(last: ErrorBoundaryProps): void {
    if (this.state.hasFailed && last.resetKey !== this.props.resetKey) this.reset();
  }

  reset = (): void => this.setState({ hasFailed: false, error: null });

  override render(): ReactNode {
    return this.state.hasFailed
      ? this.props.fallback(this.reset, this.state.error)
      : this.props.children;
  }
}
