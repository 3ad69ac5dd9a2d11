import type { Emit, TaskOutcome } from './events.ts';

interface Task {
  /** Unique while it runs. */
  readonly task: string;
  /** The message of its first event. */
  readonly message: string;
}

/** The last event of a task. */
export interface TaskEnd {
  readonly outcome: TaskOutcome;
  readonly message: string;
}

/**
 * Runs work as a task of the event stream, which starts, reports progress, and always finishes. `thrown` gives the last
 * event if the work throws.
 */
export async function runTask<T>(
  emit: Emit,
  { task, message }: Task,
  work: (say: (message: string) => void) => Promise<TaskEnd & { readonly value: T }>,
  thrown: (error: unknown) => TaskEnd,
): Promise<T> {
  const finish = ({ outcome, message }: TaskEnd): void => {
    emit({ type: 'task.finished', task, outcome, message });
  };
  emit({ type: 'task.started', task, message });
  try {
    const end = await work((message) => {
      emit({ type: 'task.progress', task, message });
    });
    finish(end);
    return end.value;
  } catch (error) {
    finish(thrown(error));
    throw error;
  }
}
