import model from './model.json' with { type: 'json' };

/** A shape of the API model. The members depend on `type`. */
export interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly member?: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** A supported operation of AWS Config. */
export type OperationName = keyof typeof model.operations;

/** The input and output shapes of an operation, and its declared errors. */
export interface OperationModel {
  readonly input: string;
  readonly output: string;
  readonly errors: readonly string[];
}

const shapes: Readonly<Record<string, Shape>> = model.shapes;

/** Every operation of the model, by name. */
export const operationModels: Readonly<Record<OperationName, OperationModel>> = model.operations;

/** The names of all supported operations. */
export const operationNames: readonly OperationName[] = Object.keys(operationModels).filter(isOperationName);

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operationModels, name);
}

/** Returns a shape. Throws for an unknown name, which is an error in the model. */
export function getShape(name: string): Shape {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`The model has no shape ${name}`);
  return shape;
}

/** Returns the maximum page size of an operation, which is also its default. */
export function getMaxPageSize(operation: OperationName): number {
  const members = getShape(operationModels[operation].input).members ?? {};
  const limit = members.Limit ?? members.limit;
  const max = limit === undefined ? undefined : getShape(limit).max;
  if (max === undefined) throw new Error(`The model does not bound the pages of ${operation}`);
  return max;
}
