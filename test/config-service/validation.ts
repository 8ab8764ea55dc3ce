import { ApiError } from './errors.ts';
import { getShape, type OperationName, operationModels, type Shape } from './model.ts';

/** A violation of a shape by a value. `path` is the member's path as AWS writes it: `filters.awsRegion`. */
export interface Violation {
  readonly kind: 'type' | 'limit' | 'constraint';
  readonly path: string;
  readonly message: string;
}

/** Returns all violations of a shape by a value. */
export function findViolations(shapeName: string, value: unknown, path = ''): Violation[] {
  const shape = getShape(shapeName);
  if (!isOfType(shape, value))
    return [{ kind: 'type', path, message: `${path || 'input'} is not of type ${shape.type}` }];
  if (Array.isArray(value))
    return [...findLengthViolations(shape, value, path), ...findElementViolations(shape, value, path)];
  if (typeof value === 'object') return findMemberViolations(shape, value as Record<string, unknown>, path);
  if (typeof value === 'string') return findStringViolations(shape, value, path);
  return typeof value === 'number' ? findRangeViolations(shape, value, path) : [];
}

/** Throws AWS's error for an input that violates the operation's model. */
export function validateInput(operation: OperationName, input: unknown): void {
  const { input: shape, errors } = operationModels[operation];
  const violations = findViolations(shape, input);
  const first = violations[0];
  if (first === undefined) return;
  const wrongType = violations.find(({ kind }) => kind === 'type');
  if (wrongType !== undefined) throw new ApiError('SerializationException', wrongType.message);
  if (first.kind === 'limit') throw new ApiError('InvalidLimitException', first.message);
  const isGeneric = errors.includes('ValidationException') || !errors.includes('InvalidParameterValueException');
  const count = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`;
  throw new ApiError(
    isGeneric ? 'ValidationException' : 'InvalidParameterValueException',
    `${count} detected: ${violations.map(({ message }) => message).join('; ')}`,
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

function findMemberViolations(shape: Shape, value: Record<string, unknown>, path: string): Violation[] {
  const members = shape.members ?? {};
  const missing = (shape.required ?? []).filter((name) => value[name] === undefined || value[name] === null);
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(members, name));
  return [
    ...missing.map((name) => createConstraintViolation(join(path, name), 'null', 'Member must not be null')),
    ...unknown.map((name) => createConstraintViolation(join(path, name), String(value[name]), 'Member is unknown')),
    ...Object.entries(members).flatMap(([name, member]) => {
      const inner = value[name];
      return inner === undefined || inner === null ? [] : findViolations(member, inner, join(path, name));
    }),
  ];
}

function findElementViolations(shape: Shape, value: readonly unknown[], path: string): Violation[] {
  const { member } = shape;
  if (member === undefined) return [];
  return value.flatMap((element, index) => findViolations(member, element, `${path}.${index + 1}.member`));
}

function findLengthViolations({ min, max }: Shape, value: string | readonly unknown[], path: string): Violation[] {
  const { length } = value;
  if (min !== undefined && length < min) {
    return [createConstraintViolation(path, String(value), `Member must have length greater than or equal to ${min}`)];
  }
  if (max !== undefined && length > max) {
    return [createConstraintViolation(path, String(value), `Member must have length less than or equal to ${max}`)];
  }
  return [];
}

function findStringViolations(shape: Shape, value: string, path: string): Violation[] {
  const violations = findLengthViolations(shape, value, path);
  if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`).test(value)) {
    violations.push(
      createConstraintViolation(path, value, `Member must satisfy regular expression pattern: ${shape.pattern}`),
    );
  }
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    violations.push(
      createConstraintViolation(path, value, `Member must satisfy enum value set: [${shape.enum.join(', ')}]`),
    );
  }
  return violations;
}

/** Page sizes are the only bounded numbers of the model, and have their own error name. */
function findRangeViolations({ min, max }: Shape, value: number, path: string): Violation[] {
  const isOutside = (min !== undefined && value < min) || (max !== undefined && value > max);
  if (!isOutside) return [];
  return [{ kind: 'limit', path, message: `Value ${value} at '${path}' is outside the limits ${min} to ${max}` }];
}

function createConstraintViolation(path: string, value: string, rule: string): Violation {
  return { kind: 'constraint', path, message: `Value '${value}' at '${path}' failed to satisfy constraint: ${rule}` };
}

/** Joins a path. AWS writes members in lower camel case in its messages. */
function join(path: string, member: string): string {
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  return path === '' ? name : `${path}.${name}`;
}
