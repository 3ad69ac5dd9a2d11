import { createPrompt, isEnterKey, isTabKey, useKeypress, useState } from '@inquirer/core';

function isYes(typed: string): boolean {
  return /^y/i.test(typed);
}

/** Yes or no. What is neither is no: Inquirer's own prompt asks again since 6.2. */
export const confirm = createPrompt<boolean, { readonly message: string }>(({ message }, done) => {
  const [typed, setTyped] = useState('');
  const [isDone, setIsDone] = useState(false);
  useKeypress((key, line) => {
    if (isDone) return;
    if (isEnterKey(key)) {
      setIsDone(true);
      done(isYes(typed));
    } else if (isTabKey(key)) {
      const other = isYes(typed) ? 'No' : 'Yes';
      line.clearLine(0);
      line.write(other);
      setTyped(other);
    } else setTyped(line.line);
  });
  return isDone ? `${message} ${isYes(typed) ? 'Yes' : 'No'}` : `${message} (y/N) ${typed}`;
});
