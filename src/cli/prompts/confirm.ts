import { createPrompt, isEnterKey, isTabKey, useKeypress, useState } from '@inquirer/core';

function isYes(typed: string): boolean {
  return /^y(?:es)?$/i.test(typed.trim());
}

function isNo(typed: string): boolean {
  return /^(?:no?)?$/i.test(typed.trim());
}

/** Accepts only yes or no; asks again otherwise. Inquirer's own prompt takes anything that starts with y as yes. */
export const confirm = createPrompt<boolean, { readonly message: string }>(({ message }, done) => {
  const [typed, setTyped] = useState('');
  const [isDone, setIsDone] = useState(false);
  const [problem, setProblem] = useState('');
  useKeypress((key, line) => {
    if (isDone) return;
    if (isEnterKey(key) && !isYes(typed) && !isNo(typed)) {
      line.clearLine(0);
      setTyped('');
      setProblem('Please answer y or n.');
    } else if (isEnterKey(key)) {
      setProblem('');
      setIsDone(true);
      done(isYes(typed));
    } else if (isTabKey(key)) {
      const other = isYes(typed) ? 'No' : 'Yes';
      line.clearLine(0);
      line.write(other);
      setTyped(other);
    } else setTyped(line.line);
  });
  return isDone ? `${message} ${isYes(typed) ? 'Yes' : 'No'}` : [`${message} (y/N) ${typed}`, problem];
});
