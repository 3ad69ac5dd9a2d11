import type { Figure } from './figure.ts';

function number(value: number, unit: Figure['unit']): string {
  if (unit === 'x') return `${value.toFixed(2)} x`;
  if (unit === 's') return `${value.toFixed(1)} s`;
  return unit === 'MB' ? `${value.toFixed(0)} MB` : String(value);
}

function row(figure: Figure): readonly string[] {
  const { measured, unit, limit, milliseconds, baselineMilliseconds } = figure;
  return [
    figure.title,
    number(measured.median, unit),
    `${number(measured.q1, unit)} .. ${number(measured.q3, unit)}`,
    limit === undefined ? '' : `<= ${number(limit, unit)}`,
    limit === undefined ? '' : figure.held ? 'ok' : 'OVER LIMIT',
    milliseconds === undefined || baselineMilliseconds === undefined
      ? ''
      : `${milliseconds.toFixed(0)} ms / ${baselineMilliseconds.toFixed(0)} ms`,
    String(figure.runs),
  ];
}

export function table(figures: readonly Figure[]): string {
  const rows = [
    ['Figure', 'Median', 'Middle half', 'Limit', '', 'Program / node -e 0', 'Runs'],
    ...figures.map((figure) => row(figure)),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))) ?? [];
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
