import type { Event } from '../../../core/events.ts';
import { printable } from '../../../core/text.ts';
import { errorText, type ErrorReport } from '../error-report.ts';
import { plainLine } from './plain.ts';
import { line, reaches, type Renderer, type RendererOptions } from './renderer.ts';

/** Shows only errors and questions. */
export class ErrorsOnlyRenderer implements Renderer {
  readonly #options: RendererOptions;

  constructor(options: RendererOptions) {
    this.#options = options;
  }

  emit(event: Event): void {
    if (reaches(event, 'error')) this.#options.messages.write(line(plainLine(event, this.#options.colour)));
  }

  say(): void {
    // Not an error.
  }

  ask(text: string): void {
    this.#options.messages.write(line(printable(text)));
  }

  error(report: ErrorReport): void {
    this.#options.messages.write(errorText(report, this.#options.colour));
  }

  async still<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  async close(): Promise<void> {
    await this.#options.messages.flush();
  }
}
