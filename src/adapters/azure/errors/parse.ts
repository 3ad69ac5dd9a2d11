import { asArray, asString, at, isJsonObject, own, parseJson, type JsonValue } from '../../../core/json.ts';
import type { OperationError } from '../../../model/operation.ts';
import { safeText } from '../../../core/redact.ts';

/** An error body in one shape, whichever ARM or AKS shape it came in. Texts are safe to show. */
export interface ParsedError {
  readonly code: string;
  readonly subcode: string | undefined;
  readonly target: string | undefined;
  readonly message: string;
  readonly details: readonly OperationError[];
  /** False if the body is not an error from ARM or AKS (empty, HTML, a proxy's page). */
  readonly recognised: boolean;
}

const maxDepth = 5;

/** `{code, message, details}` at any depth, including in `innererror`. */
export function parseDetail(value: unknown, depth = 0): OperationError {
  const inner = own(value, 'innererror');
  const nested = [...asArray(own(value, 'details')), ...(isJsonObject(inner) ? [inner] : [])];
  return {
    code: safeText(asString(own(value, 'code')) ?? ''),
    message: safeText(asString(own(value, 'message')) ?? ''),
    details:
      depth >= maxDepth
        ? []
        : nested
            .filter(isJsonObject)
            .slice(0, 50)
            .map((detail) => parseDetail(detail, depth + 1)),
  };
}

/** Wrapped (ARM's gateway: `{error: {…}}`), bare (AKS: `{code, message, subcode, target, details}`), or neither. */
export function parseError(text: string): ParsedError {
  const body: JsonValue | undefined = parseJson(text);
  const wrapped = own(body, 'error');
  const error = isJsonObject(wrapped) ? wrapped : body;
  const { code, message, details } = parseDetail(error);
  if (code === '' && message === '') {
    return { code: '', subcode: undefined, target: undefined, message: pageText(text), details: [], recognised: false };
  }
  return {
    code,
    subcode: named(error, 'subcode') ?? named(error, 'subCode'),
    target: named(error, 'target'),
    message,
    details: [...details, ...policies(error)],
    recognised: true,
  };
}

function named(error: unknown, key: string): string | undefined {
  const value = asString(own(error, key));
  return value === undefined || value === '' ? undefined : safeText(value);
}

/** The names of the policies that a denial lists. */
function policies(error: unknown): readonly OperationError[] {
  return asArray(own(error, 'additionalInfo')).flatMap((entry) => {
    const name =
      asString(at(entry, 'info', 'policyAssignmentDisplayName')) ??
      asString(at(entry, 'info', 'policyDefinitionDisplayName'));
    return name === undefined
      ? []
      : [{ code: safeText(asString(own(entry, 'type')) ?? ''), message: safeText(name), details: [] }];
  });
}

/** The text of a page: its title, or the first words of its body. */
function pageText(text: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1];
  const words =
    title ??
    text
      .slice(0, 4000)
      .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
      .replace(/<[^>]*>/g, ' ');
  return safeText(words, 200);
}
