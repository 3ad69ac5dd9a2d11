import { createPrompt, isDownKey, isEnterKey, isUpKey, useKeypress, usePagination, useState } from '@inquirer/core';

export interface Listed {
  /** The place of the choice in the question. */
  readonly value: number;
  readonly name: string;
  readonly description: string;
  /** The reason, in brackets. */
  readonly disabled: string | false;
}

export interface SearchConfig {
  readonly message: string;
  readonly choices: readonly Listed[];
  /** The value of the choice to begin with. */
  readonly initial: number;
  readonly pageSize: number;
}

/** Whether each word that was typed stands somewhere in the choice. */
function fits({ name, description }: Listed, typed: string): boolean {
  const text = `${name} ${description}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/**
 * One of many, which typing makes fewer. Inquirer's own prompt looks for what fits in the background, and takes an
 * Enter that comes in the same go with the last letters for what was shown before them.
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
      // These keys change the line: Enter empties it, the arrows look for earlier ones.
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
