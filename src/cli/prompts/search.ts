import { createPrompt, isDownKey, isEnterKey, isUpKey, useKeypress, usePagination, useState } from '@inquirer/core';

export interface Listed {
  /** The position of the choice. */
  readonly value: number;
  readonly name: string;
  readonly description: string;
  /** The reason, in parentheses. */
  readonly disabled: string | false;
}

export interface SearchConfig {
  readonly message: string;
  readonly choices: readonly Listed[];
  /** The initial choice. */
  readonly initial: number;
  readonly pageSize: number;
}

/** Whether the choice contains every typed word. */
function fits({ name, description }: Listed, typed: string): boolean {
  const text = `${name} ${description}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/**
 * Selects one of many choices; typing filters them. Inquirer's own prompt filters in the background, so an Enter that
 * arrives together with the last letters would select from the previous list.
 */
export const search = createPrompt<number, SearchConfig>(({ message, choices, initial, pageSize }, done) => {
  const [typed, setTyped] = useState('');
  const [value, setValue] = useState(initial);
  const [isDone, setIsDone] = useState(false);
  const shown = choices.filter((choice) => fits(choice, typed));
  const able = shown.filter(({ disabled }) => disabled === false);
  const place = Math.max(
    0,
    able.findIndex((choice) => choice.value === value),
  );
  const current = able[place];
  useKeypress((key, line) => {
    if (isDone) return;
    const isDown = isDownKey(key);
    if (isEnterKey(key) && current !== undefined) {
      setValue(current.value);
      setIsDone(true);
      done(current.value);
    } else if (isEnterKey(key) || isDown || isUpKey(key)) {
      // readline changes the line on these keys: Enter clears it, arrows recall earlier lines.
      line.clearLine(0);
      line.write(typed);
      const next = able[place + (isDown ? 1 : -1)];
      if (!isEnterKey(key) && next !== undefined) setValue(next.value);
    } else setTyped(line.line);
  });
  const page = usePagination({
    items: shown,
    active: Math.max(
      0,
      shown.findIndex((choice) => choice === current),
    ),
    renderItem: ({ item }) =>
      item.disabled === false ? `${item === current ? '>' : ' '} ${item.name}` : `- ${item.name} ${item.disabled}`,
    pageSize,
    loop: false,
  });
  if (isDone) return `${message} ${current?.name ?? ''}`;
  const below = [
    shown.length === 0 ? 'No matches.' : page,
    ' ',
    current?.description ?? '',
    'Type to search, use arrow keys to move, press Enter to select',
  ];
  return [`${message} ${typed}`, below.filter((part) => part !== '').join('\n')];
});
