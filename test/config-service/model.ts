import model from './model.json' with { type: 'json' };

/** One shape of the API model. Which members are there depends on `type`. */
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

/** An AWS Config operation this service answers. */
export type OperationName = keyof typeof model.operations;

/** The names of the shapes an operation takes and gives, and the errors it declares. */
export interface OperationModel {
  readonly input: string;
  readonly output: string;
  readonly errors: readonly string[];
}

const shapes: Readonly<Record<string, Shape>> = model.shapes;

/** Every operation of the model, by name. */
export const operationModels: Readonly<Record<OperationName, OperationModel>> = model.operations;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operationModels, name);
}

/** The shape of that name; the model is closed, so an unknown name is a mistake in this folder. */
export function shapeOf(name: string): Shape {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`The model has no shape ${name}`);
  return shape;
}

/** The most rows one page of an operation may hold, which is also its default. */
export function pageSizeOf(operation: OperationName): number {
  const { Limit: limit } = shapeOf(operationModels[operation].input).members ?? {};
  const max = limit === undefined ? undefined : shapeOf(limit).max;
  if (max === undefined) throw new Error(`The model does not bound the pages of ${operation}`);
  return max;
}
