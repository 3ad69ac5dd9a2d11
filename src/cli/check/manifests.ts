import { UsageError } from '../../core/errors.ts';
import { jsonDocuments } from '../../core/json-documents.ts';
import { asString, isDeeperThan, own, type JsonValue } from '../../core/json.ts';
import { inputName, isStdin } from '../../core/stdin.ts';
import { list, oneLine } from '../../core/text.ts';
import { parseYamlDocuments } from '../../core/yaml.ts';
import type { Context } from '../framework/context.ts';

const maxFileBytes = 64 * 1_048_576;
const maxBytes = 256 * 1_048_576;
const maxDepth = 100;

function isManifest(name: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(name);
}

async function filesOf(context: Context, words: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const word of words) {
    const within = isStdin(word) ? undefined : await context.files.list(word, isManifest);
    for (const file of within ?? [word]) files.push(file);
  }
  return [...new Set(files)];
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${oneLine(name)} is not UTF-8 text.`);
  }
}

function documentsOf(text: string, name: string): readonly JsonValue[] {
  const json = /^\s*[[{]/.test(text) ? jsonDocuments(text) : undefined;
  const documents = json ?? parseYamlDocuments(text, name);
  if (documents.some((document) => isDeeperThan(document, maxDepth)))
    throw new UsageError(`${oneLine(name)} is nested too deeply.`);
  return documents;
}

/** Other files stand among manifests: values of charts, settings of tools. */
function isResource(document: JsonValue): boolean {
  return asString(own(document, 'kind')) !== undefined && asString(own(document, 'apiVersion')) !== undefined;
}

/**
 * The Kubernetes resources of files and directories.
 * @throws UsageError if a file is neither YAML nor JSON, or none holds a resource; CliError of a file that cannot be
 * read
 */
export async function readManifests(context: Context, words: readonly string[]): Promise<readonly JsonValue[]> {
  const resources: JsonValue[] = [];
  let left = maxBytes;
  for (const file of await filesOf(context, words)) {
    const bytes = await context.input(file, maxFileBytes);
    left -= bytes.length;
    if (left < 0) throw new UsageError(`--manifests: more than ${String(maxBytes)} bytes in all.`);
    const name = inputName(file);
    for (const document of documentsOf(decode(bytes, name), name)) if (isResource(document)) resources.push(document);
  }
  if (resources.length === 0)
    throw new UsageError(
      `--manifests: no Kubernetes resource in ${list(words.map((word) => oneLine(inputName(word))))}.`,
    );
  return resources;
}
