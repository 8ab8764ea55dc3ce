import { ApiError } from './errors.ts';
import { type OperationName, operationModels, type Shape, shapeOf } from './model.ts';

/** One way in which a value does not fit its shape. `path` is the member's path as AWS writes it: `filters.awsRegion`. */
export interface Violation {
  readonly kind: 'type' | 'limit' | 'constraint';
  readonly path: string;
  readonly message: string;
}

/** Everything about `value` that does not fit the shape named `shapeName`; empty where it fits. */
export function violations(shapeName: string, value: unknown, path = ''): Violation[] {
  const shape = shapeOf(shapeName);
  if (!isOfType(shape, value)) return [{ kind: 'type', path, message: `${path || 'input'} is no ${shape.type}` }];
  if (Array.isArray(value)) return [...lengthViolations(shape, value, path), ...elementViolations(shape, value, path)];
  if (typeof value === 'object') return memberViolations(shape, value as Record<string, unknown>, path);
  if (typeof value === 'string') return stringViolations(shape, value, path);
  return typeof value === 'number' ? rangeViolations(shape, value, path) : [];
}

/** Throws what AWS answers to an input that does not fit the operation's model. */
export function checkInput(operation: OperationName, input: unknown): void {
  const { input: shape, errors } = operationModels[operation];
  const found = violations(shape, input);
  const first = found[0];
  if (first === undefined) return;
  const wrongType = found.find(({ kind }) => kind === 'type');
  if (wrongType !== undefined) throw new ApiError('SerializationException', wrongType.message);
  if (first.kind === 'limit') throw new ApiError('InvalidLimitException', first.message);
  const generic = errors.includes('ValidationException') || !errors.includes('InvalidParameterValueException');
  const count = found.length === 1 ? '1 validation error' : `${found.length} validation errors`;
  throw new ApiError(
    generic ? 'ValidationException' : 'InvalidParameterValueException',
    `${count} detected: ${found.map(({ message }) => message).join('; ')}`,
  );
}

function isOfType({ type }: Shape, value: unknown): boolean {
  switch (type) {
    case 'structure':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'list':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'timestamp':
      return typeof value === 'number';
    default:
      return typeof value === type;
  }
}

function memberViolations(shape: Shape, value: Record<string, unknown>, path: string): Violation[] {
  const members = shape.members ?? {};
  const missing = (shape.required ?? []).filter((name) => value[name] === undefined || value[name] === null);
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(members, name));
  return [
    ...missing.map((name) => constraint(join(path, name), 'null', 'Member must not be null')),
    ...unknown.map((name) => constraint(join(path, name), String(value[name]), 'Member is not known')),
    ...Object.entries(members).flatMap(([name, member]) => {
      const inner = value[name];
      return inner === undefined || inner === null ? [] : violations(member, inner, join(path, name));
    }),
  ];
}

function elementViolations(shape: Shape, value: readonly unknown[], path: string): Violation[] {
  const { member } = shape;
  if (member === undefined) return [];
  return value.flatMap((element, index) => violations(member, element, `${path}.${index + 1}.member`));
}

function lengthViolations({ min, max }: Shape, value: string | readonly unknown[], path: string): Violation[] {
  const { length } = value;
  if (min !== undefined && length < min) {
    return [constraint(path, String(value), `Member must have length greater than or equal to ${min}`)];
  }
  if (max !== undefined && length > max) {
    return [constraint(path, String(value), `Member must have length less than or equal to ${max}`)];
  }
  return [];
}

function stringViolations(shape: Shape, value: string, path: string): Violation[] {
  const found = lengthViolations(shape, value, path);
  if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`).test(value)) {
    found.push(constraint(path, value, `Member must satisfy regular expression pattern: ${shape.pattern}`));
  }
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    found.push(constraint(path, value, `Member must satisfy enum value set: [${shape.enum.join(', ')}]`));
  }
  return found;
}

/** Page sizes are the only bounded numbers of the model, and have an error name of their own. */
function rangeViolations({ min, max }: Shape, value: number, path: string): Violation[] {
  const outside = (min !== undefined && value < min) || (max !== undefined && value > max);
  if (!outside) return [];
  return [{ kind: 'limit', path, message: `Value ${value} at '${path}' is outside the limits ${min} to ${max}` }];
}

function constraint(path: string, value: string, rule: string): Violation {
  return { kind: 'constraint', path, message: `Value '${value}' at '${path}' failed to satisfy constraint: ${rule}` };
}

/** AWS writes members in lower camel case in its messages. */
function join(path: string, member: string): string {
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  return path === '' ? name : `${path}.${name}`;
}
