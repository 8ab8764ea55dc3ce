import { NodeType, Tree } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { TemplateContents } from '../cloudformation/find.ts';
import type { Expression } from '../expressions/expression.ts';
import { getReferenceRanges } from '../expressions/ranges.ts';
import { maxProgramLength } from '../language.ts';
import { once } from '../memoize.ts';
import { memoizeResolve } from '../memoizeResolve.ts';
import type { PackReference, Range, TemplateDocument } from '../model.ts';
import { maskLongLines } from '../syntax/longLines.ts';
import { getVariable, isText, type Word } from '../syntax/shell.ts';
import { parser } from '../syntax/shellParser.ts';
import { parseText } from '../syntax/tree.ts';
import { resolveNames } from './evaluation.ts';
import { findShellFences } from './fences.ts';
import { readScript, type Script } from './script.ts';
import { SessionReader } from './session.ts';

/** Matches the options of the AWS CLI that take pack names. */
const nameOption = /^--(organization-)?conformance-pack-name(s?)$/;

/** Commands that are read. */
const maxCommands = 500;

/** Finds the pack names in a shell script's commands: `aws configservice put-conformance-pack …`. */
export function* findInShell({ path, text, files }: TemplateDocument): SlicedWork<TemplateContents> {
  const script = yield* new SessionReader(new Map([...(files ?? []), [path, text]])).read(path);
  return { packs: yield* findInScript(script, text, { start: 0, end: text.length }), packTemplates: [] };
}

/**
 * Finds the pack names in the fenced shell scripts of a Markdown text. A reader executes them one after the other, so that
 * variables keep their values.
 */
export function* findInMarkdown({ text }: TemplateDocument): SlicedWork<TemplateContents> {
  const packs: PackReference[] = [];
  let script: Script | undefined;
  for (const { start, end, isQuoted, isPowerShell } of findShellFences(text)) {
    const written = text.slice(start, end);
    const hasPacks = written.includes(packOption);
    if ((!hasPacks && !written.includes('=')) || written.length > maxProgramLength) continue;
    const unquoted = isQuoted ? maskQuotes(written) : written;
    const masked = maskLongLines(isPowerShell ? unquoted.replaceAll(powerShellContinuation, '\\') : unquoted);
    yield;
    const { tree } = yield* parseText(parser, masked);
    // Offsets in the tree become those of the document.
    script = yield* readScript(
      text,
      new Tree(NodeType.none, [tree], [start], end),
      { start, end },
      script && { before: script },
    );
    if (hasPacks) packs.push(...(yield* findInScript(script, text, { start, end })));
  }
  return { packs, packTemplates: [] };
}

/** Hides the marks of a block quote at the start of each line. */
const maskQuotes = (text: string): string => text.replaceAll(/^[ \t]*>[ \t>]*/gm, (marks) => ' '.repeat(marks.length));

/** Matches a backquote that ends a line of PowerShell, which goes on in the next one. */
const powerShellContinuation = /`(?=\r?\n)/g;

const packOption = 'conformance-pack-name';

/** Matches the AWS CLI and the wrapper for a local AWS. */
const awsCommand = /(?:^|\/)aws(?:local|\.exe)?$/;

const awsVariable = /^aws(?:_?(?:cli|cmd|bin))?$/i;

function* findInScript(script: Script, text: string, { start, end }: Range): SlicedWork<readonly PackReference[]> {
  const packs: PackReference[] = [];
  let commandEnd = start;
  let count = 0;
  for (let at = text.indexOf(packOption, start); at >= 0 && at < end; at = text.indexOf(packOption, at + 1)) {
    const words = at < commandEnd ? undefined : script.findCommand(at);
    if (words === undefined) continue;
    if (++count > maxCommands) break;
    commandEnd = script.findCommandEnd(at);
    packs.push(...readCommand(script, words));
    yield;
  }
  return packs;
}

function readCommand(script: Script, words: readonly Word[]): readonly PackReference[] {
  const program = words.findIndex(isProgram);
  const service = words.findIndex((word, index) => program >= 0 && index > program && isText(word, 'configservice'));
  if (service < 0) return [];
  const resourceRange = { start: words[program]?.value.start ?? 0, end: words.at(-1)?.value.end ?? 0 };
  const options = readOptions(words);
  const [region] = options.flatMap(({ name, values: [value] }) => (name === '--region' && value ? [value] : []));
  return options.flatMap(({ name, values }) => {
    const [match, organization, several] = nameOption.exec(name) ?? [];
    if (match === undefined) return [];
    const kind = organization === undefined ? 'pack' : 'organization';
    const names = several === 's' ? values : values.slice(0, 1);
    return names.map((value) => createReference(script, kind, value, region, resourceRange));
  });
}

/** `aws`, or a variable for it with options of its own: `$AWS`. */
function isProgram({ value }: Word): boolean {
  if (value.kind === 'literal') return awsCommand.test(String(value.value));
  const [part, ...others] = value.kind === 'template' ? value.parts : [];
  const variable = typeof part === 'object' ? getVariable(part) : undefined;
  return variable?.kind === 'name' && others.length === 0 && awsVariable.test(variable.name);
}

interface Option {
  readonly name: string;
  readonly values: readonly Expression[];
}

const isRedirection = ({ value }: Word): boolean => value.kind === 'literal' && /^\d*[<>]/.test(String(value.value));

/** The options of a command with the words that follow each: `--name a b`, or `--name=a`. */
function readOptions(words: readonly Word[]): readonly Option[] {
  const options: { name: string; values: Expression[] }[] = [];
  for (const word of words) {
    if (isRedirection(word)) break;
    const { value, assignment } = word;
    if (assignment?.name.startsWith('--')) options.push({ name: assignment.name, values: [assignment.value] });
    else if (value.kind === 'literal' && String(value.value).startsWith('--'))
      options.push({ name: String(value.value), values: [] });
    else options.at(-1)?.values.push(value);
  }
  return options;
}

function createReference(
  script: Script,
  kind: PackReference['kind'],
  name: Expression,
  region: Expression | undefined,
  resourceRange: Range,
): PackReference {
  return {
    kind,
    ...getReferenceRanges(name),
    resourceRange,
    // Several commands may well name the same pack.
    getPlacements: once(() => [{ group: `command ${resourceRange.start}`, region: evaluateRegion(script, region) }]),
    resolve: memoizeResolve(() => resolveNames(script, name)),
  };
}

/** The region if it is known. */
function evaluateRegion(script: Script, region: Expression | undefined): string | undefined {
  if (region === undefined) return undefined;
  const [first, ...others] = resolveNames(script, region);
  return first?.kind === 'exact' && others.length === 0 ? first.text : undefined;
}
