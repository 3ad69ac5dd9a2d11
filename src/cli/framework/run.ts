import { InterruptedError } from '../../core/errors.ts';
import { exitCode, type ExitCode } from '../../core/exit-codes.ts';
import { notWritten } from '../../core/file-errors.ts';
import { parseDuration } from '../../core/text.ts';
import { wantsColour } from '../io/colour.ts';
import { errorReport } from '../io/error-report.ts';
import { chooseRenderer } from '../io/events/choose.ts';
import type { Renderer } from '../io/events/renderer.ts';
import { isAsciiLocale, isBrokenPipe, Messages, type Output, type Terminal } from '../io/output.ts';
import { compileQuery, type Query } from '../io/query.ts';
import { renderResult } from '../io/render.ts';
import type { CommandResult } from '../io/result.ts';
import { terminalText, type Reader } from '../io/terminal-text.ts';
import type { Settings } from './context.ts';
import type { AnyCommand } from './definition.ts';
import { chooseFormat } from './format.ts';
import type { Globals } from './globals.ts';
import { helpText } from './help.ts';
import { Interrupts } from './interrupts.ts';
import type { MainIo } from './main-io.ts';
import { complete, parseCommand, type Parsed } from './parse.ts';
import { createConsent, createPrompts } from './prompts.ts';
import { rawGlobals } from './raw-globals.ts';
import { TimeLimit } from './time-limit.ts';
import { route, type Route } from './route.ts';

/** Runs a command line and returns the exit code. Never rejects, and ends the process only at a second Ctrl-C. */
export async function runCommandLine(argv: readonly string[], io: MainIo): Promise<ExitCode> {
  try {
    const found = route(argv, io.registry);
    if (found.kind === 'version') return await print(io, `${io.version}\n`, 'ok');
    if (found.kind === 'help') return await print(io, help(io, found.path, io.stdout), 'ok');
    if (found.kind === 'command') return await runCommand(found, io);
    await io.stderr.write(help(io, found.path, io.stderr)).catch(() => undefined);
    return exitCode('usage');
  } catch (error) {
    return await tell(error, io, rawGlobals(argv));
  }
}

function help(io: MainIo, path: readonly string[], output: Output): string {
  return terminalText(helpText(io.registry, path, output.columns), readerOf(io, output));
}

function readerOf(io: MainIo, { isTTY, columns }: Output): Reader {
  return { width: isTTY ? columns : undefined, ascii: isAsciiLocale(io.env) };
}

async function print(io: MainIo, text: string, exit: NonNullable<CommandResult['exit']>): Promise<ExitCode> {
  try {
    if (text !== '') await io.stdout.write(text);
  } catch (error) {
    if (!isBrokenPipe(error)) throw notWritten('Standard output', error);
  }
  return exitCode(exit);
}

/** Reports an error before there is a renderer. */
async function tell(error: unknown, io: MainIo, globals: Globals): Promise<ExitCode> {
  const renderer = await rendererFor(io, globals, undefined);
  const report = errorReport(error, globals.debug);
  renderer.error(report);
  await renderer.close();
  return report.exit;
}

interface Prepared {
  readonly command: AnyCommand;
  readonly parsed: Parsed;
  readonly settings: Settings;
  readonly query: Query | undefined;
  readonly format: string;
}

async function runCommand({ command, rest }: Extract<Route, { kind: 'command' }>, io: MainIo): Promise<ExitCode> {
  const parsed = await parseCommand(command, rest);
  if (parsed.globals.help) return print(io, help(io, command.path, io.stdout), 'ok');
  const { globals } = parsed;
  const settings = await io.settings(globals);
  const query = globals.query === undefined ? undefined : await compileQuery(globals.query);
  const format = chooseFormat(command, globals, settings, io.stdout.isTTY);
  const args = complete(command, parsed, settings);
  const seconds = timeoutOf(args);
  const renderer = await rendererFor(io, globals, settings);
  if (settings.configProblem !== undefined)
    renderer.emit({ type: 'notice', level: 'warning', code: 'azure-config', message: settings.configProblem });
  const interrupts = new Interrupts(io, renderer);
  const limit = new TimeLimit(io.clock, seconds);
  try {
    const prepared = { command, parsed, settings, query, format };
    const result = await execute(prepared, args, io, renderer, interrupts.signal, limit);
    const text = await renderResult(result, {
      format,
      formatGiven: globals.output !== undefined,
      query,
      columns: command.columns,
      colour: colourOf(io, globals, settings, io.stdout.isTTY),
      terminal: io.stdout.isTTY,
      reader: readerOf(io, io.stdout),
    });
    if (result.until !== undefined) {
      // A command that keeps running writes to stderr; its result is printed as requested.
      if (globals.output !== undefined || globals.query !== undefined) await print(io, text, 'ok');
      await result.until;
      return exitCode(result.exit ?? 'ok');
    }
    await renderer.close();
    // A command that ends early with a partial result does not know the signal.
    const early = limit.signal.aborted && !interrupts.signal.aborted ? 'waiting' : interrupts.exit;
    return await print(io, text, result.exit === 'interrupted' ? early : (result.exit ?? 'ok'));
  } catch (error) {
    const translated = interrupts.signal.aborted ? interrupts.translate(error) : limit.translate(error);
    const report = errorReport(translated, globals.debug, interrupts.exit);
    renderer.error(report);
    return report.exit;
  } finally {
    await renderer.close();
    limit.stop();
    interrupts.done();
  }
}

/** The value of --timeout, if the command has that option. @throws UsageError */
function timeoutOf(args: object): number | undefined {
  return 'timeout' in args && typeof args.timeout === 'string' ? parseDuration(args.timeout, '--timeout') : undefined;
}

async function execute(
  prepared: Prepared,
  args: unknown,
  io: MainIo,
  renderer: Renderer,
  interrupt: AbortSignal,
  limit: TimeLimit,
): Promise<CommandResult> {
  const { command, parsed, settings } = prepared;
  const terminal: Terminal = {
    stdin: io.stdin.isTTY,
    stdout: io.stdout.isTTY,
    stderr: io.stderr.isTTY,
    columns: io.stdout.columns ?? io.stderr.columns ?? 80,
    colour: colourOf(io, parsed.globals, settings, io.stdout.isTTY),
    ascii: isAsciiLocale(io.env),
  };
  const signal = AbortSignal.any([interrupt, limit.signal]);
  const asking = { renderer, terminal, stdin: io.stdin, stderr: io.stderr, signal, limit };
  const context = await io.context({
    globals: parsed.globals,
    settings,
    signal,
    terminal,
    emit: (event) => {
      renderer.emit(event);
    },
    say: (text) => {
      renderer.say(text);
    },
    consent: createConsent(asking),
    prompts: createPrompts(asking),
  });
  if (signal.aborted) throw new InterruptedError();
  // The parser made them from the options of this command.
  return command.run(context, args as never);
}

function colourOf(io: MainIo, globals: Globals, settings: Settings | undefined, isTTY: boolean): boolean {
  return wantsColour({ isTTY, env: io.env, noColor: globals.noColor || settings?.noColor === true });
}

async function rendererFor(io: MainIo, globals: Globals, settings: Settings | undefined): Promise<Renderer> {
  const reader = readerOf(io, io.stderr);
  return chooseRenderer({
    messages:
      globals.events === undefined
        ? new Messages(io.stderr, (text) => terminalText(text, reader))
        : new Messages(io.stderr),
    reader,
    clock: io.clock,
    colour: colourOf(io, globals, settings, io.stderr.isTTY),
    verbose: globals.verbose,
    debug: globals.debug,
    events: globals.events,
    onlyErrors: globals.onlyShowErrors || settings?.onlyShowErrors === true,
    stderr: io.stderr,
    dumb: io.env['TERM'] === 'dumb',
  });
}
