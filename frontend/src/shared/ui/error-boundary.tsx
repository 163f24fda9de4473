import { Component, type ReactNode } from "react";

interface ErrorBoundaryProps {
  readonly fallback: (reset: () => void) => ReactNode;
  /** A new value tries again: another task may well be fine. */
  readonly resetKey: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly hasFailed: boolean;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { hasFailed: false };

  static getDerivedStateFromError(): ErrorBoundaryState {
    return { hasFailed: true };
  }

  override componentDidUpdate(last: ErrorBoundaryProps): void {
    if (this.state.hasFailed && last.resetKey !== this.props.resetKey) this.reset();
  }

  reset = (): void => this.setState({ hasFailed: false });

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback(this.reset) : this.props.children;
  }
}
