import type { Output } from '../output.ts';
import { NdjsonRenderer } from './ndjson.ts';
import { PlainRenderer } from './plain.ts';
import { ErrorsOnlyRenderer } from './errors-only.ts';
import type { Renderer, RendererOptions } from './renderer.ts';

export interface Choice extends RendererOptions {
  readonly events: 'ndjson' | undefined;
  readonly onlyErrors: boolean;
  readonly stderr: Output;
  /** TERM=dumb is a terminal without animation. */
  readonly dumb: boolean;
}

export async function chooseRenderer(choice: Choice): Promise<Renderer> {
  if (choice.events === 'ndjson') return new NdjsonRenderer(choice, choice.onlyErrors);
  if (choice.onlyErrors) return new ErrorsOnlyRenderer(choice);
  if (!choice.stderr.isTTY || choice.dumb) return new PlainRenderer(choice);
  const { TerminalRenderer } = await import('./terminal.ts');
  return new TerminalRenderer({ ...choice, stream: choice.stderr.stream });
}
